"""Volume: active speech level by ITU-T Recommendation P.56 (method B), peak and clipping.

The envelope is the rectified signal through two exponential averages of 30 ms; a sample is active while the
envelope has been over a threshold within the last 200 ms; the active level is the power over active time only,
at the threshold that lies 15.9 dB below it. dBFS: a full-scale square wave is 0 dBFS, a full-scale sine -3.01.
"""

import numpy as np
import numpy.typing as npt

from trainer.records import RATE_HZ, Clip

MARGIN_DB = 15.9
HANGOVER_S = 0.2
AVERAGING_S = 0.03
QUIETEST_DBFS = -75.0
"""Below this there is nothing but the noise of a converter: no active level."""
CLIPPED = 32_700 / 32_768
_STEP_DB = 0.05


def db(power: float) -> float:
    """Ten times the logarithm of a power; -200 for none."""
    return 10.0 * float(np.log10(max(power, 1e-20)))


def active_level(clip: Clip) -> tuple[float, float] | None:
    """Active level in dBFS and activity (0 … 1) of ``clip``; None where there is no sound.

    ITU-T P.56 (12/2011), 6.1 to 6.4; the thresholds are 0.05 dB apart in place of the interpolated 6 dB.
    """
    if len(clip) == 0:
        return None
    energy = float(np.sum(clip.astype(np.float64) ** 2))
    if db(energy / len(clip)) < QUIETEST_DBFS - 20.0:
        return None
    held_db = _held_envelope_db(clip)
    thresholds = np.arange(-95.0, 0.0, _STEP_DB)
    active = len(clip) - np.searchsorted(np.sort(held_db), thresholds)
    levels = 10.0 * np.log10(np.maximum(energy, 1e-20) / np.maximum(active, 1))
    fits = np.flatnonzero((active > 0) & (levels - thresholds <= MARGIN_DB))
    if len(fits) == 0 or levels[fits[0]] < QUIETEST_DBFS:
        return None
    return float(levels[fits[0]]), float(active[fits[0]] / len(clip))


def _held_envelope_db(clip: Clip) -> npt.NDArray[np.float64]:
    from scipy.ndimage import maximum_filter1d
    from scipy.signal import lfilter

    keep = float(np.exp(-1.0 / (RATE_HZ * AVERAGING_S)))
    envelope = np.abs(clip).astype(np.float64)
    for _ in range(2):
        envelope = lfilter([1.0 - keep], [1.0, -keep], envelope)
    hold = int(HANGOVER_S * RATE_HZ)
    held = maximum_filter1d(envelope, hold, origin=(hold - 1) // 2, mode="constant")
    return np.asarray(20.0 * np.log10(np.maximum(held, 1e-10)))


def peak_dbfs(clip: Clip) -> float:
    """Level of the largest sample, in dBFS."""
    return db(float(np.max(np.abs(clip))) ** 2) if len(clip) else -200.0


def clipped_fraction(clip: Clip) -> float:
    """Share of samples at full scale."""
    return float(np.mean(np.abs(clip) >= CLIPPED)) if len(clip) else 0.0
