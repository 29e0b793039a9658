"""The one door for model weights: found, joined where they come in parts, and verified before they are loaded.

Searched in this order: the folder named by TRAINER_MODELS (NAME/FILE in it), the installed package, and, only where
TRAINER_ALLOW_DOWNLOAD=1, the hub. Every file must have the SHA-256 of models.yaml; one that has not is refused by
name, never skipped. Joined and downloaded files are kept in the cache (TRAINER_CACHE, else the user's cache folder),
written beside their place and moved into it when whole, so that half a file is never found there.
"""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import yaml

from trainer.errors import NoModel
from trainer.words import say

# Two packages would reach the network by themselves, and this process lets neither: faster_whisper brings a client of
# the hub, and onnxruntime (from 1.29 on, outside Windows) tells its maker of each model that it runs.
os.environ["HF_HUB_OFFLINE"] = os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_BLOCK_BYTES = 1 << 20
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_TIMEOUT_S = 60.0


class Absent(NoModel):
    """The model is nowhere: another may take its place. (A wrong checksum is never answered so.)"""


@dataclass(frozen=True)
class Member:
    """One file of a model: the parts ("package/path") that give it when joined in order."""

    name: str
    bytes: int
    sha256: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """A model on our list; see the head of models.yaml for the fields."""

    name: str
    licence: str
    install: str
    files: tuple[Member, ...]
    fixed: bool = False
    hub: str | None = None
    fallback: str | None = None


@cache
def listed() -> dict[str, Listed]:
    """Every model of models.yaml by name."""
    loaded = yaml.safe_load((Path(__file__).parent / "models.yaml").read_text(encoding="utf-8"))
    made = {}
    for name, entry in loaded.items():
        files = tuple(
            Member(file, member["bytes"], member["sha256"], tuple(member["parts"]))
            for file, member in entry.pop("files").items()
        )
        made[name] = Listed(name=name, files=files, **entry)
    return made


def cache_folder() -> Path:
    """Where joined models and rendered lines are kept: TRAINER_CACHE, else the user's cache folder."""
    if named := os.environ.get("TRAINER_CACHE"):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_cache_dir("voice-roleplay-trainer", appauthor=False))


def folder(name: str) -> Path:
    """Folder with the verified files of the model ``name``. Raises NoModel (Absent when it is nowhere)."""
    model = _model(name)
    if (own := _own(model)) is not None:
        return own
    if (installed := _installed(model)) is not None:
        return installed
    if model.hub and os.environ.get("TRAINER_ALLOW_DOWNLOAD") == "1":
        return _kept(model, lambda member: _downloaded(model, member))
    raise Absent(say("models.absent", name=name, install=model.install))


def file(name: str) -> Path:
    """The first file of the model ``name``; all its files are verified. Raises NoModel."""
    return folder(name) / _model(name).files[0].name


def sha256(name: str) -> dict[str, str]:
    """File name -> SHA-256 of every file of the model ``name``, as listed."""
    return {member.name: member.sha256 for member in _model(name).files}


def _model(name: str) -> Listed:
    if name not in listed():
        raise NoModel(say("models.unknown", name=name, known=", ".join(sorted(listed()))))
    return listed()[name]


def _own(model: Listed) -> Path | None:
    """The model in the folder that the user named; one that is there must be right."""
    root = os.environ.get("TRAINER_MODELS")
    if not root or model.fixed or not (own := Path(root) / model.name).is_dir():
        return None
    for member in model.files:
        if not (own / member.name).is_file():
            return None
        _check(own / member.name, member, model, "models.mismatch_own")
    return own


def _installed(model: Listed) -> Path | None:
    """The model in its packages: in place when every file is whole and they lie together, else joined."""
    parts = {member: [_part(part) for part in member.parts] for member in model.files}
    found = {member: [part for part in paths if part is not None] for member, paths in parts.items()}
    if any(len(found[member]) < len(member.parts) for member in model.files):
        return None
    homes = {path.parent for paths in found.values() for path in paths}
    if len(homes) == 1 and all(len(paths) == 1 for paths in found.values()):
        for member, paths in found.items():
            _check(paths[0], member, model, "models.mismatch")
        return homes.pop()
    return _kept(model, lambda member: _parts(found[member], model))


def _part(part: str) -> Path | None:
    """Path of "package/path" in the installed package, which is not imported for this."""
    package, _, inside = part.partition("/")
    spec = find_spec(package)
    for location in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(location) / inside).is_file():
            return path
    return None


# -- verifying ------------------------------------------------------------------------------------------------

_digests: dict[tuple[Path, int, int], str] = {}


def _digest(path: Path) -> str:
    """SHA-256 of a file; a file that has not changed since is not read again in this process."""
    state = path.stat()
    key = (path, state.st_size, state.st_mtime_ns)
    if key not in _digests:
        with path.open("rb") as stream:
            _digests[key] = hashlib.file_digest(stream, "sha256").hexdigest()
    return _digests[key]


def _check(path: Path, member: Member, model: Listed, sentence: str) -> None:
    try:
        found = _digest(path)
    except OSError as problem:
        raise NoModel(say("models.cannot_read", path=path, problem=_why(problem), install=model.install)) from problem
    if found != member.sha256:
        raise NoModel(
            say(sentence, path=path, name=member.name, found=found, expected=member.sha256, install=model.install)
        )


def _why(problem: OSError) -> str:
    return problem.strerror or str(problem)


# -- keeping --------------------------------------------------------------------------------------------------

Source = Callable[[IO[bytes]], str]
"""Writes a whole file into a stream and returns where the bytes came from, for the error."""


def _kept(model: Listed, source: Callable[[Member], Source]) -> Path:
    """Folder in the cache with every file of the model; what is missing or damaged there is made anew."""
    # The checksum in its name keeps two versions of a model apart.
    home = cache_folder() / "models" / f"{model.name}-{model.files[0].sha256[:12]}"
    for member in model.files:
        if not _whole(home / member.name, member):
            _keep(home, member, model, source(member))
    return home


def _whole(path: Path, member: Member) -> bool:
    try:
        return path.stat().st_size == member.bytes and _digest(path) == member.sha256
    except OSError:
        return False


def _keep(home: Path, member: Member, model: Listed, write: Source) -> None:
    """Write a file beside its place, verify it, move it there. Nothing is left behind when that fails."""
    temporary: Path | None = None
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=home, prefix=".", suffix=".part", delete=False) as stream:
            temporary = Path(stream.name)
            origin = write(stream)
        found = _digest(temporary)
        if found != member.sha256:
            raise NoModel(
                say(
                    "models.mismatch",
                    path=origin,
                    name=member.name,
                    found=found,
                    expected=member.sha256,
                    install=model.install,
                )
            )
        _move(temporary, home / member.name, member)
    except OSError as problem:
        raise NoModel(_cannot_keep(home, member, problem)) from problem
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _move(temporary: Path, place: Path, member: Member) -> None:
    try:
        temporary.replace(place)
    except PermissionError:
        # Windows refuses while another process has the file open: then that one has made it already.
        if not _whole(place, member):
            raise


def _cannot_keep(home: Path, member: Member, problem: OSError) -> str:
    if problem.errno in _FULL:
        needed_mb = -(-member.bytes // 1_000_000)
        return say("models.disk_full", folder=home, name=member.name, needed_mb=needed_mb)
    return say("models.cannot_write", folder=home, name=member.name, problem=_why(problem))


def _parts(paths: list[Path], model: Listed) -> Source:
    """A source that joins the parts; the packages' own files are only read."""

    def write(stream: IO[bytes]) -> str:
        for path in paths:
            for block in _blocks(path, model):
                stream.write(block)
        return " + ".join(str(path) for path in paths)

    return write


def _blocks(path: Path, model: Listed) -> Iterator[bytes]:
    try:
        with path.open("rb") as part:
            while block := part.read(_BLOCK_BYTES):
                yield block
    except OSError as problem:
        raise NoModel(say("models.cannot_read", path=path, problem=_why(problem), install=model.install)) from problem


def _downloaded(model: Listed, member: Member) -> Source:
    """A source that fetches the file from the hub."""

    def write(stream: IO[bytes]) -> str:
        from huggingface_hub import hf_hub_url

        assert model.hub is not None
        url = hf_hub_url(model.hub, member.name)
        for block in _fetched(url, member, model):
            stream.write(block)
        return url

    return write


def _fetched(url: str, member: Member, model: Listed) -> Iterator[bytes]:
    """The bytes behind an address, one more of them at most than the file should have."""
    import urllib.request

    left = member.bytes + 1
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT_S) as answer:
            while left > 0 and (block := answer.read(min(left, _BLOCK_BYTES))):
                yield block
                left -= len(block)
    except OSError as problem:
        raise NoModel(say("models.not_downloaded", url=url, problem=_why(problem), install=model.install)) from problem
