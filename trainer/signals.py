"""Made sounds whose measures are known beforehand: what the self-test and the tests measure."""

import numpy as np

from trainer.records import RATE_HZ, Clip

FORMANTS = ((500.0, 80.0), (1500.0, 120.0), (2500.0, 160.0))
"""Frequency and width in Hz of the formants of a neutral vowel (a tube of 17.5 cm, closed at one end)."""
_TILT = 0.95


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


def vowel(hz: float, seconds: float, dbfs: float = -23.0) -> Clip:
    """A voice-like sound of exactly one pitch: harmonics shaped by the formants of a neutral vowel.

    Added up harmonic by harmonic: pulses that fall on whole samples would have a lower pitch of their own (at 600 Hz
    every third one, and so 200 Hz).
    """
    harmonics = hz * np.arange(1, int(0.95 * RATE_HZ / 2 / hz) + 1)
    turn = np.exp(-2j * np.pi * harmonics / RATE_HZ)
    response = 1.0 / (1.0 - _TILT * turn)
    for formant_hz, width_hz in FORMANTS:
        radius = np.exp(-np.pi * width_hz / RATE_HZ)
        response /= 1.0 - 2.0 * radius * np.cos(2.0 * np.pi * formant_hz / RATE_HZ) * turn + (radius * turn) ** 2
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    sound = np.zeros(len(t))
    for harmonic_hz, gain in zip(harmonics, response, strict=True):
        sound += np.abs(gain) * np.cos(2.0 * np.pi * harmonic_hz * t + np.angle(gain))
    return np.asarray(sound / np.sqrt(np.mean(sound**2)) * 10 ** (dbfs / 20), np.float32)


def joined(*parts: Clip) -> Clip:
    """One after the other."""
    return np.concatenate(parts)
