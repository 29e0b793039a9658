"""A sound that goes by in pieces, so that an hour of it needs no more memory than some seconds.

A ``Source`` can be asked again and gives the same sound again, cut as it likes. Here it is cut into pieces of one
size, so that the same sound gives the same numbers wherever it comes from, and each piece gets a margin of its
neighbours, so that no measure sees the cut. What lies below any voice, the offset of a cheap converter or the rumble of
a desk, is taken away before anything is measured.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from trainer.loudness import HighPass
from trainer.records import Clip
from trainer.voicing import HOP

Source: TypeAlias = Callable[[], Iterator[Clip]]

CHUNK = 512 * HOP
"""Samples of a piece: 8.192 s, a whole number of frames and of Silero's windows."""
MARGIN = 16 * HOP
"""SwiftF0 looks 11 frames back and 10 ahead, a spectrum or YIN two."""


@dataclass(frozen=True)
class Piece:
    """New samples, with up to MARGIN of what comes before and after them."""

    before: Clip
    new: Clip
    after: Clip

    @property
    def whole(self) -> Clip:
        """All of it in one."""
        return np.concatenate([self.before, self.new, self.after])


def cut(source: Source) -> Iterator[Clip]:
    """The sound in pieces of CHUNK samples; the last may be shorter."""
    waiting: list[Clip] = []
    count = 0
    for chunk in source():
        waiting.append(chunk)
        count += len(chunk)
        while count >= CHUNK:
            whole = np.concatenate(waiting)
            yield whole[:CHUNK]
            waiting, count = [whole[CHUNK:]], count - CHUNK
    if count:
        yield np.concatenate(waiting)


def pieces(source: Source) -> Iterator[Piece]:
    """The sound in pieces with their margins."""
    nothing = np.zeros(0, np.float32)
    before, new = nothing, nothing
    high_pass = HighPass()
    for chunk in map(high_pass.feed, cut(source)):
        if len(new):
            yield Piece(before, new, chunk[:MARGIN])
            before = new[-MARGIN:]
        new = chunk
    if len(new):
        yield Piece(before, new, nothing)
