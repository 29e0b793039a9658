"""The running tape of a call: every block that is captured is journalled first, and can be heard again from here.

Shared by the sound check and the rehearsal. What is measured is the PCM16 that was journalled.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from trainer import sound
from trainer.ahead import Begun
from trainer.headset import Headset
from trainer.journal import Journal
from trainer.records import RATE_HZ, Block, Clip

T = TypeVar("T")


class Tape:
    """A headset whose capture is kept: on the disk by the journal, in memory for the measures."""

    def __init__(self, headset: Headset, journal: Journal) -> None:
        self._headset = headset
        self._journal = journal
        self._kept: list[Block] = []
        self._waiting: deque[Block] = deque()

    @property
    def live(self) -> bool:
        """Whether time passes by itself."""
        return self._headset.live

    @property
    def now_s(self) -> float:
        """How much has been captured, in seconds: the clock of the call."""
        return sum(len(block.samples) for block in self._kept[-1:]) / RATE_HZ + self._before_s()

    def _before_s(self) -> float:
        return self._kept[-1].number * len(self._kept[-1].samples) / RATE_HZ if self._kept else 0.0

    def read(self) -> Block:
        """The next block in order, captured now or while something else was worked on."""
        return self._waiting.popleft() if self._waiting else self._capture()

    def meanwhile(self, work: Callable[[], T]) -> T:
        """The result of ``work``; on a live headset the capture goes on beside it, and nothing is lost.

        On the sample clock of a played headset time stands still instead, so that the same call is the same
        to the sample on a fast machine and on a slow one.
        """
        if not self.live:
            return work()
        with ThreadPoolExecutor(1) as beside:
            return self.until(beside.submit(work))

    def until(self, begun: Future[T] | Begun[T]) -> T:
        """The result of what was begun beside the capture, which goes on until it is there. For a live headset."""
        if isinstance(begun, Begun):
            begun.hurry()
        while not begun.done():
            self._waiting.append(self._capture())
        return begun.result()

    def clip(self, start_s: float, end_s: float) -> Clip:
        """What was captured between two times of the call."""
        start, end = max(0, round(start_s * RATE_HZ)), max(0, round(end_s * RATE_HZ))
        size = len(self._kept[0].samples) if self._kept else 1
        blocks = [block.samples for block in self._kept[start // size : end // size + 1]]
        if not blocks:
            return np.zeros(0, np.float32)
        first = start - start // size * size
        return sound.from_pcm(np.concatenate(blocks)[first : first + end - start])

    def _capture(self) -> Block:
        block = self._headset.read()
        self._journal.append(block)
        self._kept.append(block)
        return block
