"""How fit a recording is for measuring: signal-to-noise ratio, automatic gain control, a second voice.

The noise is what sounds 0.1 s and more away from the speech; a recording without such frames is judged by its
quietest twentieth, which can only overstate the noise.
"""

import numpy as np
import numpy.typing as npt

from trainer.loudness import db
from trainer.prosody.frames import Analysed, Mask
from trainer.records import RATE_HZ
from trainer.voicing import HOP, HOP_S

Bands = npt.NDArray[np.float64]

CLEANEST_DB = 80.0
"""No converter of a headset does better; digital silence would give any number."""
GUARD_S = 0.1
LEAST_NOISE_S = 0.3
DIGITAL_SILENCE_DB = -95.0

VOICE = 0.5
VOICE_GUARD_S = 0.3
LEAST_VOICE_S = 0.5

PAUSE_S = 0.3
FEWEST_PAUSES = 3
RISE_DB_PER_S = 1.5
STEADILY = 0.75
STEP_DB = 6.0
BANDS_HZ = ((80.0, 400.0), (400.0, 1500.0), (1500.0, 4000.0))


def snr_db(seen: Analysed) -> float | None:
    """Power of the speech over that of the noise, in dB; None without speech."""
    if not seen.speech.any():
        return None
    power = 10.0 ** (seen.energy_db / 10.0)
    quiet = power[_away(seen, GUARD_S)]
    if len(quiet) * HOP_S >= LEAST_NOISE_S:
        noise = float(np.mean(np.sort(quiet)[: max(1, round(0.9 * len(quiet)))]))  # without a breath or a click
    else:
        noise = float(np.percentile(power, 5))
    speech = float(np.mean(power[seen.speech]))
    return min(CLEANEST_DB, db(max(speech - noise, 1e-12)) - db(noise))


def second_voice(seen: Analysed) -> bool:
    """Whether somebody is heard to speak, softly, where the trainee does not."""
    if not seen.speech.any():
        return False
    heard = _away(seen, VOICE_GUARD_S) & (seen.probability >= VOICE)
    return float(np.count_nonzero(heard)) * HOP_S >= LEAST_VOICE_S


def gain_riding(seen: Analysed) -> bool:
    """Whether the gain is heard to move: the noise of the room rises in the pauses, or differs from one to the next.

    A microphone at one setting has one noise floor. Automatic gain control lowers it after loud speech and raises it
    in the quiet, in all bands alike, which a breath, a voice or a hum that begins does not.
    """
    pauses = [_bands_db(seen, pause) for pause in _pauses(seen)]
    if len(pauses) < FEWEST_PAUSES:
        return False
    rises = np.array([_rise_db_per_s(pause) for pause in pauses])
    low, high = np.percentile([np.median(pause, axis=0) for pause in pauses], [15, 85], axis=0)
    rising = np.median(rises) >= RISE_DB_PER_S and np.mean(rises >= RISE_DB_PER_S / 2) >= STEADILY
    return bool(rising or np.min(high - low) >= STEP_DB)


def _bands_db(seen: Analysed, pause: slice) -> Bands:
    """Power of each frame of a pause in each band, in dB, shape (frames, bands)."""
    frames = seen.clip[pause.start * HOP : pause.stop * HOP].reshape(-1, HOP) * np.hanning(HOP)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    hz = np.fft.rfftfreq(HOP, 1 / RATE_HZ)
    bands = [power[:, (hz >= low) & (hz < high)].sum(axis=1) for low, high in BANDS_HZ]
    return np.asarray(10.0 * np.log10(np.maximum(np.array(bands).T, 1e-12)))


def _rise_db_per_s(pause: Bands) -> float:
    """How fast the floor rises from the first third of a pause to the last, in the band where it rises least."""
    third = len(pause) // 3
    rise = np.median(pause[-third:], axis=0) - np.median(pause[:third], axis=0)
    return float(np.min(rise)) / ((len(pause) - third) * HOP_S)


def _pauses(seen: Analysed) -> list[slice]:
    """Stretches away from speech that last, and in which a microphone was on."""
    quiet = _away(seen, GUARD_S) & (seen.energy_db > DIGITAL_SILENCE_DB)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]]))).reshape(-1, 2)
    return [slice(start, end) for start, end in edges.tolist() if (end - start) * HOP_S >= PAUSE_S]


def _away(seen: Analysed, seconds: float) -> Mask:
    """Frames that are so far away from all speech."""
    from scipy.ndimage import binary_dilation

    return ~np.asarray(binary_dilation(seen.speech, iterations=round(seconds / HOP_S)), np.bool_)
