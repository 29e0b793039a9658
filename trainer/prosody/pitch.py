"""Pitch: median F0 of the voiced frames, and its span (10th to 90th percentile) in semitones.

Twelve semitones are an octave: st = 12 · log2(f / reference).
"""

import numpy as np

from trainer.prosody.frames import Analysed
from trainer.voicing import HOP_S

SHORTEST_VOICED_S = 0.5


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


def voiced_s(seen: Analysed) -> float:
    """Time with a pitch, in seconds."""
    return float(np.count_nonzero(seen.voiced)) * HOP_S
