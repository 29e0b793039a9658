"""The folder of an attempt: what its files are called, and the number of its format.

attempts/ID/format.json    {"format": 1, …}: who, what and when
           capture.pcm     while the call runs: what the microphone heard, PCM16, 16 kHz, mono
           capture.flac    the same, once the call is over
           events.jsonl    what happened, one JSON document a line, in the order of the call's clock
           lines/NN.flac   the customer's lines as they were played; NN-1.flac … what they said in the middle of it
           report.json     what was computed
           corrections.json  what a coach says of it
           report.html     the page
           debrief.json    what they say of the call themselves (trainer.web.debrief)
           again/NN-K/     the answer of turn NN said again, for the Kth time (trainer.again)
           comments/N.flac what is said of it aloud, see ``trainer.store.spoken``
           replay.bin      what its replay draws, see ``trainer.drawing``
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from trainer.errors import BadInput
from trainer.records import RATE_HZ
from trainer.words import say

FORMAT = 1
HEADER = "format.json"
CAPTURE_PCM = "capture.pcm"
CAPTURE = "capture.flac"
EVENTS = "events.jsonl"
LINES = "lines"
COMMENTS = "comments"
REPORT = "report.json"
PAGE = "report.html"
LOCK = "in-use"


def line_file(folder: Path, number: int, reaction: int = 0) -> Path:
    """Where the customer's line of a turn is kept, or what they said in its middle (from 1 on)."""
    return folder / LINES / (f"{number:02d}-{reaction}.flac" if reaction else f"{number:02d}.flac")


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def read_header(folder: Path) -> dict[str, Any]:
    """The header of an attempt. Raises BadInput where a later version wrote it, or it cannot be read."""
    try:
        header = json.loads((folder / HEADER).read_text(encoding="utf-8"))
        written = int(header["format"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BadInput(say("store.no_header", folder=folder)) from problem
    if written > FORMAT:
        raise BadInput(say("store.later_format", folder=folder, written=written, known=FORMAT))
    return dict(header)


def mend(folder: Path) -> tuple[float, int]:
    """Cut off what a killed program left half written; seconds of sound and number of whole events that are kept."""
    capture, events = folder / CAPTURE_PCM, folder / EVENTS
    seconds = 0.0
    if capture.exists():
        size = capture.stat().st_size
        os.truncate(capture, size - size % 2)
        seconds = (size // 2) / RATE_HZ
    if not events.exists():
        return seconds, 0
    whole = [line for line in events.read_bytes().splitlines(keepends=True) if _is_event(line)]
    write_text(events, b"".join(whole).decode("utf-8"))
    return seconds, len(whole)


def _is_event(line: bytes) -> bool:
    try:
        return line.endswith(b"\n") and isinstance(json.loads(line), dict)
    except ValueError:
        return False
