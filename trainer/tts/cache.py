"""Rendered lines, and what they are rendered from, kept by content: a file's name is the SHA-256 of all that made it.

So nothing is ever out of date: another model, text, delivery or version of the rendering has another name. Files are
written beside their place and moved into it; a damaged one is made again; the folder is bounded, and what was not
used for longest goes first. A cache that cannot be written costs time, never a line.
"""

import contextlib
import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer import documents, models, sound
from trainer.errors import BadInput
from trainer.records import Clip, Delivery, Voice

RENDER_VERSION = 6
"""To be raised whenever the sound of a rendered line changes."""

LARGEST_BYTES = 500_000_000
_KEEP = 0.8  # share of LARGEST_BYTES that is left after clearing
_PROFILE = ("id", "about", "licence", "measured_pitch_hz", "measured_syllables_per_s", "curve", "instead")
_NEUTRAL = ("take", "analysis")
_MOVED = ("shift_st", "formants", "tempo", "range", "curve")

Arrays = dict[str, npt.NDArray[Any]]


def folder() -> Path:
    """Where the lines are kept."""
    return models.cache_folder() / "lines"


def key(kind: str, voice: Voice, text: str, delivery: Delivery | None = None) -> str:
    """SHA-256 over all that makes the sound; a "take" and its "analysis" are before delivery and
    the voice's own shift."""
    fields = documents.plain(voice)
    if voice.engine != "scripted":  # the scripted speaker sounds as the profile says
        fields = {name: value for name, value in fields.items() if name not in _PROFILE}
    if kind in _NEUTRAL:
        fields = {name: value for name, value in fields.items() if name not in _MOVED}
    made_of = {
        "kind": kind,
        "version": RENDER_VERSION,
        "voice": fields,
        "text": text,
        "delivery": None if delivery is None else documents.plain(delivery),
    }
    return hashlib.sha256(documents.text(made_of).encode()).hexdigest()


def get(name: str) -> Clip | None:
    """The kept sound, or None."""
    path = folder() / f"{name}.flac"
    if not path.is_file():
        return None
    try:
        clip = sound.read(path, sound.ANSWER_LONGEST_S)
    except (BadInput, OSError):
        return None
    _used(path)
    return clip


def put(name: str, clip: Clip) -> Clip:
    """Keep the sound and give it back as it will be read again: in steps of PCM16."""
    kept = sound.from_pcm(sound.to_pcm(clip))
    _keep(f"{name}.flac", lambda path: sound.write_flac(path, kept))
    return np.asarray(kept, dtype=np.float32)


def get_arrays(name: str) -> Arrays | None:
    """Kept numbers by their names, or None."""
    path = folder() / f"{name}.npz"
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as kept:
            arrays = dict(kept)
    except (ValueError, OSError, EOFError, zipfile.BadZipFile, zlib.error):
        return None
    _used(path)
    return arrays


def put_arrays(name: str, arrays: Arrays) -> None:
    """Keep numbers as they are."""
    _keep(f"{name}.npz", lambda path: np.savez(path, **arrays))  # type: ignore[arg-type]


def _used(path: Path) -> None:
    """This was used just now."""
    with contextlib.suppress(OSError):
        os.utime(path)


def _keep(name: str, write: Callable[[Path], object]) -> None:
    with contextlib.suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder(), prefix=".", suffix=Path(name).suffix)
        os.close(handle)
        try:
            write(Path(temporary))
            Path(temporary).replace(folder() / name)
        finally:
            Path(temporary).unlink(missing_ok=True)
        _clear()


def _clear() -> None:
    """Remove what was not used for longest while the folder is too large."""
    found = []
    with os.scandir(folder()) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                state = entry.stat()
                found.append((state.st_mtime_ns, state.st_size, entry.path))
    total = sum(size for _, size, _ in found)
    if total <= LARGEST_BYTES:
        return
    for _, size, path in sorted(found):
        with contextlib.suppress(OSError):
            Path(path).unlink()
            total -= size
        if total <= _KEEP * LARGEST_BYTES:
            return
