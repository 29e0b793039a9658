"""The two voices of a kept call on its one clock: the customer left, the trainee right.

The trainee's is the capture as it was journalled. The customer's is put together out of the lines as they were made,
each at the sample where it began to be heard, and cut where it broke off. A line that was held in its middle and taken
up again sounds from its beginning without the pause: how far it had come is not kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from trainer import attempt, sound
from trainer.records import RATE_HZ, Line, Report
from trainer.sound import Pcm

CHANNELS = 2
CUSTOMER, TRAINEE = range(CHANNELS)
_BLOCK = RATE_HZ // 2


@dataclass(frozen=True)
class Placed:
    """A line of the customer: its file, and from which sample to which it is heard."""

    path: Path
    first: int
    last: int


class Tracks:
    """The sound of one attempt, read in parts; nothing of it is held whole."""

    def __init__(self, folder: Path, report: Report) -> None:
        self._capture = folder / attempt.CAPTURE
        self._captured = sound.frames(self._capture) if self._capture.exists() else 0
        self._lines = tuple(_placed(folder, report))
        self.frames = max((self._captured, *(line.last for line in self._lines)))

    def blocks(self, first: int = 0, last: int | None = None) -> Iterator[Pcm]:
        """The samples from ``first`` up to ``last``, or to the end, in blocks of shape (samples, 2)."""
        end = self.frames if last is None else min(last, self.frames)
        captured = sound.pcm_blocks(self._capture, first, _BLOCK) if first < self._captured else iter(())
        for start in range(first, end, _BLOCK):
            block = np.zeros((min(_BLOCK, end - start), CHANNELS), np.int16)
            heard = next(captured, np.zeros(0, np.int16))[: len(block)]
            block[: len(heard), TRAINEE] = heard
            for line in self._lines:
                if line.first < start + len(block) and start < line.last:
                    _mix(block[:, CUSTOMER], start, line)
            yield block

    def part(self, start_s: float, end_s: float) -> Pcm:
        """The samples between two moments, shape (samples, 2)."""
        first = max(0, round(start_s * RATE_HZ))
        return np.concatenate([np.zeros((0, CHANNELS), np.int16), *self.blocks(first, round(end_s * RATE_HZ))])


def _placed(folder: Path, report: Report) -> Iterator[Placed]:
    for turn in report.turns:
        yield from _there(attempt.line_file(folder, turn.number), turn.line)
        for number, said in enumerate(turn.reactions, 1):
            yield from _there(attempt.line_file(folder, turn.number, number), said)
    if report.closing:
        yield from _there(attempt.line_file(folder, len(report.turns) + 1), report.closing)


def _there(path: Path, line: Line) -> Iterator[Placed]:
    if path.exists():
        yield Placed(path, round(line.start_s * RATE_HZ), round(line.end_s * RATE_HZ))


def _mix(track: Pcm, start: int, line: Placed) -> None:
    """Lay a line over the part of the customer's track that begins at sample ``start``."""
    said = _read(line.path)[: line.last - line.first]
    before, offset = max(0, line.first - start), max(0, start - line.first)
    heard = said[offset : offset + len(track) - before]
    track[before : before + len(heard)] = heard


@lru_cache(maxsize=8)
def _read(path: Path) -> Pcm:
    return sound.to_pcm(sound.read(path, sound.ANSWER_LONGEST_S))
