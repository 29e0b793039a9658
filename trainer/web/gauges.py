"""The live gauges: how far tempo, pitch and level of the answer lie from one's own normal, right now.

Quiet by construction: nothing before there is enough speech, nothing where there is no normal to hold it against.
The unit of each is the change that chance alone explains in eight seconds of speech (trainer/guides/thresholds.yaml):
within -1 … 1 there is nothing to be told.
"""

import math
from collections import deque

import numpy as np

from trainer import loudness, sound, voicing
from trainer.coaching.thresholds import Quantity, limit
from trainer.pace import Pace
from trainer.prosody.frames import VOICED
from trainer.records import RATE_HZ, Block, Clip, Measures
from trainer.turns.hearing import Phase

EVERY_S = 1.0
HEARD_S = 3.0
LEAST_VOICED_S = 0.8
CHANCE_OF_S = 8.0
FARTHEST = 3.0


class Gauges:
    """Three figures a second while the trainee speaks."""

    def __init__(self, normal: Measures | None, without_rate: bool) -> None:
        self._normal = normal
        self._pace = None if without_rate else Pace(normal)
        self._heard: deque[Clip] = deque(maxlen=round(HEARD_S * RATE_HZ / 320))
        self._new_s = 0.0

    def feed(self, block: Block, phase: Phase) -> dict[str, float | None] | None:
        """Take in 20 ms; the gauges when they are due."""
        if self._normal is None:
            return None
        if self._pace:
            self._pace.feed(block, phase)
        if phase not in ("speaking", "overlap"):
            if phase == "customer":
                self._heard.clear()
            return None
        self._heard.append(sound.from_pcm(block.samples))
        self._new_s += len(block.samples) / RATE_HZ
        if self._new_s < EVERY_S:
            return None
        self._new_s = 0.0
        return self._read(np.concatenate(list(self._heard)))

    def _read(self, clip: Clip) -> dict[str, float | None]:
        share = self._pace.of_normal if self._pace else None
        return {
            "tempo": _scaled(math.log(share) if share else None, "rate"),
            "pitch": _scaled(self._pitch_st(clip), "pitch"),
            "level": _scaled(self._level_db(clip), "level"),
        }

    def _pitch_st(self, clip: Clip) -> float | None:
        usual_hz = self._normal.pitch.median_hz if self._normal else None
        track = voicing.pitch_track(voicing.even(clip))
        sure_hz = track.f0_hz[track.confidence >= VOICED]
        if usual_hz is None or len(sure_hz) * voicing.HOP_S < LEAST_VOICED_S:
            return None
        return 12.0 * math.log2(float(np.median(sure_hz)) / usual_hz)

    def _level_db(self, clip: Clip) -> float | None:
        usual_dbfs = self._normal.level.active_dbfs if self._normal else None
        found = loudness.active_level(clip)
        return None if usual_dbfs is None or found is None else found[0] - usual_dbfs


def _scaled(change: float | None, quantity: Quantity) -> float | None:
    """The change in units of chance, not farther out than a gauge is long."""
    if change is None:
        return None
    return round(min(FARTHEST, max(-FARTHEST, change / limit(quantity, CHANCE_OF_S))), 2)
