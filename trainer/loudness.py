"""Active speech level by ITU-T Recommendation P.56 (12/2011), method B.

The envelope is the rectified signal through two exponential averages of 30 ms; the sound is active while the
envelope has been over a threshold within the last 200 ms; the active level is the power over active time only,
at the threshold that lies 15.9 dB below it. dBFS: a full-scale square wave is 0 dBFS, a full-scale sine -3.01.
"""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from trainer.records import RATE_HZ

Samples = TypeVar("Samples", npt.NDArray[np.float32], npt.NDArray[np.float64])

MARGIN_DB = 15.9
HANGOVER_S = 0.2
AVERAGING_S = 0.03
QUIETEST_DBFS = -75.0
"""Below this there is nothing but the noise of a converter: no active level."""
_STEP_DB = 0.05
_GRAIN = 16
"""The envelope moves by 3 % at most in 1 ms, so it is looked at once in 16 samples."""


def db(power: float) -> float:
    """Ten times the logarithm of a power; -200 for none."""
    return 10.0 * float(np.log10(max(power, 1e-20)))


def active_level(clip: Samples) -> tuple[float, float] | None:
    """Active level in dBFS and activity (0 … 1) of ``clip``; None where there is no sound.

    P.56, 6.1 to 6.4; the thresholds are 0.05 dB apart in place of the interpolated 6 dB.
    """
    if len(clip) == 0:
        return None
    power = float(np.mean(np.square(clip, dtype=np.float64)))
    if db(power) < QUIETEST_DBFS - 20.0:
        return None
    held_db = np.sort(_held_envelope_db(clip))
    thresholds = np.arange(-95.0, 0.0, _STEP_DB)
    activity = 1.0 - np.searchsorted(held_db, thresholds) / len(held_db)
    levels = db(power) - 10.0 * np.log10(np.maximum(activity, 1e-9))
    fits = np.flatnonzero((activity > 0) & (levels - thresholds <= MARGIN_DB))
    if len(fits) == 0 or levels[fits[0]] < QUIETEST_DBFS:
        return None
    return float(levels[fits[0]]), float(activity[fits[0]])


def at_level(clip: Samples, dbfs: float) -> Samples:
    """``clip`` brought to an active level; silence stays silence."""
    found = active_level(clip)
    return clip if found is None else clip * clip.dtype.type(10 ** ((dbfs - found[0]) / 20))


def _held_envelope_db(clip: Samples) -> npt.NDArray[np.float64]:
    """The envelope with its hangover, once in 16 samples."""
    from scipy.ndimage import maximum_filter1d
    from scipy.signal import lfilter

    keep = float(np.exp(-1.0 / (RATE_HZ * AVERAGING_S)))
    once: npt.NDArray[np.float64] = lfilter([1.0 - keep], [1.0, -keep], np.abs(clip))
    envelope = np.asarray(lfilter([1.0 - keep], [1.0, -keep], once))[_GRAIN - 1 :: _GRAIN]
    hold = round(HANGOVER_S * RATE_HZ / _GRAIN)
    if len(envelope) == 0:
        envelope = np.asarray([np.max(np.abs(clip))], np.float64)
    held = maximum_filter1d(envelope, hold, origin=(hold - 1) // 2, mode="constant")
    return np.asarray(20.0 * np.log10(np.maximum(held, 1e-10)))
