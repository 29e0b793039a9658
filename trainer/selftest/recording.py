"""The recording and the turns: noise at a known distance, a gain that rides, a second voice, the moment one begins."""

import numpy as np

from trainer import signals, voicing
from trainer.prosody import quality
from trainer.prosody.frames import Analysed
from trainer.records import RATE_HZ, Clip, Delivery
from trainer.selftest.spoken import ROOM_DBFS, Check, Found, Spoken, gained, recorded, seen_in, worst
from trainer.turns.hearing import BLOCK_S, Hearing
from trainer.turns.patience import Patience

SNR_DB = (15.0, 20.0, 30.0)
SECOND_VOICE_DB = (-12.0, -18.0, -24.0, -30.0)
RIDES_DB_PER_S = 8.0
LATE_S = 1.5


def noisy(spoken: Spoken) -> Found:
    """White noise at known distances under the speech."""
    found = {wanted_db: quality.snr_db(seen_in(spoken.in_noise(wanted_db))) for wanted_db in SNR_DB}
    yield "snr", worst((snr_db or 0.0) - wanted_db for wanted_db, snr_db in found.items())


def ridden(spoken: Spoken) -> Found:
    """A steady gain is to pass, one that rises in the pauses is not."""
    slow = spoken.with_pauses([0.8] * len(spoken.seen.pauses))
    steady = seen_in(slow)
    riding = seen_in(recorded(slow * riding_gain(steady, len(slow))))
    yield "gain_riding", quality.gain_riding(steady) + (not quality.gain_riding(riding))


def riding_gain(seen: Analysed, samples: int) -> Clip:
    """A gain that rises where nobody speaks, and falls at once where somebody does."""
    gain_db = np.zeros(len(seen.speech))
    for frame in range(1, len(gain_db)):
        gain_db[frame] = 0.0 if seen.speech[frame] else gain_db[frame - 1] + RIDES_DB_PER_S * voicing.HOP_S
    at = np.interp(np.arange(samples) / voicing.HOP, np.arange(len(gain_db)), gain_db)
    return np.asarray(10.0 ** (at / 20.0), np.float32)


def accompanied(spoken: Spoken) -> Found:
    """Speech alone is to pass; another voice that goes on behind it is to be heard in its pauses, loud or soft."""
    slow = spoken.with_pauses([2.0] * len(spoken.seen.pauses))
    yield "second_voice_alone", quality.second_voice(seen_in(slow))
    other = np.resize(np.roll(spoken.moved(Delivery(pitch_st=-6.0)), 2 * RATE_HZ), len(slow))
    heard = [quality.second_voice(seen_in(recorded(slow + gained(other, d)))) for d in SECOND_VOICE_DB]
    yield "second_voice_missed", heard.count(False)


def late(spoken: Spoken) -> Found:
    """When an answer begins that is heard block by block, as in a call."""
    hearing, block = Hearing(Patience()), round(BLOCK_S * RATE_HZ)
    call = signals.joined(signals.noise(LATE_S, ROOM_DBFS, 3), spoken.clip)
    for start in range(0, len(call) - block, block):
        hearing.feed(call[start : start + block])
    begins_s = hearing.stretches[0][0] if hearing.stretches else 0.0
    yield "latency", begins_s - LATE_S - spoken.seen.spans[0][0]


CHECKS: tuple[Check, ...] = (noisy, ridden, accompanied, late)
