"""Tempo: speech stretched by known amounts, pauses of known length, vowels and swells of known number."""

import numpy as np

from trainer import signals, syllables
from trainer.prosody import fillers, nuclei, pitch, rate
from trainer.prosody.frames import Analysed
from trainer.records import RATE_HZ, Clip, Delivery, Transcript
from trainer.selftest.spoken import ROOM_DBFS, SPEECH_DBFS, TEXT, Check, Found, Spoken, put_in, recorded, seen_in, worst

TEMPOS = (0.8, 1.25)
SWELLS_PER_S = (4.0, 5.0, 6.0)
FILLER_S = 0.5


def stretched(spoken: Spoken) -> Found:
    """The same words, slowed and quickened by WORLD: once told, once recognised anew."""
    wanted = syllables.count(TEXT, "en")
    yield "syllables", 100.0 * (syllables.count(spoken.words.text, spoken.words.language) / wanted - 1.0)
    normal = _rate(spoken.seen, spoken.words)
    told, heard = [], []
    for tempo in TEMPOS:
        clip = spoken.moved(Delivery(tempo=tempo))
        seen = seen_in(clip)
        told.append(100.0 * (_rate(seen, spoken.words) / normal / tempo - 1.0))
        heard.append(100.0 * (_rate(seen, spoken.recogniser.recognise(clip)) / normal / tempo - 1.0))
    yield "rate_stretched", worst(told)
    yield "rate_recognised", worst(heard)


def _rate(seen: Analysed, words: Transcript) -> float:
    found = rate.tempo(seen, words)
    return found.articulation_syllables_per_s if found else 0.0


def paused(spoken: Spoken) -> Found:
    """A known stretch of room in the middle of each pause: nothing but the pauses may grow."""
    before = spoken.seen.pauses
    added_s = [0.4 + 0.3 * number for number in range(len(before))]
    seen = seen_in(spoken.with_pauses(added_s))
    old_s, new_s = np.diff(before).ravel(), np.diff(seen.pauses).ravel()
    yield "pause_lengths", worst(new_s - old_s - added_s) if len(new_s) == len(old_s) else sum(added_s)
    yield "rate_paused", 100.0 * (_rate(seen, spoken.words) / _rate(spoken.seen, spoken.words) - 1.0)
    found = rate.tempo(seen, spoken.words)
    whole_s = spoken.seen.spans[-1][1] - spoken.seen.spans[0][0] + sum(added_s)
    words_per_min = 60.0 * len(spoken.words.words) / whole_s
    yield "speech_rate", 100.0 * ((found.speech_words_per_min if found else 0.0) / words_per_min - 1.0)


def hesitant(spoken: Spoken) -> Found:
    """A long vowel before each of three stretches of speech."""
    vowel = uh(pitch.median_and_span(spoken.seen))
    begins = [(start - 0.05, vowel) for start, _ in spoken.seen.spans[1:4]]
    more = fillers.filled_pauses(seen_in(put_in(spoken.clip, begins)))
    yield "filled_pauses", len(begins) + len(fillers.filled_pauses(spoken.seen)) - len(more)


def uh(height: tuple[float, float] | None) -> Clip:
    """A vowel at the speaker's own height that swells and fades in 25 ms."""
    vowel = signals.vowel(height[0] if height else 150.0, FILLER_S, SPEECH_DBFS)
    to_an_end = 1.0 - np.abs(np.linspace(-1.0, 1.0, len(vowel), dtype=np.float32))
    return np.asarray(vowel * np.minimum(1.0, 10.0 * to_an_end), np.float32)


def swelling(_: Spoken) -> Found:
    """A vowel that swells and fades like syllables: each swell is one nucleus."""
    yield "nuclei", worst(100.0 * (_nuclei_of(per_s) / (10.0 * per_s) - 1.0) for per_s in SWELLS_PER_S)


def _nuclei_of(per_s: float) -> int:
    """How many nuclei are found in ten seconds, in a quiet room."""
    vowel = signals.vowel(130.0, 10.0)
    swell = 0.55 - 0.45 * np.cos(2.0 * np.pi * per_s * np.arange(len(vowel)) / RATE_HZ)
    clip = np.pad(vowel * swell.astype(np.float32), RATE_HZ // 2)
    return len(nuclei.times_s(seen_in(recorded(clip + signals.noise(len(clip) / RATE_HZ, ROOM_DBFS)))))


CHECKS: tuple[Check, ...] = (stretched, paused, hesitant, swelling)
