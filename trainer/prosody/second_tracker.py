"""A second pitch tracker by another principle: YIN (de Cheveigné & Kawahara, JASA 111:1917, 2002), by librosa.

It looks only where SwiftF0 has found a voice, so it needs no opinion of its own on what is voiced.
"""

import numpy as np
import numpy.typing as npt

from trainer.records import RATE_HZ, Clip
from trainer.voicing import HOP

LOWEST_HZ = 55.0
HIGHEST_HZ = 1000.0
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
        found[looked[inside]] = _yin(clip[starts[inside][:, None] + np.arange(_WINDOW)])
    return found


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
