"""How fit a recording is for measuring: signal-to-noise ratio, and signs of automatic gain control.

The noise is the energy of the frames in which Silero hears no speech, kept 0.1 s away from speech; a recording
without such frames is judged by its quietest twentieth, which can only overstate the noise.
"""

import numpy as np

from trainer.loudness import db
from trainer.prosody.frames import Analysed, Mask
from trainer.voicing import HOP_S

CLEANEST_DB = 80.0
"""No converter of a headset does better; digital silence would give any number."""
NOT_SPEECH = 0.15
GUARD_S = 0.1
LEAST_NOISE_S = 0.3


def snr_db(seen: Analysed) -> float | None:
    """Power of the speech over that of the noise, in dB; None without speech."""
    if not seen.speech.any():
        return None
    power = 10.0 ** (seen.energy_db / 10.0)
    quiet = _quiet(seen)
    if np.count_nonzero(quiet) * HOP_S >= LEAST_NOISE_S:
        noise = float(np.mean(power[quiet]))
    else:
        noise = float(np.percentile(power, 5))
    speech = float(np.mean(power[seen.speech]))
    return min(CLEANEST_DB, db(max(speech - noise, 1e-12)) - db(noise))


def _quiet(seen: Analysed) -> Mask:
    from scipy.ndimage import binary_dilation

    near = binary_dilation(seen.speech | (seen.probability > NOT_SPEECH), iterations=round(GUARD_S / HOP_S))
    return ~np.asarray(near, np.bool_)
