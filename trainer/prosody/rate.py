"""Tempo: articulation rate in syllables per second of speaking time, speech rate in words per minute.

    articulation rate = syllables / speaking time without pauses of 0.25 s and more
    speech rate       = 60 · words / time from the first to the last speech, pauses included

The syllables come from the recognised words, the time from our own voice activity and never from the
recogniser's word times, which blur pauses.
"""

from dataclasses import dataclass

from trainer import coverage, syllables
from trainer.prosody.fillers import filled_pauses
from trainer.prosody.frames import Analysed
from trainer.prosody.speech import mask
from trainer.records import Transcript

LIKELY = 0.5


@dataclass(frozen=True)
class Tempo:
    """Both rates with what they were counted from."""

    articulation_syllables_per_s: float
    speech_words_per_min: float
    words: int
    syllables: int
    whole_s: float


def tempo(seen: Analysed, transcript: Transcript) -> Tempo | None:
    """The two rates of an answer; None without words or speech."""
    words = len(transcript.words) or len(transcript.text.split())
    count = syllables.count(transcript.text, transcript.language)
    if not words or not count or not seen.spans:
        return None
    whole_s = seen.spans[-1][1] - seen.spans[0][0]
    return Tempo(count / seen.speech_s, 60.0 * words / whole_s, words, count, whole_s)


def unsure_fraction(transcript: Transcript, sure: float) -> float:
    """Share of the words whose probability is under ``sure``."""
    if not transcript.words:
        return 0.0
    return sum(word.probability < sure for word in transcript.words) / len(transcript.words)


def overlooked_s(seen: Analysed, transcript: Transcript) -> float:
    """Seconds of speech that the recognised words leave out, "uh" and "um" aside, which no recogniser writes down.

    0 for a text without word times, which leaves out nothing.
    """
    if not transcript.words:
        return 0.0
    said = (seen.probability >= LIKELY) & ~mask(filled_pauses(seen), seen.probability.size)
    return coverage.overlooked_s(transcript.words, transcript.language, said)
