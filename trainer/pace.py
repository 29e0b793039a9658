"""How fast somebody is speaking right now: the only figure there is before the words are recognised.

It counts syllable nuclei in the last seconds of speech. The count is proportional to the syllables for one speaker, so
it is shown as a share of the trainee's own normal where there is a sound check.
"""

from collections import deque

import numpy as np

from trainer import sound
from trainer.prosody import frames, nuclei
from trainer.records import RATE_HZ, Block, Clip, Measures
from trainer.turns.hearing import Phase

HEARD_S = 8.0
EVERY_S = 1.0
LEAST_SPEECH_S = 3.0


class Pace:
    """The tempo of the last eight seconds of an answer, brought up to date once a second."""

    def __init__(self, normal: Measures | None) -> None:
        self._normal_per_s = _per_second(normal)
        self._heard: deque[Clip] = deque()
        self._samples = self._new = 0
        self.nuclei_per_s: float | None = None

    @property
    def of_normal(self) -> float | None:
        """The tempo as a share of one's own normal (1.0 is the same); None where either is not known."""
        if self.nuclei_per_s is None or self._normal_per_s is None:
            return None
        return self.nuclei_per_s / self._normal_per_s

    def feed(self, block: Block, phase: Phase) -> None:
        """Take in the next 20 ms; what is said while the customer speaks is no answer."""
        if phase == "customer":
            self._heard.clear()
            self._samples = self._new = 0
            self.nuclei_per_s = None
            return
        self._heard.append(sound.from_pcm(block.samples))
        self._samples += len(block.samples)
        self._new += len(block.samples)
        while self._samples > HEARD_S * RATE_HZ:
            self._samples -= len(self._heard.popleft())
        if self._new >= EVERY_S * RATE_HZ:
            self._new = 0
            self.nuclei_per_s = _counted(np.concatenate(list(self._heard)))


def _counted(clip: Clip) -> float | None:
    seen = frames.analyse(lambda: iter((clip,)))
    return nuclei.per_second(seen) if seen.speech_s >= LEAST_SPEECH_S else None


def _per_second(normal: Measures | None) -> float | None:
    if normal is None or not normal.rate.nuclei or not normal.speech_s:
        return None
    return normal.rate.nuclei / normal.speech_s
