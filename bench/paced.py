"""Recorded answers at the pace of a clock, as a sound card gives them: time passes by itself."""

import time
from collections.abc import Iterator

from trainer.headset import BLOCK, PlayedHeadset
from trainer.records import RATE_HZ, Block, Clip


class PacedHeadset(PlayedHeadset):
    """A played headset whose blocks are there when 20 ms have passed, and wait for whoever comes late."""

    live = True

    def __init__(self, answers: Iterator[Clip]) -> None:
        super().__init__(answers)
        self._next_s = time.perf_counter()

    def read(self) -> Block:
        """The next block, not before its last sample was spoken."""
        block = super().read()
        self._next_s += BLOCK / RATE_HZ
        time.sleep(max(0.0, self._next_s - time.perf_counter()))
        return block

    def clock_s(self, at_s: float) -> float:
        """When the sample at ``at_s`` of the call was spoken, on the clock of time.perf_counter."""
        return self._next_s + at_s - self._number * BLOCK / RATE_HZ

    def stand_still(self, seconds: float) -> None:
        """These seconds did not pass."""
        self._next_s += seconds
