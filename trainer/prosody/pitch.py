"""Pitch: median F0 of the voiced frames, and its span (10th to 90th percentile) in semitones.

Twelve semitones are an octave: st = 12 · log2(f / reference). SwiftF0 tells where the voice has a pitch and which; YIN
looks at the same frames by another principle, so that an octave error of the one does not pass for a change of the
voice.
"""

import numpy as np

from trainer.prosody.frames import Analysed
from trainer.voicing import HOP_S

SHORTEST_VOICED_S = 0.5
APART_ST = 2.0
APART_SHARE = 1 / 3


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

    The median of the differences; where more than a third of the frames differ by 2 st, the difference of the
    medians. (A few octave errors alone can move the median of a skewed voice by 2 st.)
    """
    both = seen.voiced & np.isfinite(seen.yin_hz)
    if 2 * np.count_nonzero(both) * HOP_S < SHORTEST_VOICED_S / 2:  # YIN looks at every second frame
        return None
    swift, yin = 12.0 * np.log2(seen.f0_hz[both]), 12.0 * np.log2(seen.yin_hz[both])
    if np.mean(np.abs(yin - swift) > APART_ST) > APART_SHARE:
        return float(np.median(yin) - np.median(swift))
    return float(np.median(yin - swift))


def voiced_s(seen: Analysed) -> float:
    """Time with a pitch, in seconds."""
    return float(np.count_nonzero(seen.voiced)) * HOP_S
