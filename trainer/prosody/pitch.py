"""Pitch: median F0 of the voiced frames, and its span (10th to 90th percentile) in semitones.

Twelve semitones are an octave: st = 12 · log2(f / reference). SwiftF0 tells where the voice has a pitch and which; YIN
(de Cheveigné & Kawahara, JASA 111:1917, 2002) looks at the same frames by another principle, so that an octave error
of the one does not pass for a change of the voice.
"""

import numpy as np
import numpy.typing as npt

from trainer.prosody.frames import Analysed
from trainer.records import RATE_HZ
from trainer.voicing import HOP, HOP_S

SHORTEST_VOICED_S = 0.5
LOWEST_HZ = 55.0
HIGHEST_HZ = 750.0
APART_ST = 2.0
APART_SHARE = 0.2
_WINDOW = 1024
_EVERY = 2
"""YIN looks at every second frame: enough for a median, at half the cost."""


def semitones(f_hz: float, reference_hz: float) -> float:
    """How far ``f_hz`` lies above ``reference_hz``, in semitones."""
    return 12.0 * float(np.log2(f_hz / reference_hz))


def median_and_span(seen: Analysed) -> tuple[float, float] | None:
    """Median F0 in Hz and span in semitones; None where under half a second is voiced."""
    f0 = seen.f0_hz[seen.voiced]
    if len(f0) * HOP_S < SHORTEST_VOICED_S:
        return None
    low, middle, high = np.percentile(f0, [10, 50, 90])
    return float(middle), semitones(float(high), float(low))


def disagreement_st(seen: Analysed) -> float | None:
    """How far YIN's pitch lies above SwiftF0's on the same frames, in semitones; None without enough of them.

    The median of the differences; where more than a fifth of the frames differ by 2 st, the difference of the
    medians. (A few octave errors alone can move the median of a skewed voice by 2 st.)
    """
    middles = np.flatnonzero(seen.voiced)[::_EVERY]
    starts = middles * HOP + HOP // 2 - _WINDOW // 2
    inside = (starts >= 0) & (starts + _WINDOW <= len(seen.clip))
    if np.count_nonzero(inside) * _EVERY * HOP_S < SHORTEST_VOICED_S / 2:
        return None
    swift = 12.0 * np.log2(seen.f0_hz[middles[inside]])
    yin = 12.0 * np.log2(_yin(seen.clip[starts[inside][:, None] + np.arange(_WINDOW)]))
    if np.mean(np.abs(yin - swift) > APART_ST) > APART_SHARE:
        return float(np.median(yin) - np.median(swift))
    return float(np.median(yin - swift))


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


def voiced_s(seen: Analysed) -> float:
    """Time with a pitch, in seconds."""
    return float(np.count_nonzero(seen.voiced)) * HOP_S
