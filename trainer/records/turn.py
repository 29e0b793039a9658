"""A turn of a call: the customer's line, the trainee's answer, the findings about it and what they did."""

from dataclasses import dataclass
from typing import Literal

from trainer.records.measures import Effort, Level, Pitch, Quality, Rate, Word
from trainer.records.units import Anger, Decibels, Hertz, Number, Seconds, Span, State, SyllablesPerSecond

MarkKind = Literal["lull", "question"]


@dataclass(frozen=True)
class Mark:
    """A pause that the scenario asks for inside a line, in seconds from the start of the line's clip."""

    kind: MarkKind
    start_s: Seconds
    end_s: Seconds


@dataclass(frozen=True)
class AtMark:
    """What the trainee did at a mark and before it.

    ``silence_s``: from the mark's beginning to the first word in it, at most the whole mark. ``began_after_s`` is None
    where nobody began to speak in the mark; ``before_s`` is how long was spoken in the line before the mark,
    back-channels left out. ``reached``: whether the line came so far.
    """

    kind: MarkKind
    reached: bool
    silence_s: Seconds
    began_after_s: Seconds | None
    before_s: Seconds


@dataclass(frozen=True)
class Line:
    """What the customer said and when, on the clock of capture samples; ``speech_s`` is without its pauses.

    The ``marks`` are on the clock of the call, also those that an interruption did not let it reach.
    """

    text: str
    anger: Anger
    start_s: Seconds
    end_s: Seconds
    voice: str
    beat: str
    articulation_syllables_per_s: SyllablesPerSecond | None = None
    pitch_hz: Hertz | None = None
    level_dbfs: Decibels | None = None
    speech_s: Seconds | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the trainee said; every time in it, also of words and pauses, is on the clock of the call.

    ``latency_s`` is negative when they began before the line had ended, and None when they said nothing.
    ``overlaps`` are the trainee's own, ``customer_overlaps`` those that the customer began; ``back_channels`` ("mm-hm")
    are neither. ``silences`` are dead air, ``dead_air_s`` in all: before the answer, inside it, or in its place.
    """

    start_s: Seconds
    end_s: Seconds
    text: str
    latency_s: Seconds | None
    overlap_s: Seconds
    speech_s: Seconds
    words: tuple[Word, ...]
    rate: Rate
    pitch: Pitch
    level: Level
    effort: Effort
    quality: Quality
    overlaps: tuple[Span, ...] = ()
    customer_overlaps: tuple[Span, ...] = ()
    back_channels: tuple[Span, ...] = ()
    silences: tuple[Span, ...] = ()
    dead_air_s: Seconds = 0.0


@dataclass(frozen=True)
class Finding:
    """A rule that was kept or broken, with its evidence on the call's clock and its advice.

    One that is kept and has a ``reason`` went beyond the aim ("too_slow"): it earns no more. ``answers`` is how many
    answers it rests on, the last of them that of its turn.
    """

    rule: str
    guide: tuple[str, ...]
    state: State
    against: str | None
    reason: str | None
    unsure: bool
    value: Number | None
    unit: str | None
    spans: tuple[Span, ...]
    advice: str
    quantity: str | None = None
    answers: int = 1


@dataclass(frozen=True)
class Noticed:
    """What the trainee asked for, or offered: the id of a fact or of an offer in the scenario, and when it was said."""

    kind: Literal["asked", "offered"]
    id: str
    span: Span


@dataclass(frozen=True)
class Because:
    """One reason why the customer's anger moved: a rule, or what became of an offer, a promise or a question."""

    rule: str
    change: Number


@dataclass(frozen=True)
class Turn:
    """A customer line, the trainee's answer, the findings about it and what they did to the customer.

    ``reactions``: what the customer said in the middle of things; the ``beat`` of such a line is "interrupted",
    "silence" or "monologue".
    """

    number: int
    line: Line
    answer: Answer
    findings: tuple[Finding, ...]
    anger_before: Anger
    anger_after: Anger
    because: tuple[Because, ...]
    noticed: tuple[Noticed, ...] = ()
    reactions: tuple[Line, ...] = ()
