import errno
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from trainer import models
from trainer.errors import NoModel
from trainer.models import Listed, Member

FIRST, SECOND, CONFIG = b"first half, " * 5000, b"second half" * 5000, b"{}"


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _member(name: str, data: bytes, *parts: str) -> Member:
    return Member(name, len(data), _sha(data), parts)


PARTED = Listed(
    "parted",
    "MIT",
    "toy-weights==1",
    (
        _member("model.bin", FIRST + SECOND, "toy_weights/model.bin.1", "toy_weights/model.bin.2"),
        _member("config.json", CONFIG, "toy_weights/config.json"),
    ),
    hub="somebody/toy",
    fallback="whole",
)
WHOLE = Listed("whole", "MIT", "toy-weights==1", (_member("config.json", CONFIG, "toy_weights/config.json"),))
FIXED = Listed("fixed", "MIT", "toy-weights==1", WHOLE.files, fixed=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with toy weights, our list with toy models in it, and an empty cache."""
    package = tmp_path / "site" / "toy_weights"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('a package of weights is not to be imported')")
    (package / "model.bin.1").write_bytes(FIRST)
    (package / "model.bin.2").write_bytes(SECOND)
    (package / "config.json").write_bytes(CONFIG)
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.setattr(models, "listed", lambda: {model.name: model for model in (PARTED, WHOLE, FIXED)})
    monkeypatch.setenv("TRAINER_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("TRAINER_MODELS", raising=False)
    monkeypatch.delenv("TRAINER_ALLOW_DOWNLOAD", raising=False)
    return tmp_path


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def test_a_model_in_parts_is_joined_in_the_cache(home: Path) -> None:
    found = models.folder("parted")
    assert found.is_relative_to(home / "cache")
    assert (found / "model.bin").read_bytes() == FIRST + SECOND
    assert (found / "config.json").read_bytes() == CONFIG
    assert sorted(path.name for path in _files(home / "cache")) == ["config.json", "model.bin"]


def test_a_whole_model_is_used_where_its_package_has_it(home: Path) -> None:
    assert models.file("whole") == home / "site" / "toy_weights" / "config.json"
    assert not _files(home / "cache")


@pytest.mark.parametrize("damage", [b"", FIRST, FIRST + SECOND[:-1] + b"!", FIRST + SECOND + b"more"])
def test_a_half_written_or_changed_file_in_the_cache_is_joined_again(home: Path, damage: bytes) -> None:
    path = models.file("parted")
    path.write_bytes(damage)
    assert models.file("parted").read_bytes() == FIRST + SECOND


def test_a_wrong_part_is_refused_by_name_and_nothing_is_kept(home: Path) -> None:
    part = home / "site" / "toy_weights" / "model.bin.2"
    part.write_bytes(SECOND[:-1] + b"!")
    with pytest.raises(NoModel, match=r"model\.bin\.2.*SHA-256.*toy-weights==1") as caught:
        models.folder("parted")
    assert not isinstance(caught.value, models.Absent)
    assert "\n" not in str(caught.value)
    assert not _files(home / "cache")


def test_a_wrong_whole_file_is_refused_by_name(home: Path) -> None:
    (home / "site" / "toy_weights" / "config.json").write_bytes(b"[]")
    with pytest.raises(NoModel, match=r"config\.json.*SHA-256"):
        models.file("whole")


def test_a_file_changed_after_it_was_verified_is_verified_again(home: Path) -> None:
    path = models.file("whole")
    path.write_bytes(b"{ }")
    with pytest.raises(NoModel):
        models.file("whole")


def test_an_unchanged_file_is_hashed_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models.file("whole")
    monkeypatch.setattr(hashlib, "file_digest", lambda *_: pytest.fail("hashed again"))
    models.file("whole")


def test_an_absent_model_says_what_to_install(home: Path) -> None:
    (home / "site" / "toy_weights" / "model.bin.2").unlink()
    with pytest.raises(models.Absent, match=r"parted.*install toy-weights==1.*TRAINER_MODELS"):
        models.folder("parted")


def test_an_unknown_model_lists_the_known_ones(home: Path) -> None:
    with pytest.raises(NoModel, match=r"fixed, parted, whole"):
        models.folder("large")


def test_the_users_folder_comes_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = home / "own"
    (own / "whole").mkdir(parents=True)
    (own / "whole" / "config.json").write_bytes(CONFIG)
    monkeypatch.setenv("TRAINER_MODELS", str(own))
    assert models.file("whole") == own / "whole" / "config.json"


def test_a_wrong_file_in_the_users_folder_is_refused_not_passed_over(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = home / "own" / "whole"
    own.mkdir(parents=True)
    (own / "config.json").write_bytes(b"[]")
    monkeypatch.setenv("TRAINER_MODELS", str(own.parent))
    with pytest.raises(NoModel, match=r"own.*config\.json.*SHA-256.*TRAINER_MODELS"):
        models.file("whole")


def test_a_model_that_its_package_loads_itself_is_never_taken_from_elsewhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = home / "own" / "fixed"
    own.mkdir(parents=True)
    (own / "config.json").write_bytes(CONFIG)
    monkeypatch.setenv("TRAINER_MODELS", str(own.parent))
    assert models.file("fixed") == home / "site" / "toy_weights" / "config.json"


def _failing(number: int) -> Any:
    def parts(paths: list[Path], model: Listed) -> models.Source:
        def write(stream: BinaryIO) -> str:
            stream.write(FIRST)
            raise OSError(number, os.strerror(number))

        return write

    return parts


def test_a_full_disk_is_one_clear_line_and_leaves_no_half_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_parts", _failing(errno.ENOSPC))
    with pytest.raises(NoModel, match=r"the disk is full, model\.bin needs 1 MB.*TRAINER_CACHE"):
        models.folder("parted")
    assert not _files(home / "cache")


def test_a_cache_that_cannot_be_written_names_the_way_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = home / "a-file"
    blocked.write_bytes(b"")
    monkeypatch.setenv("TRAINER_CACHE", str(blocked))
    with pytest.raises(NoModel, match=r"cannot be written there.*set TRAINER_CACHE"):
        models.folder("parted")


def test_threads_that_join_at_once_all_get_the_whole_model(home: Path) -> None:
    found: list[bytes] = []
    start = threading.Barrier(8)

    def join() -> None:
        start.wait()
        found.append(models.file("parted").read_bytes())

    threads = [threading.Thread(target=join) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [FIRST + SECOND] * 8
    assert len(_files(home / "cache")) == 2


_PROCESS = """
import sys
from trainer import models
from trainer.models import Listed, Member
member = Member("model.bin", int(sys.argv[1]), sys.argv[2], ("toy_weights/model.bin.1", "toy_weights/model.bin.2"))
models.listed = lambda: {"parted": Listed("parted", "MIT", "toy-weights==1", (member,))}
print(models.file("parted"))
"""


def test_two_processes_that_join_at_once_both_get_the_whole_model(home: Path) -> None:
    whole = PARTED.files[0]
    order = [sys.executable, "-c", _PROCESS, str(whole.bytes), whole.sha256]
    path = os.pathsep.join([str(home / "site"), str(Path(models.__file__).parents[1])])
    settings = {**os.environ, "PYTHONPATH": path}
    both = [subprocess.Popen(order, env=settings, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    places = {process.communicate()[0].strip() for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert len(places) == 1
    assert Path(places.pop()).read_bytes() == FIRST + SECOND
    assert [path.name for path in _files(home / "cache")] == ["model.bin"]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """A hub on this machine: path -> what it answers."""
    answers: dict[str, bytes] = {}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers.get(self.path)
            self.send_response(404 if body is None else 200)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    import huggingface_hub

    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(huggingface_hub, "hf_hub_url", lambda repo, name: f"{address}/{repo}/{name}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield answers
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def nothing_installed(home: Path) -> None:
    for path in (home / "site" / "toy_weights").iterdir():
        path.unlink()


@pytest.mark.usefixtures("nothing_installed")
def test_the_hub_is_asked_only_where_the_user_allows_it(
    home: Path, hub: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.update({"/somebody/toy/model.bin": FIRST + SECOND, "/somebody/toy/config.json": CONFIG})
    with pytest.raises(models.Absent):
        models.folder("parted")
    monkeypatch.setenv("TRAINER_ALLOW_DOWNLOAD", "1")
    assert (models.folder("parted") / "model.bin").read_bytes() == FIRST + SECOND


@pytest.mark.usefixtures("nothing_installed")
@pytest.mark.parametrize(
    "answer", [b"<html>sorry</html>", FIRST + SECOND + b"x" * 10_000_000, FIRST + SECOND[:-1] + b"!"]
)
def test_a_download_that_is_not_the_model_is_refused(
    home: Path, hub: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setenv("TRAINER_ALLOW_DOWNLOAD", "1")
    hub["/somebody/toy/model.bin"] = answer
    with pytest.raises(NoModel, match=r"SHA-256"):
        models.folder("parted")
    assert not _files(home / "cache")


@pytest.mark.usefixtures("nothing_installed", "hub")
def test_a_download_that_fails_says_what_to_install_instead(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINER_ALLOW_DOWNLOAD", "1")
    with pytest.raises(NoModel, match=r"could not be downloaded.*install toy-weights==1"):
        models.folder("parted")
    assert not _files(home / "cache")


def test_our_process_never_lets_the_hub_client_reach_the_network() -> None:
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_no_model_tells_its_maker_that_it_runs(tmp_path: Path) -> None:
    """onnxruntime keeps a session and an identifier in these folders whenever it reports to its maker."""
    folders = {name: str(tmp_path) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "USERPROFILE", "TEMP")}
    env = {name: value for name, value in os.environ.items() if name not in ("CI", "ORT_DISABLE_TELEMETRY")} | folders
    warm_up = "from trainer import analyse; analyse.warm_up('en')"
    subprocess.run([sys.executable, "-c", warm_up], env=env, check=True, timeout=120)
    assert not _files(tmp_path)


@pytest.mark.speech
@pytest.mark.parametrize("name", sorted(set(models.listed()) - {"piper-joe"}))
def test_every_listed_model_is_installed_and_verified(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRAINER_MODELS", raising=False)
    assert models.file(name).is_file()


def test_the_notice_names_every_model_and_voice() -> None:
    root = Path(models.__file__).parents[1]
    notice = (root / "NOTICE").read_text(encoding="utf-8")
    missing = [name for name in models.listed() if f"[{name}]" not in notice]
    missing += [path.stem for path in (root / "voices").glob("*.yaml") if f"voices/{path.name}" not in notice]
    assert not missing
