"""How long a stretch of speech had been under way when the detector was sure of it.

In noise the detector finds the beginning late: with noise 18 dB under the speech, sounds of listening of 0.33 to 0.47 s
were left with 0.10 to 0.19 s (10 of 144, people in four languages). The sound itself rises out of the noise at once, so
its level tells where it began; only once the detector knows that it is speech, or a door would be an answer.
"""

import numpy as np

from trainer.records import RATE_HZ, Clip

WINDOW = 512
"""Samples of a window of the detector."""
MOST_WINDOWS = 8
"""Farther back (0.26 s) lies what was no speech: a breath, a click."""
OVER_NOISE_DB = 6.0
UNDER_SPEECH_DB = 20.0
"""An inhalation before the words is softer than that under them (about 25 dB)."""
REMEMBERED = round(3.0 * RATE_HZ / WINDOW)
QUIET_PERCENT = 20.0


class Onset:
    """The level of each window of a call."""

    def __init__(self) -> None:
        self._rest: Clip = np.zeros(0, np.float32)
        self._levels_db: list[float] = []

    def feed(self, clip: Clip) -> None:
        """Listen to the next block of sound."""
        self._rest = np.concatenate((self._rest, clip))
        whole = len(self._rest) // WINDOW
        power = np.square(self._rest[: whole * WINDOW].astype(np.float64)).reshape(whole, WINDOW).mean(axis=1)
        self._levels_db.extend((10.0 * np.log10(np.maximum(power, 1e-12))).tolist())
        self._rest = self._rest[whole * WINDOW :]

    def windows_before(self, number: int) -> int:
        """How many windows before window ``number``, which is speech, belong to it."""
        levels = np.array(self._levels_db[max(0, number + 1 - REMEMBERED) : number + 1])
        if len(levels) < 2:
            return 0
        least_db = max(np.percentile(levels, QUIET_PERCENT) + OVER_NOISE_DB, levels[-1] - UNDER_SPEECH_DB)
        before = levels[-1 - MOST_WINDOWS : -1][::-1]
        below = np.flatnonzero(before < least_db)
        return int(below[0]) if below.size else len(before)
