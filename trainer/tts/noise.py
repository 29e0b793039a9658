"""Noise of a band, the same each time it is made."""

import numpy as np

from trainer.records import RATE_HZ
from trainer.tts.render import Array


def noise(count: int, band_hz: tuple[float, float], seed: int) -> Array:
    """So many samples of Gaussian noise between two frequencies, with a root mean square of about 1."""
    from scipy.signal import butter, sosfilt

    white = np.random.default_rng(seed).standard_normal(max(count, RATE_HZ))
    made = sosfilt(butter(2, band_hz, "bandpass", fs=RATE_HZ, output="sos"), white)
    return np.asarray((made / np.sqrt(np.mean(np.square(made))))[:count])
