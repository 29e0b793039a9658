"""The words of an answer, part by part, as it is spoken: what stands before a pause is not recognised again after it.

Recognising costs about as much as it has words. An answer of 13 s that is recognised as a whole when it is over keeps
the customer waiting for its first words; recognised in parts, only the last few seconds are left then. Where it is
cut depends on the pauses alone, so the same samples give the same words however fast the machine is.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from trainer.asr import Recogniser
from trainer.records import Clip, Span, Transcript, Word

PART_S = 3.0
"""A part ends at the first pause after so much of it. At 2 s, and at 3 s, 16 answers of our stand-in by four voices had
0.8 words in 100 more wrong than as a whole, most of them names; what was left to recognise at the end took a third."""
SHORT_S = 1.2
"""A last stretch of less ("okay?") is recognised together with the part before it: alone it says little."""
BEFORE_S = 0.5
"""So much is heard before the answer, and so much of a pause before a part of it."""
LEAD_S = 0.2
TAIL_S = 0.2
"""So much is recognised after a part. 0.5 s gave no other word in 17 of 18 answers of our stand-in, and in one of them
a word twice; only commas came and went."""


def starts_s(answer: Span) -> float:
    """Where the clip of an answer begins, in seconds of the call."""
    return max(answer[0] - BEFORE_S, 0.0)


def within(stretches: Sequence[Span], answer: Span) -> tuple[Span, ...]:
    """The stretches of speech that an answer consists of."""
    inside = [span for span in stretches if span[1] > answer[0] and span[0] < answer[1]]
    return tuple((max(start, answer[0]), min(end, answer[1])) for start, end in inside)


def parts(stretches: Sequence[Span]) -> list[Span]:
    """From where to where an answer of these stretches of speech is recognised at once, in seconds of the call."""
    if not stretches:
        return []
    found: list[Span] = []
    start_s = starts_s(stretches[0])
    for here, after in pairwise(stretches):
        if here[1] - start_s >= PART_S:
            found.append((start_s, here[1]))
            start_s = max(here[1], after[0] - LEAD_S)
    end_s = stretches[-1][1]
    if found and end_s - start_s < SHORT_S:
        start_s = found.pop()[0]
    return [*found, (start_s, end_s)]


class Recorded(Protocol):
    """What was captured of a call so far."""

    def clip(self, start_s: float, end_s: float) -> Clip:
        """What was captured between two times of the call."""


class Dictation:
    """What has been recognised of the answer that is being given; for one thread at a time."""

    def __init__(self, tape: Recorded, recogniser: Recogniser) -> None:
        self._tape = tape
        self._recogniser = recogniser
        self._known: dict[Span, Transcript] = {}

    def lacks(self, stretches: Sequence[Span]) -> tuple[Span, ...]:
        """The parts that are over, since the answer goes on after them, and have not been recognised yet."""
        return tuple(part for part in parts(stretches)[:-1] if part not in self._known)

    def take_in(self, over: Sequence[Span]) -> None:
        """Recognise parts that are over."""
        for part in over:
            self._recognise(part)

    def words(self, stretches: Sequence[Span]) -> Transcript:
        """The words of an answer that consists of ``stretches``, with times from ``starts_s`` of it on.

        Raises what the recogniser raises.
        """
        wanted = parts(stretches)
        found = [self._recognise(part) for part in wanted]
        self._known = {part: heard for part, heard in self._known.items() if part[0] >= starts_s(stretches[0])}
        words: list[Word] = []
        for part, heard in zip(wanted, found, strict=True):
            later_s = part[0] - wanted[0][0]
            said = [replace(one, start_s=one.start_s + later_s, end_s=one.end_s + later_s) for one in heard.words]
            words = [*joined(words, said), *said]
        language = found[0].language if found else ""
        return Transcript(language, " ".join(word.text for word in words), tuple(words))

    def _recognise(self, part: Span) -> Transcript:
        if part not in self._known:
            self._known[part] = self._recogniser.recognise(self._tape.clip(part[0], part[1] + TAIL_S))
        return self._known[part]


def joined(before: Sequence[Word], after: Sequence[Word]) -> Sequence[Word]:
    """``before`` without the full stop that the recogniser set at a pause, where the sentence goes on after it."""
    goes_on = bool(before and after) and after[0].text[:1].islower() and before[-1].text.endswith(".")
    if not goes_on or before[-1].text.endswith(".."):
        return before
    return [*before[:-1], replace(before[-1], text=before[-1].text[:-1] + ",")]
