"""A second pitch tracker by another principle: YIN (de Cheveigné & Kawahara, JASA 111:1917, 2002), by librosa.

It looks only where SwiftF0 has found a voice, so it needs no opinion of its own on what is voiced. It hears the sound
half-wave rectified, as the nerve of the ear does (R. Meddis & L. O'Mard, JASA 102:1811, 1997): so the fundamental that
a telephone takes away is there again.
"""

import numpy as np
import numpy.typing as npt

from trainer.records import RATE_HZ, Clip
from trainer.voicing import HOP

LOWEST_HZ = 55.0
HIGHEST_HZ = 1000.0
RECTIFIED_BELOW_HZ = 1200.0
_WINDOW = 1024
_EVERY = 2
"""It looks at every second frame: enough for a median, at half the cost."""


def track(clip: Clip, frames: npt.NDArray[np.intp], count: int) -> npt.NDArray[np.float64]:
    """F0 in Hz around the beginnings of ``frames``, NaN in all others of ``count``."""
    found = np.full(count, np.nan)
    looked = frames[frames % _EVERY == 0]
    starts = looked * HOP - _WINDOW // 2
    inside = (starts >= 0) & (starts + _WINDOW <= len(clip))
    if inside.any():
        found[looked[inside]] = _yin(_rectified(clip)[starts[inside][:, None] + np.arange(_WINDOW)])
    return found


def _rectified(clip: Clip) -> Clip:
    from scipy.signal import butter, sosfilt

    low_pass = butter(2, RECTIFIED_BELOW_HZ, fs=RATE_HZ, output="sos")
    return np.asarray(sosfilt(low_pass, np.maximum(clip, 0.0)), np.float32)


def _yin(windows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """F0 of each window in Hz: they are laid end to end, and YIN steps from one to the next."""
    import librosa

    found = librosa.yin(
        windows.ravel(),
        fmin=LOWEST_HZ,
        fmax=HIGHEST_HZ,
        sr=RATE_HZ,
        frame_length=_WINDOW,
        hop_length=_WINDOW,
        center=False,
    )
    return np.asarray(found)
