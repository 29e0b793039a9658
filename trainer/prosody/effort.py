"""Vocal effort: alpha ratio, the level of 1–5 kHz over that of 50–1000 Hz in voiced frames, in dB.

Louder speech has relatively more energy in the upper band, whatever the gain of the microphone (Sundberg &
Nordenberg, JASA 120:453, 2006; the alpha ratio as in GeMAPS, Eyben et al., IEEE TAC 7:190, 2016: per frame in dB,
then the mean).
"""

import numpy as np

from trainer.prosody.frames import Analysed
from trainer.records import RATE_HZ
from trainer.voicing import HOP

LOW_HZ = (50.0, 1000.0)
HIGH_HZ = (1000.0, 5000.0)
_WINDOW = 2 * HOP


def alpha_ratio_db(seen: Analysed) -> float | None:
    """Mean alpha ratio of the voiced frames in dB; None without any."""
    power = _spectra(seen)
    if len(power) == 0:
        return None
    hz = np.fft.rfftfreq(_WINDOW, 1 / RATE_HZ)
    low = power[:, (hz >= LOW_HZ[0]) & (hz < LOW_HZ[1])].sum(axis=1)
    high = power[:, (hz >= HIGH_HZ[0]) & (hz <= HIGH_HZ[1])].sum(axis=1)
    return float(np.mean(10.0 * np.log10(np.maximum(high, 1e-12) / np.maximum(low, 1e-12))))


def _spectra(seen: Analysed) -> "np.typing.NDArray[np.float64]":
    """Power spectra of the voiced frames, a Hann window of 32 ms around each, shape (voiced, bins)."""
    starts = np.flatnonzero(seen.voiced) * HOP - HOP // 2
    starts = starts[(starts >= 0) & (starts + _WINDOW <= len(seen.clip))]
    windows = seen.clip[starts[:, None] + np.arange(_WINDOW)] * np.hanning(_WINDOW).astype(np.float32)
    return np.asarray(np.abs(np.fft.rfft(windows, axis=1)) ** 2)
