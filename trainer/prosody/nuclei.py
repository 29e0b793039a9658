"""Syllable nuclei: peaks of loudness that are voiced and stand out from the dips around them.

N. de Jong & T. Wempe, "Praat script to detect syllable nuclei and measure speech rate automatically" (Behav. Res.
Methods 41:385, 2009), with two changes: the loudness is that of 300-3300 Hz, where vowels stand out from fricatives
and hum, and a peak counts when the dip on *both* sides is at least 2 dB deep, so that the count is the same forwards
and backwards. The count is no syllable count, it is proportional to one for one speaker: a check on the recognised
words, and the only estimate of the tempo while somebody still speaks.
"""

import numpy as np
import numpy.typing as npt

from trainer.prosody.frames import STEP, Analysed
from trainer.records import RATE_HZ

DIP_DB = 2.0
REACH_DB = 25.0
"""A peak that lies more below the loud ones is no vowel."""
_SMOOTHED_S = 0.015
"""More would hide the dips of fast speech, less would show the single pulses of a deep voice."""


def times_s(seen: Analysed) -> list[float]:
    """When the nuclei are, in seconds of the clip, in their order."""
    if not (seen.voiced.any() and seen.speech.any()):
        return []
    loudness = _loudness_db(seen)
    spoken, voiced = np.repeat(seen.speech, 2), np.repeat(_widened(seen.voiced), 2)
    limit = float(np.percentile(loudness[spoken], 95)) - REACH_DB
    peaks = [at for at in _peaks(loudness) if loudness[at] > limit and spoken[at] and voiced[at]]
    return [(at + 0.5) * STEP / RATE_HZ for at in peaks]


def per_second(seen: Analysed) -> float | None:
    """Nuclei per second of speech: how fast somebody is speaking now, before any word is recognised."""
    return len(times_s(seen)) / seen.speech_s if seen.speech_s else None


def _loudness_db(seen: Analysed) -> npt.NDArray[np.float64]:
    """Smoothed power of the vowels' band in dB, once in 8 ms."""
    from scipy.ndimage import gaussian_filter1d

    smooth = gaussian_filter1d(seen.vowels, _SMOOTHED_S / 2 * RATE_HZ / STEP, mode="constant")
    return np.asarray(10.0 * np.log10(np.maximum(smooth, 1e-12)))


def _peaks(loudness: npt.NDArray[np.float64]) -> list[int]:
    """Peaks with a dip of DIP_DB on both sides before anything louder comes."""
    from scipy.signal import find_peaks

    return [int(at) for at in find_peaks(loudness, prominence=DIP_DB)[0]]


def _widened(voiced: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Voiced, or beside a voiced frame: a tracker is late at onsets."""
    out = voiced.copy()
    out[1:] |= voiced[:-1]
    out[:-1] |= voiced[1:]
    return out
