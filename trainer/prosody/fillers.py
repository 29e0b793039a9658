"""Filled pauses ("uh", "um", "yyy"), found in the sound: recognisers leave them out.

A filled pause is one long vowel: voiced throughout, level pitch, one colour (N. de Jong, J. Pacilly & W. Heeren,
"PRAAT scripts to measure speed fluency and breakdown fluency in speech automatically", Assessment in Education
28:456, 2021, use pitch, loudness and the stability of the formants likewise). They are counted for oneself only, never
between people: a long vowel inside a word, dwelt on, counts too.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from trainer.prosody.frames import Analysed
from trainer.records import Span
from trainer.voicing import HOP_S

SHORTEST_S = 0.2
"""Of the steady middle: a filled pause lasts a third of a second (H. Clark & J. Fox Tree, Cognition 84:73, 2002)."""
LEVEL_ST = 1.0
STEADY_DB = 4.0
"""Mean change of a band from one frame to the next but one: those two have no sample in common."""
COLOUR_HZ = (200.0, 400.0, 600.0, 850.0, 1150.0, 1500.0, 1950.0, 2500.0, 3300.0)


def filled_pauses(seen: Analysed) -> tuple[Span, ...]:
    """The filled pauses in seconds of the clip, in their order."""
    pitch_st = 12.0 * np.log2(np.maximum(seen.f0_hz, 1.0))
    steady = seen.voiced.copy()
    steady[1:] &= np.abs(np.diff(pitch_st)) < LEVEL_ST / 2
    colour = _colour_db(seen)
    steady[1:-1] &= np.mean(np.abs(colour[2:] - colour[:-2]), axis=1) < STEADY_DB
    edges = np.flatnonzero(np.diff(np.concatenate([[0], steady.astype(np.int8), [0]]))).reshape(-1, 2)
    long = [(start, end) for start, end in edges.tolist() if (end - start) * HOP_S >= SHORTEST_S]
    return tuple((start * HOP_S, end * HOP_S) for start, end in long if np.ptp(pitch_st[start:end]) <= 2 * LEVEL_ST)


def _colour_db(seen: Analysed) -> npt.NDArray[np.float32]:
    """Each frame's spectrum in eight bands, in dB of its own mean, shape (frames, bands)."""
    power = np.array([seen.band(low, high) for low, high in pairwise(COLOUR_HZ)], np.float32).T
    bands_db = 10.0 * np.log10(np.maximum(power, 1e-9))
    return np.asarray(bands_db - bands_db.mean(axis=1, keepdims=True))
