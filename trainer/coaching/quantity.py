"""The four quantities that are judged, each on the scale on which a change is a difference.

rate: natural logarithm of syllables per second · pitch: semitones · level: dB · effort: dB. Answers are pooled by
their seconds of speech.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from trainer.coaching.thresholds import Quantity
from trainer.records import Effort, Level, Pitch, Quality, Rate


class Heard(Protocol):
    """Anything with measures: an answer of a call, or a whole recording."""

    @property
    def speech_s(self) -> float:
        """Speaking time without pauses, in seconds."""

    @property
    def rate(self) -> Rate:
        """Tempo."""

    @property
    def pitch(self) -> Pitch:
        """Pitch."""

    @property
    def level(self) -> Level:
        """Volume."""

    @property
    def effort(self) -> Effort:
        """Vocal effort."""

    @property
    def quality(self) -> Quality:
        """How fit the recording is."""


@dataclass(frozen=True)
class Pooled:
    """One or more answers taken together: their value on the scale of the quantity, and how much speech it is."""

    value: float
    speech_s: float


def value(heard: Heard, quantity: Quantity) -> float | None:
    """The measured value on the scale of differences; None where it was not measurable."""
    if quantity == "rate":
        rate = heard.rate.articulation_syllables_per_s
        return math.log(rate) if rate else None
    if quantity == "pitch":
        return 12.0 * math.log2(heard.pitch.median_hz) if heard.pitch.median_hz else None
    return heard.level.active_dbfs if quantity == "level" else heard.effort.alpha_ratio_db


def why_not(heard: Heard, quantity: Quantity) -> str:
    """The reason why ``quantity`` could not be measured."""
    measure: Rate | Pitch | Level | Effort = getattr(heard, quantity)
    return measure.reason or "not_measured"


def pool(answers: Iterable[Heard], quantity: Quantity) -> Pooled | None:
    """The speech-weighted mean of those answers in which the quantity was measurable; None without any."""
    known = [(found, heard.speech_s) for heard in answers if (found := value(heard, quantity)) is not None]
    speech_s = sum(weight for _, weight in known)
    if not speech_s:
        return None
    return Pooled(sum(found * weight for found, weight in known) / speech_s, speech_s)


def middle(answers: Iterable[Heard], quantity: Quantity) -> Pooled:
    """The median of answers in which the quantity was measurable, with the speech of all of them."""
    known = [(found, heard.speech_s) for heard in answers if (found := value(heard, quantity)) is not None]
    return Pooled(median(found for found, _ in known), sum(speech_s for _, speech_s in known))
