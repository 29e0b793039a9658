"""F0 between the steps of a tracker: the instantaneous frequency of its harmonics, around the tracker's own estimate.

SwiftF0 scores steps of 70 cents and interpolates between them, which leaves an error of up to 7 cents that depends on
where a pitch lies between two steps. The phase of a harmonic has no steps. With the window w and its derivative w′,
the spectra X and X′ of a frame at the frequency h·f give the harmonic's instantaneous frequency

    F(h) = h·f − Im(X′ / X) / 2π

(P. Flanagan & R. Golden, "Phase vocoder", Bell Syst. Tech. J. 45:1493, 1966; with the derivative of the window: F.
Auger & P. Flandrin, IEEE Trans. Signal Process. 43:1068, 1995). F0 is their mean, Σ√|X|·F / Σ√|X|·h: WORLD's StoneMask
weights by |X|, but a formant that moves turns the phase of the strongest harmonics most (on resynthesised speech the
root leaves 6.3 cents a frame in place of 8.1). It mends steps, no octave: what moves by more than half a step stays.
"""

import numpy as np
import numpy.typing as npt

from trainer.records import RATE_HZ, Clip
from trainer.voicing import HOP

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

WINDOW = 768
"""48 ms: three periods, which a Blackman window needs to part two harmonics, of 62 Hz."""
HARMONICS = 10
HIGHEST_HZ = 4000.0
ASIDE = 0.03
"""A harmonic that is found farther away than this share of itself is another sound."""
MOST_CENTS = 35.0
_AT_ONCE = 256

_T_S = (np.arange(WINDOW) - WINDOW // 2) / RATE_HZ
_TURN = 2.0 * np.pi * RATE_HZ / WINDOW
_SHAPE = 0.42 + 0.5 * np.cos(_TURN * _T_S) + 0.08 * np.cos(2.0 * _TURN * _T_S)
_SLOPE = -_TURN * (0.5 * np.sin(_TURN * _T_S) + 0.16 * np.sin(2.0 * _TURN * _T_S))


def refined(clip: Clip, f0_hz: Array, voiced: Mask) -> Array:
    """``f0_hz`` with its ``voiced`` frames refined, both of shape (frames,), in Hz.

    Each frame depends on the 48 ms around its beginning alone (there stands the middle of SwiftF0's own window), so
    that a stream gives what the whole clip gives; where the clip does not reach so far, the frame stays as it was.
    """
    out = f0_hz.copy()
    frames = np.flatnonzero(voiced & (f0_hz > 0))
    starts = frames * HOP - WINDOW // 2
    inside = (starts >= 0) & (starts + WINDOW <= len(clip))
    frames, starts = frames[inside], starts[inside]
    for first in range(0, len(frames), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        windows = clip[starts[some, None] + np.arange(WINDOW)].astype(np.float64)
        out[frames[some]] = _of_windows(windows, f0_hz[frames[some]])
    return out


def _of_windows(windows: Array, f0_hz: Array) -> Array:
    """F0 of each window, shape (frames,), from windows of shape (frames, WINDOW)."""
    shaped, sloped = windows * _SHAPE, windows * _SLOPE
    step = np.exp(-2j * np.pi * f0_hz[:, None] * _T_S)
    turned = np.ones_like(step)
    found, weight = np.zeros(len(f0_hz)), np.zeros(len(f0_hz))
    for harmonic in range(1, HARMONICS + 1):
        turned *= step
        spectrum = np.einsum("fn,fn->f", shaped, turned)
        change = np.einsum("fn,fn->f", sloped, turned)
        size = np.maximum(np.abs(spectrum), 1e-10)
        hz = harmonic * f0_hz - np.imag(change * np.conj(spectrum)) / size**2 / (2.0 * np.pi)
        own = (np.abs(hz / (harmonic * f0_hz) - 1.0) < ASIDE) & (harmonic * f0_hz < HIGHEST_HZ)
        found += np.sqrt(size) * own * hz
        weight += np.sqrt(size) * own * harmonic
    between = np.where(weight > 0, found / np.maximum(weight, 1e-20), f0_hz)
    return np.where(np.abs(1200.0 * np.log2(between / f0_hz)) <= MOST_CENTS, between, f0_hz)
