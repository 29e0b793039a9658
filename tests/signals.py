"""Made sounds whose measures are known."""

import numpy as np

from trainer.records import RATE_HZ, Clip


def tone(hz: float, seconds: float, dbfs: float = -20.0) -> Clip:
    """A sine of a given frequency and root mean square."""
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return np.asarray(np.sqrt(2.0) * 10 ** (dbfs / 20) * np.sin(2 * np.pi * hz * t), np.float32)


def silence(seconds: float) -> Clip:
    """Digital silence."""
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def noise(seconds: float, dbfs: float, seed: int = 0) -> Clip:
    """White noise of a given root mean square."""
    return np.asarray(np.random.default_rng(seed).normal(0, 10 ** (dbfs / 20), round(seconds * RATE_HZ)), np.float32)


def pulses(hz: float, seconds: float, dbfs: float = -23.0) -> Clip:
    """A voice-like sound: a pulse train through three formants of a neutral vowel, with a known pitch."""
    from scipy.signal import lfilter

    period = np.cumsum(np.full(round(seconds * RATE_HZ), hz / RATE_HZ))
    source = np.diff(np.floor(period), prepend=0.0)
    sound = lfilter([1.0], [1.0, -0.95], source)
    for formant_hz, width_hz in ((500, 80), (1500, 120), (2500, 160)):
        radius = np.exp(-np.pi * width_hz / RATE_HZ)
        sound = lfilter([1.0], [1.0, -2 * radius * np.cos(2 * np.pi * formant_hz / RATE_HZ), radius**2], sound)
    return np.asarray(sound / np.sqrt(np.mean(sound**2)) * 10 ** (dbfs / 20), np.float32)


def joined(*parts: Clip) -> Clip:
    """One after the other."""
    return np.concatenate(parts)
