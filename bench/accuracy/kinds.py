"""Voices of all kinds, made from speech by WORLD or from pulses, with an F0 that is known in every frame.

The envelope and the timing are those of real utterances; only the source is exchanged. Jitter and shimmer of old
voices, tremor of 4 to 7 Hz: E. Mueller, Semin. Speech Lang. 18:159 (1997); creak as irregular pulses and as pairs of
unequal ones: P. Keating et al., ICPhS 2015; breath as noise under a weak, steep source: D. Klatt & L. Klatt, JASA
87:820 (1990); children's formants about a quarter higher: P. White, J. Voice 13:570 (1999).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.accuracy import oracle
from bench.accuracy.changes import WORLD_FRAME_S, shelf
from trainer.records import RATE_HZ, Clip

Track = npt.NDArray[np.float64]

LOWEST_HZ, HIGHEST_HZ = 52.0, 740.0
"""A melody that is moved stays within what a person can do."""


@dataclass(frozen=True)
class Known:
    """A clip, and its F0 at each of our frames: 0 unvoiced, -1 where it cannot be said, at the edges of voicing."""

    clip: Clip
    f0_hz: Track


@dataclass(frozen=True)
class Parts:
    """An utterance taken apart by WORLD."""

    f0_hz: Track
    envelope: Track
    noise: Track
    at_s: Track


def parts(clip: Clip) -> Parts:
    import pyworld

    samples = clip.astype(np.float64)
    at_s: Track = np.arange(int(len(samples) / RATE_HZ / WORLD_FRAME_S) + 1, dtype=np.float64) * WORLD_FRAME_S
    f0_hz = oracle.praat_f0(clip, at_s)
    envelope = pyworld.cheaptrick(samples, f0_hz, at_s, RATE_HZ)
    return Parts(f0_hz, envelope, pyworld.d4c(samples, f0_hz, at_s, RATE_HZ), at_s)


def to_median(of: Parts, median_hz: float, formants: float = 1.0, widened: float = 1.0) -> Known:
    """With its melody moved (and widened) to another height, and its formants multiplied."""
    f0_hz = moved(of.f0_hz, median_hz, widened)
    return _made(f0_hz, _warped(of.envelope, formants), _warped(of.noise, formants), of.at_s)


def moved(f0_hz: Track, median_hz: float, widened: float = 1.0) -> Track:
    """A track with another median, its distances from it (in semitones) multiplied by ``widened``."""
    voiced = f0_hz > 0
    middle = np.median(f0_hz[voiced])
    away = np.log(np.where(voiced, f0_hz, middle) / middle)
    return np.where(voiced, np.clip(median_hz * np.exp(away * widened), LOWEST_HZ, HIGHEST_HZ), 0.0)


def sung(of: Parts, median_hz: float) -> Known:
    """Every voiced stretch on one note with a vibrato of half a semitone at 5.5 Hz."""
    vibrato = 2.0 ** (0.5 * np.sin(2.0 * np.pi * 5.5 * of.at_s) / 12.0)
    return _made(np.where(of.f0_hz > 0, median_hz * vibrato, 0.0), of.envelope, of.noise, of.at_s)


def elderly(of: Parts, median_hz: float, seed: int) -> Known:
    """Tremor of 5 Hz over one semitone, jitter of 2 %, shimmer of 1 dB, a little breath."""
    chance = np.random.default_rng(seed)
    tremor = 2.0 ** (np.sin(2.0 * np.pi * 5.0 * of.at_s) / 12.0)
    jitter = 1.0 + 0.02 * chance.standard_normal(len(of.at_s))
    shimmer = 10.0 ** (chance.standard_normal(len(of.at_s)) / 10.0)
    f0_hz = moved(of.f0_hz, median_hz) * tremor
    made = _made(f0_hz * jitter, of.envelope * shimmer[:, None], np.clip(of.noise + 0.15, 0.0, 1.0), of.at_s)
    return Known(made.clip, _on_grid(f0_hz, of.at_s, made.clip))


def breathy(of: Parts, median_hz: float) -> Known:
    """A weak, steep source under noise."""
    made = _made(moved(of.f0_hz, median_hz), of.envelope, np.clip(of.noise * 0.5 + 0.5, 0.0, 1.0), of.at_s)
    return Known(shelf(made.clip, -4.0), made.f0_hz)


def whispered(of: Parts) -> Known:
    """Noise through the formants; the rumble of a voice below 300 Hz is taken out, as a whisper has none."""
    from scipy.signal import butter, sosfilt

    made = _made(np.zeros_like(of.f0_hz), of.envelope, np.ones_like(of.noise), of.at_s)
    high = sosfilt(butter(2, 300.0, "highpass", fs=RATE_HZ, output="sos"), made.clip)
    return Known(np.asarray(high, np.float32), made.f0_hz)


def laughed(of: Parts, median_hz: float) -> Known:
    """Bursts, five in a second, each voiced for 60 %, falling by 4 st, with breath between them."""
    phase = (of.at_s * 5.0) % 1.0
    on = phase < 0.6
    f0_hz = np.where(on, median_hz * 2.0 ** ((2.0 - 4.0 * phase / 0.6) / 12.0), 0.0)
    vowel = np.median(of.envelope[of.f0_hz > 0], axis=0)
    breath = np.where(on, 1.0, 0.01)
    envelope = np.ascontiguousarray(vowel[None, :] * breath[:, None])
    noise = np.where(on[:, None], np.median(of.noise[of.f0_hz > 0], axis=0)[None, :], 1.0)
    return _made(f0_hz, envelope, np.ascontiguousarray(noise), of.at_s)


def creaky(of: Parts, median_hz: float, seed: int, paired: bool) -> Known:
    """Pulses through the formants: irregular ones (jitter 12 %), or pairs of unequal ones (a subharmonic).

    Where pulses are irregular the F0 is that of their mean; pairs are half a note or a whole one: both are right.
    """
    chance = np.random.default_rng(seed)
    f0_hz = moved(of.f0_hz, median_hz)
    count = int(len(of.at_s) * WORLD_FRAME_S * RATE_HZ)
    source = np.zeros(count)
    at, number = 0.0, 0
    while at < count - 1:
        hz = f0_hz[min(int(at / RATE_HZ / WORLD_FRAME_S), len(f0_hz) - 1)]
        if hz <= 0:
            at += WORLD_FRAME_S * RATE_HZ
            continue
        source[int(at)] += (0.5 if paired and number % 2 else 1.0) * np.sqrt(RATE_HZ / hz)
        at += RATE_HZ / hz * (1.0 if paired else 1.0 + 0.12 * chance.standard_normal())
        number += 1
    clip = _through(source + 0.01 * chance.standard_normal(count), of.envelope)
    return Known(clip, _on_grid(f0_hz, of.at_s, clip))


def _through(source: Track, envelope: Track) -> Clip:
    """A source through the minimum-phase-free (magnitude) filter of each frame, by overlapping windows of 32 ms."""
    size, hop = 1024, round(WORLD_FRAME_S * RATE_HZ)
    window = np.hanning(size // 2 + 1)[:-1]
    out = np.zeros(len(source) + size)
    for number in range(0, len(envelope) - 1):
        start = number * hop
        piece = source[start : start + len(window)]
        if len(piece) < len(window):
            break
        spectrum = np.fft.rfft(piece * window, size) * np.sqrt(np.interp(*_bins(size, envelope[number])))
        out[start : start + size] += np.fft.irfft(spectrum, size)
    made = out[: len(source)] * hop / window.sum()
    return np.asarray(made, np.float32)


def _bins(size: int, envelope: Track) -> tuple[Track, Track, Track]:
    there = np.linspace(0.0, 1.0, size // 2 + 1)
    return there, np.linspace(0.0, 1.0, len(envelope)), envelope


def _made(f0_hz: Track, envelope: Track, noise: Track, at_s: Track) -> Known:
    import pyworld

    f0_hz, envelope, noise = (np.ascontiguousarray(one, np.float64) for one in (f0_hz, envelope, noise))
    clip = np.asarray(pyworld.synthesize(f0_hz, envelope, noise, RATE_HZ, WORLD_FRAME_S * 1000.0), np.float32)
    return Known(clip, _on_grid(f0_hz, at_s, clip))


def _on_grid(f0_hz: Track, at_s: Track, clip: Clip) -> Track:
    """The track at the beginning of our frames; -1 within 20 ms of an edge between voiced and unvoiced."""
    frames_s = oracle.at_s(clip)
    found = oracle.nearest(at_s, f0_hz, frames_s)
    for away_s in (-0.02, 0.02):
        other = oracle.nearest(at_s, f0_hz, frames_s + away_s)
        found = np.where((other > 0) != (found > 0), -1.0, found)
    return found


def _warped(spectra: Track, formants: float) -> Track:
    """What was at f stands at f × ``formants``."""
    if formants == 1.0:
        return spectra
    here = np.arange(spectra.shape[1]) / formants
    return np.ascontiguousarray([np.interp(here, np.arange(spectra.shape[1]), row) for row in spectra])


def _height(median_hz: float, formants: float = 1.0, widened: float = 1.0) -> Callable[[Parts, int], Known]:
    return lambda of, seed: to_median(of, median_hz, formants, widened)


KINDS: dict[str, Callable[[Parts, int], Known]] = {
    **{f"moved to {hz:g} Hz": _height(hz) for hz in (60.0, 80.0, 110.0, 150.0, 200.0, 260.0)},
    "moved to 330 Hz, formants × 1.1": _height(330.0, 1.1),
    "moved to 400 Hz, formants × 1.15": _height(400.0, 1.15),
    "moved to 500 Hz, formants × 1.2": _height(500.0, 1.2),
    "shout at 450 Hz, melody × 1.3": _height(450.0, 1.1, 1.3),
    "shout at 600 Hz, melody × 0.5": _height(600.0, 1.1, 0.5),
    "child, 280 Hz, formants × 1.25": _height(280.0, 1.25),
    "child, 400 Hz, formants × 1.35": _height(400.0, 1.35),
    "creaky, irregular, 70 Hz": lambda of, seed: creaky(of, 70.0, seed, paired=False),
    "creaky, pairs, 90 Hz": lambda of, seed: creaky(of, 90.0, seed, paired=True),
    "breathy, 190 Hz": lambda of, seed: breathy(of, 190.0),
    "breathy, 110 Hz": lambda of, seed: breathy(of, 110.0),
    "elderly, 120 Hz": lambda of, seed: elderly(of, 120.0, seed),
    "elderly, 220 Hz": lambda of, seed: elderly(of, 220.0, seed),
    "sung at 110 Hz": lambda of, seed: sung(of, 110.0),
    "sung at 220 Hz": lambda of, seed: sung(of, 220.0),
    "sung at 440 Hz": lambda of, seed: sung(of, 440.0),
    "laughter at 250 Hz": lambda of, seed: laughed(of, 250.0),
    "whispered": lambda of, seed: whispered(of),
}
