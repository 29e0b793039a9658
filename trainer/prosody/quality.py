"""How fit a recording is for measuring: signal-to-noise ratio, automatic gain control, a second voice.

The noise is what sounds 0.1 s and more away from the speech; a recording without such frames is judged by its
quietest twentieth, which can only overstate the noise.
"""

import numpy as np
import numpy.typing as npt

from trainer.loudness import db
from trainer.prosody import speech
from trainer.prosody.frames import Analysed
from trainer.voicing import HOP_S

Bands = npt.NDArray[np.float64]

CLEANEST_DB = 80.0
"""No converter of a headset does better; digital silence would give any number."""
GUARD_S = 0.1
LEAST_NOISE_S = 0.3
DIGITAL_SILENCE_DB = -80.0
"""Beside speech at -23 dBFS: what a codec leaves of silence, and no room."""

VOICE_GUARD_S = 0.15
LEAST_VOICE_S = 0.3
MOVES_ST = 0.7
SOFTER_DB = 13.0
"""Nobody drops so far for a whole stretch of words: from angry to calm is 10 dB (measured for this project)."""

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
    quiet = power[speech.away(seen.speech, GUARD_S)]
    if len(quiet) * HOP_S >= LEAST_NOISE_S:
        noise = float(np.mean(np.sort(quiet)[: max(1, round(0.9 * len(quiet)))]))  # without a breath or a click
    else:
        noise = float(np.percentile(power, 5))
    spoken = float(np.mean(power[seen.speech]))
    return min(CLEANEST_DB, db(max(spoken - noise, 1e-12)) - db(noise))


def second_voice(seen: Analysed) -> bool:
    """Whether somebody else is heard: where the trainee does not speak, or in stretches far softer than theirs.

    A pitch is heard there that moves; a hum stays.
    """
    elsewhere = speech.away(seen.speech, VOICE_GUARD_S) & (seen.energy_db > DIGITAL_SILENCE_DB)
    heard = seen.pitched & (elsewhere | _soft(seen))
    if not seen.speech.any() or float(np.count_nonzero(heard)) * HOP_S < LEAST_VOICE_S:
        return False
    return bool(np.std(12.0 * np.log2(seen.f0_hz[heard])) >= MOVES_ST)


def _soft(seen: Analysed) -> speech.Mask:
    """Frames of stretches whose power lies SOFTER_DB and more under that of all of the speech."""
    power = 10.0 ** (seen.energy_db / 10.0)
    limit = db(float(np.mean(power[seen.speech]))) - SOFTER_DB if seen.speech.any() else 0.0
    soft = [span for span in seen.spans if db(float(np.mean(power[speech.frames(span)]))) < limit]
    return speech.mask(tuple(soft), len(power))


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
    power = np.array([seen.band(low, high)[pause] for low, high in BANDS_HZ]).T
    return np.asarray(10.0 * np.log10(np.maximum(power, 1e-12)))


def _rise_db_per_s(pause: Bands) -> float:
    """How fast the floor rises from the first third of a pause to the last, in the band where it rises least."""
    third = len(pause) // 3
    rise = np.median(pause[-third:], axis=0) - np.median(pause[:third], axis=0)
    return float(np.min(rise)) / ((len(pause) - third) * HOP_S)


def _pauses(seen: Analysed) -> list[slice]:
    """Stretches away from speech that last, and in which a microphone was on."""
    quiet = speech.away(seen.speech, GUARD_S) & (seen.energy_db > DIGITAL_SILENCE_DB)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]]))).reshape(-1, 2)
    return [slice(start, end) for start, end in edges.tolist() if (end - start) * HOP_S >= PAUSE_S]
