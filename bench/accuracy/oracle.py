"""What others say about the same sound: Praat (P. Boersma & D. Weenink, by praat-parselmouth), pYIN, Harvest."""

from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.records import RATE_HZ, Clip
from trainer.voicing import HOP_S, frames_of

Track = npt.NDArray[np.float64]

LOWEST_HZ, HIGHEST_HZ = 50.0, 1000.0
_STEP_S = 0.005


def praat_sound(clip: Clip) -> Any:
    import parselmouth

    return parselmouth.Sound(clip.astype(np.float64), RATE_HZ)


def praat_f0(clip: Clip, at_s: Track) -> Track:
    """F0 in Hz at each time, 0 where unvoiced: autocorrelation (Boersma 1993) with Praat's own costs."""
    pitch = praat_sound(clip).to_pitch_ac(time_step=_STEP_S, pitch_floor=LOWEST_HZ, pitch_ceiling=HIGHEST_HZ)
    return nearest(np.asarray(pitch.xs()), np.asarray(pitch.selected_array["frequency"]), at_s)


def harvest_f0(clip: Clip, at_s: Track) -> Track:
    """F0 by Harvest (M. Morise, Interspeech 2017), 0 where unvoiced. It calls much unvoiced sound voiced."""
    import pyworld

    f0_hz, times_s = pyworld.harvest(clip.astype(np.float64), RATE_HZ, LOWEST_HZ, HIGHEST_HZ)
    return nearest(times_s, f0_hz, at_s)


def at_s(clip: Clip) -> Track:
    """When each of our frames has its pitch, in seconds: at its beginning, as SwiftF0 has it."""
    return np.asarray(np.arange(frames_of(clip)) * HOP_S, np.float64)


def nearest(times_s: Track, values: Track, at_s: Track) -> Track:
    """The value whose time is nearest to each of ``at_s``."""
    if len(times_s) == 0:
        return np.zeros(len(at_s))
    after = np.clip(np.searchsorted(times_s, at_s), 1, max(1, len(times_s) - 1))
    before = after - 1
    after = np.minimum(after, len(times_s) - 1)
    closer = np.abs(times_s[before] - at_s) <= np.abs(times_s[after] - at_s)
    return np.asarray(values[np.where(closer, before, after)], np.float64)
