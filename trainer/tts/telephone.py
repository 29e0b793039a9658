"""A voice over the telephone: 300 to 3400 Hz, 8 kHz, and the eight bits of µ-law (ITU-T G.711); and its quiet."""

import numpy as np

from trainer import sound
from trainer.records import RATE_HZ, Clip
from trainer.tts.manner import customary
from trainer.tts.noise import noise

LINE_HZ = 8000
BAND_HZ = (300.0, 3400.0)
MU = 255.0


def quiet(count: int) -> Clip:
    """So many samples of an open line on which nobody speaks, at 16 kHz; the same each time."""
    return np.asarray(10 ** (customary().line_dbfs / 20) * noise(count, BAND_HZ, 1), np.float32)


def over(clip: Clip) -> Clip:
    """What comes out of the receiver, at 16 kHz again."""
    from scipy.signal import butter, sosfilt

    if not clip.size:
        return clip
    narrow = sound.resample(clip, RATE_HZ, LINE_HZ)
    band = sosfilt(butter(4, BAND_HZ, "bandpass", fs=LINE_HZ, output="sos"), narrow)
    return sound.resample(mu_law(np.asarray(band, np.float32)), LINE_HZ)


def mu_law(clip: Clip) -> Clip:
    """Through eight bits of µ-law and back: steps that grow with the sample; silence stays silence."""
    x = np.clip(clip, -1.0, 1.0)
    code = np.rint(127.0 * np.sign(x) * np.log1p(MU * np.abs(x)) / np.log1p(MU)) / 127.0
    return np.asarray(np.sign(code) * np.expm1(np.abs(code) * np.log1p(MU)) / MU, np.float32)
