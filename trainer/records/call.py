"""A whole call: what it shows, and the report of it."""

from dataclasses import dataclass
from typing import Literal

from trainer.records.measures import Measures
from trainer.records.scenario import Difficulty
from trainer.records.turn import Line, Turn
from trainer.records.units import (
    Decibels,
    Fraction,
    HeightVerdict,
    Number,
    Outcome,
    Percent,
    Seconds,
    Semitones,
    State,
    TempoVerdict,
)


@dataclass(frozen=True)
class CallTempo:
    """Over the call: did they slow down?"""

    outcome: Outcome
    verdict: TempoVerdict
    against: str | None
    since_turn: int | None
    change_percent: Percent | None
    reason: str | None


@dataclass(frozen=True)
class CallPitch:
    """Over the call: did their pitch come down?"""

    outcome: Outcome
    verdict: HeightVerdict
    against: str | None
    since_turn: int | None
    change_st: Semitones | None
    reason: str | None


@dataclass(frozen=True)
class CallLevel:
    """Over the call: did their volume, or their effort, come down?"""

    outcome: Outcome
    verdict: HeightVerdict
    against: str | None
    since_turn: int | None
    change_db: Decibels | None
    reason: str | None


@dataclass(frozen=True)
class CallState:
    """A rule that is judged over the whole call, with the change that it rests on, and the turn if it is one."""

    state: State
    reason: str | None
    against: str | None = None
    quantity: str | None = None
    value: Number | None = None
    unit: str | None = None
    turn: int | None = None


@dataclass(frozen=True)
class CallWords:
    """A rule of the words over the whole call: kept or broken in which turns; missed, with the turn of its moment."""

    rule: str
    state: State
    turns: tuple[int, ...]


@dataclass(frozen=True)
class Trend:
    """The robust slope of one quantity over the call, a turn."""

    quantity: str
    per_turn: Number | None
    unit: str
    answers: int
    reason: str | None


@dataclass(frozen=True)
class Following:
    """Whether the answers went along with the customer's lines; shown, never scored.

    ``correlation`` of the changes from turn to turn; ``slope``: how far an answer moved for each step of the line's.
    """

    quantity: str
    state: Literal["followed", "did_not_follow", "not_measurable"]
    correlation: Fraction | None
    slope: Number | None
    turns: int
    reason: str | None
    against: str = "line"


@dataclass(frozen=True)
class Talk:
    """How the turns of a call were taken; shown, never scored. ``share`` is the trainee's of all speaking time.

    With a ``reason`` short overlaps are not counted, because they cannot be told.
    """

    share: Fraction | None
    median_latency_s: Seconds | None
    overlaps: int
    overlap_s: Seconds
    customer_overlaps: int
    back_channels: int
    silences: int
    dead_air_s: Seconds
    filled_pauses_per_100_words: Number | None
    reason: str | None


@dataclass(frozen=True)
class Call:
    """The verdict of a whole call, and what to try next time (at most three sentences)."""

    slowed_down: CallTempo
    lowered_pitch: CallPitch
    lowered_volume: CallLevel
    lowered_effort: CallLevel
    pace_then_lead: CallState
    keep_composure: CallState
    next_time: tuple[str, ...]
    trends: tuple[Trend, ...] = ()
    following: tuple[Following, ...] = ()
    words: tuple[CallWords, ...] = ()


@dataclass(frozen=True)
class Correction:
    """What a coach says of a rule of the words in a turn: that it was said, or was not; ``found``: the program's."""

    turn: int
    rule: str
    was: bool
    found: State | None
    note: str = ""


@dataclass(frozen=True)
class Report:
    """An attempt, whole, as `demo`, `rehearse` and `report` print it; the sentence of a note is "report.note_ID"."""

    attempt: str
    scenario: str
    folder: str
    guide: tuple[str, ...]
    trainee: str
    started_at: str
    baseline: Measures | None
    turns: tuple[Turn, ...]
    call: Call
    ended: str
    notes: tuple[str, ...] = ()
    closing: Line | None = None
    baseline_device: str = ""
    baseline_taken_at: str = ""
    talk: Talk | None = None
    output_latency_s: Seconds | None = None
    difficulty: Difficulty = "normal"
    corrections: tuple[Correction, ...] = ()
