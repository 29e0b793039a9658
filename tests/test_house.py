"""The house: imports go down only, heavy packages have one home, nothing is POSIX-only, no label for the trainee."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRAINER = ROOT / "trainer"

FLOORS = {
    1: "errors records documents words shipped content library scenarios attempt locking sound loudness models"
    " voicing syllables protobuf cores tensors bert universal meaning corrections coverage signals precedence lines"
    " voices access",
    2: "prosody turns coaching dialogue asr tts headset mic journal store",
    3: "ahead answer pace tape cast scene exchange rehearsal analyse soundcheck standin replay selftest backstage"
    " schemas simulated dictation again tracks drawing highlights",
    4: "exports cli web __main__",
}
FLOOR = {room: floor for floor, rooms in FLOORS.items() for room in rooms.split()}
NEIGHBOURS = {("mic", "headset")}
"""mic is the real thing beside headset's played one: one room in two files."""

HOMES = {
    "faster_whisper": {"asr"},
    "sounddevice": {"mic"},
    "pyttsx3": {"tts"},
    "hibari": {"tts", "syllables"},
    "pyworld": {"tts"},
    "piper": {"tts"},
    "librosa": {"prosody", "sound"},
    "swift_f0": {"voicing"},
    "av": {"sound"},
    "simplemma": {"coaching"},
    "plotly": {"exports"},
    "jinja2": {"exports", "web"},
    "scipy": {"loudness", "prosody", "tts"},
    "onnxruntime": {"voicing", "tts"},
    "tokenizers": {"meaning"},
    "threadpoolctl": {"bert", "cores"},
    "segno": {"web"},
}
DOORS = {"starlette": "web", "uvicorn": "web", "sqlalchemy": "store", "alembic": "store"}
"""Packages that a door, or the database, is built of: imported there at once, and the room itself when it is needed."""
POSIX_ONLY = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "posix", "readline"}
GUARDED = {"locking"}
FILES = sorted(TRAINER.rglob("*.py"))


def room(path: Path) -> str:
    """The room of a file: its folder, or its own name."""
    first = path.relative_to(TRAINER).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every imported module, and whether it is imported when the file is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_once = {id(node) for node in _top_level(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in at_once
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, id(node) in at_once
            if node.module == "trainer":
                for alias in node.names:
                    yield f"trainer.{alias.name}", id(node) in at_once


def _top_level(tree: ast.Module) -> Iterator[ast.AST]:
    for node in tree.body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from ast.walk(node)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_only_and_rooms_do_not_know_each_other(path: Path) -> None:
    if path == TRAINER / "__init__.py":
        return
    here = room(path)
    assert here in FLOOR, f"{here} has no floor: give it one here and in CONTRIBUTING.md"
    for module, _ in imports(path):
        parts = module.split(".")
        if parts[0] != "trainer" or len(parts) == 1 or parts[1] == here or parts[1] not in FLOOR:
            continue
        there = parts[1]
        assert FLOOR[there] <= FLOOR[here], f"{path.name} imports {there}, which stands above it"
        if FLOOR[here] == FLOOR[there] == 2:
            assert (here, there) in NEIGHBOURS, f"{here} imports {there}: rooms do not know each other"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_packages_have_one_home_and_are_imported_when_needed(path: Path) -> None:
    for module, at_once in imports(path):
        package = module.split(".")[0]
        if package in HOMES:
            assert room(path) in HOMES[package], f"{package} has its home in {HOMES[package]}"
            assert not at_once, f"{path.name} imports {package} at once"
        assert DOORS.get(package, room(path)) == room(path), f"{package} has its home in {DOORS[package]}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_posix_only_outside_the_guarded_module(path: Path) -> None:
    used = {module for module, _ in imports(path)} & POSIX_ONLY
    assert not used or room(path) in GUARDED
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"os\.(fork|getuid|setsid|killpg|mkfifo)\b|signal\.SIGKILL|/dev/", text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small_enough_to_hold_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


EMOTIONS = "emotion emotional mood stressed stress nervous anxious frustrated aggressive irritated upset happy sad fear"
LABELS = re.compile(rf"\b({EMOTIONS.replace(' ', '|')})\b", re.IGNORECASE)


def test_no_record_of_the_trainee_has_a_field_for_a_feeling() -> None:
    from trainer import schemas

    for name in ("analyse", "compare", "soundcheck", "report"):
        names = set(_property_names(schemas.schema(name)))
        assert not [one for one in names if LABELS.search(one.replace("_", " "))]
        assert "anger" not in {one for one in names if "answer" in one}


def _property_names(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for value in schema.values():
            yield from _property_names(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _property_names(value)


POLISH = re.compile(
    r"\b(emocj|nastr[oó]j|stres|zdenerwow|zestresow|sfrustrow|zaniepoko|smutn|lęk|strach)", re.IGNORECASE
)


def test_no_sentence_gives_the_trainee_an_emotion() -> None:
    for path in (TRAINER / "texts").rglob("*.yaml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not LABELS.search(line), f"{path.name}: {line}"
            assert not POLISH.search(line), f"{path.name}: {line}"
            if re.search(r"\byou(r)?\b", line, re.IGNORECASE):
                assert not re.search(r"\b(angry|calm|angrier|calmer)\b", line, re.IGNORECASE), f"{path.name}: {line}"


def test_no_registry_host_and_no_machine_path_stands_in_the_repository() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    names = [ROOT / name.decode() for name in tracked.split(b"\0") if name]
    hosts = re.compile(r"(pypi|pythonhosted|npmjs|debian)\.org|/(work|root)/|/home/[a-z]+/".replace("/(", "/" + "("))
    for path in names:
        if path.suffix in {".py", ".md", ".yaml", ".toml", ".lock", ".css", ".js", ".html", ""} and path.is_file():
            if path == Path(__file__):
                continue
            found = hosts.search(path.read_text(encoding="utf-8", errors="replace"))
            assert not found, f"{path.name}: {found}"


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for dependency in project["dependencies"]:
        name = re.split(r"[<>=!~ ;\[]", dependency)[0]
        assert re.search(rf"^\|.*\b{re.escape(name)}\b", reasons, re.MULTILINE), f"{name} has no reason"
