"""An append-only recording that survives a kill: captured blocks and events, written as they come.

A block goes to the system in one unbuffered write before anything else is done with it, so a killed program loses
none that had reached it; the disk is asked to make it last about once a second, for the day the power fails.
Blocks that are missing are filled with silence and named in an event, so that the clock of the samples stays true.
"""

import json
import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from trainer import attempt, locking, sound
from trainer.errors import BadInput
from trainer.records import RATE_HZ, Block, Clip
from trainer.words import say

SYNC_S = 1.0


class Journal:
    """The recording of one attempt, or of one sound check."""

    def __init__(self, folder: Path, header: dict[str, Any]) -> None:
        """Begin in ``folder``, which may not have a recording yet. Raises BadInput where it cannot be written."""
        try:
            (folder / attempt.LINES).mkdir(parents=True, exist_ok=True)
            self._lock = locking.hold(folder / attempt.LOCK)
            attempt.write_text(folder / attempt.HEADER, json.dumps({"format": attempt.FORMAT, **header}) + "\n")
            self._capture = (folder / attempt.CAPTURE_PCM).open("xb", buffering=0)
            self._events = (folder / attempt.EVENTS).open("xb", buffering=0)
        except OSError as problem:
            raise BadInput(say("store.cannot_write", folder=folder, problem=problem.strerror)) from problem
        self.folder = folder
        self._next = 0
        self._written = 0
        self._synced = 0
        self._syncing: threading.Thread | None = None

    @property
    def position_s(self) -> float:
        """How much has been recorded, in seconds."""
        return self._written / RATE_HZ

    def append(self, block: Block) -> None:
        """Write a block; one that comes again is ignored, missing ones become silence."""
        if block.number < self._next:
            return
        if block.number > self._next:
            missing = (block.number - self._next) * len(block.samples)
            self.event("gap", self.position_s, seconds=missing / RATE_HZ)
            self._write(np.zeros(missing, np.int16))
        self._write(block.samples)
        self._next = block.number + 1
        if self._written - self._synced >= SYNC_S * RATE_HZ:
            self._sync()

    def event(self, kind: str, at_s: float, **data: Any) -> None:
        """Write what happened at ``at_s`` of the recording."""
        entry = {"at_s": round(at_s, 3), "kind": kind, **data}
        text = json.dumps(entry, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        self._put(self._events.fileno(), text.encode() + b"\n")

    def line(self, number: int, clip: Clip, reaction: int = 0) -> None:
        """Keep the customer's line of a turn, or what they said in its middle, as it is played."""
        sound.write_flac(attempt.line_file(self.folder, number, reaction), clip)

    def close(self) -> None:
        """End the recording."""
        if self._capture.closed:
            return
        self.event("closed", self.position_s)
        if self._syncing and self._syncing.is_alive():  # an interrupt may have come before it was started
            self._syncing.join()
        for file in (self._capture, self._events):
            os.fsync(file.fileno())
            file.close()
        if self._lock:
            self._lock.close()
        (self.folder / attempt.LOCK).unlink(missing_ok=True)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _write(self, samples: "np.typing.NDArray[np.int16]") -> None:
        self._put(self._capture.fileno(), samples.astype("<i2").tobytes())
        self._written += len(samples)

    def _put(self, file: int, data: bytes) -> None:
        """All of ``data``, also where the system takes it in parts. Raises BadInput on a full disk."""
        try:
            while data:
                data = data[os.write(file, data) :]
        except OSError as problem:
            raise BadInput(say("store.cannot_write", folder=self.folder, problem=problem.strerror)) from problem

    def _sync(self) -> None:
        """Ask the disk to keep what was written, beside the recording: a slow disk must not stop a block."""
        if self._syncing and self._syncing.is_alive():
            return
        self._synced = self._written
        self._syncing = threading.Thread(target=os.fsync, args=(self._capture.fileno(),), daemon=True)
        self._syncing.start()
