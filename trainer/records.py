"""The records that travel through the house: frozen, every field with its unit.

Units are types (``Seconds``, ``Hertz`` …); each knows the step to which it is printed, so that a document has
the same bytes wherever it is written. Nothing here computes; ``documents.py`` turns records into JSON and back.
A measure that cannot be trusted has ``status`` "not_measurable", a ``reason`` (an id in the catalogue of
``words.py``) and no numbers.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from pydantic import Field, PlainSerializer

RATE_HZ = 16_000
"""Sampling rate of every clip, block and clock in the program."""

Clip: TypeAlias = npt.NDArray[np.float32]
"""Mono sound at 16 kHz, full scale ±1, shape (samples,)."""


def _printed(decimals: int) -> PlainSerializer:
    return PlainSerializer(lambda number: round(float(number), decimals) + 0.0, return_type=float)


_Finite = Field(allow_inf_nan=False)
Seconds = Annotated[float, _Finite, _printed(3)]
Hertz = Annotated[float, _Finite, _printed(1)]
Semitones = Annotated[float, _Finite, _printed(2)]
Decibels = Annotated[float, _Finite, _printed(1)]
Percent = Annotated[float, _Finite, _printed(1)]
Fraction = Annotated[float, _Finite, _printed(4)]
SyllablesPerSecond = Annotated[float, _Finite, _printed(2)]
WordsPerMinute = Annotated[float, _Finite, _printed(1)]
Anger = Annotated[float, Field(ge=0.0, le=1.0), _printed(2)]
Number = Annotated[float, _Finite, _printed(2)]
Span: TypeAlias = tuple[Seconds, Seconds]

Status = Literal["ok", "warn", "not_measurable"]
TempoVerdict = Literal["clearly_slower", "slower", "no_clear_change", "faster", "clearly_faster", "not_measurable"]
HeightVerdict = Literal["clearly_lower", "lower", "no_clear_change", "higher", "clearly_higher", "not_measurable"]
Outcome = Literal["came_down", "stayed_calm", "did_not", "went_up", "not_measurable"]
State = Literal["kept", "broken", "missed", "not_called_for", "not_measurable"]


# -- what was said and how it sounded -------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """One recognised word; times count from the start of the clip."""

    text: str
    start_s: Seconds
    end_s: Seconds
    probability: Fraction


@dataclass(frozen=True)
class Transcript:
    """What was recognised. ``language`` is an ISO 639-1 code."""

    language: str
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Rate:
    """Tempo: syllables over speaking time without pauses (``speech_s``), and words over ``whole_s``, pauses included.

    ``nuclei`` are the syllables that stand out in the sound, by which the words are checked; ``filled_pauses`` are
    found in the sound, since recognisers leave them out.
    """

    status: Status
    reason: str | None
    articulation_syllables_per_s: SyllablesPerSecond | None
    speech_words_per_min: WordsPerMinute | None
    words: int | None
    syllables: int | None
    pauses: tuple[Span, ...]
    nuclei: int | None = None
    filled_pauses: tuple[Span, ...] = ()
    whole_s: Seconds | None = None


@dataclass(frozen=True)
class Pitch:
    """Fundamental frequency of the voiced frames: median, and 10th to 90th percentile in semitones."""

    status: Status
    reason: str | None
    median_hz: Hertz | None
    span_st: Semitones | None
    voiced_s: Seconds | None


@dataclass(frozen=True)
class Level:
    """Active speech level (ITU-T P.56), peak, the share of clipped samples, and loudness of the whole (BS.1770)."""

    status: Status
    reason: str | None
    active_dbfs: Decibels | None
    peak_dbfs: Decibels | None
    clipped_fraction: Fraction | None
    loudness_lufs: Decibels | None = None


@dataclass(frozen=True)
class Effort:
    """Vocal effort: alpha ratio, level of 1–5 kHz over 50–1000 Hz in voiced frames."""

    status: Status
    reason: str | None
    alpha_ratio_db: Decibels | None


@dataclass(frozen=True)
class Quality:
    """How fit the recording is for measuring; ``warnings`` are ids in the catalogue."""

    snr_db: Decibels | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class RateChange:
    """AFTER relative to BEFORE: negative is slower."""

    verdict: TempoVerdict
    change_percent: Percent | None
    threshold_percent: Percent | None
    reason: str | None


@dataclass(frozen=True)
class PitchChange:
    """AFTER relative to BEFORE: negative is lower."""

    verdict: HeightVerdict
    change_st: Semitones | None
    threshold_st: Semitones | None
    reason: str | None


@dataclass(frozen=True)
class LevelChange:
    """AFTER relative to BEFORE, of level or of effort: negative is softer."""

    verdict: HeightVerdict
    change_db: Decibels | None
    threshold_db: Decibels | None
    reason: str | None


@dataclass(frozen=True)
class Comparison:
    """The answer to "did they slow down and lower their voice", between two recordings of one speaker."""

    assumes: str
    rate: RateChange
    pitch: PitchChange
    volume: LevelChange
    effort: LevelChange


@dataclass(frozen=True)
class Measures:
    """Everything measured in one clip."""

    file: str
    duration_s: Seconds
    speech_s: Seconds
    transcript: Transcript
    rate: Rate
    pitch: Pitch
    level: Level
    effort: Effort
    quality: Quality
    against_baseline: Comparison | None = None


@dataclass(frozen=True)
class Unreadable:
    """A file of ``trainer analyse`` that could not be measured."""

    file: str
    error: str


@dataclass(frozen=True)
class Baseline:
    """A person's own normal voice on one device: ``reading`` for level and noise, ``spontaneous`` for the rest."""

    person: str
    device: str
    taken_at: str
    reading: Measures
    spontaneous: Measures
    gain_control: bool
    fit_for_volume: bool
    warnings: tuple[str, ...]


# -- a call ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """What the customer said and when, on the clock of capture samples; ``speech_s`` is without its pauses."""

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
class Because:
    """One reason why the customer's anger moved."""

    rule: str
    change: Number


@dataclass(frozen=True)
class Turn:
    """A customer line, the trainee's answer, the findings about it and what they did to the customer."""

    number: int
    line: Line
    answer: Answer
    findings: tuple[Finding, ...]
    anger_before: Anger
    anger_after: Anger
    because: tuple[Because, ...]


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


# -- content ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Voice:
    """Who speaks: an engine and how far its speaker is moved. Measured at anger 0 by the program itself."""

    id: str
    engine: str
    speaker: str
    language: str
    licence: str
    about: str
    sha256: dict[str, str]
    measured_pitch_hz: Hertz
    measured_syllables_per_s: SyllablesPerSecond
    shift_st: Semitones = 0.0
    formants: Fraction = 1.0
    seed: int = 0


@dataclass(frozen=True)
class Delivery:
    """How a line is to sound, relative to the voice's neutral rendering; the customer's is made from anger."""

    tempo: Fraction = 1.0
    pauses: Fraction = 1.0
    pitch_st: Semitones = 0.0
    range: Fraction = 1.0
    level_dbfs: Decibels = -26.0
    shelf_db: Decibels = 0.0


@dataclass(frozen=True)
class Rule:
    """One piece of advice. ``bands`` and ``phrases`` carry what a judgement needs; none of it is in code.

    ``breaks``: saying one of the phrases breaks the rule, where otherwise it keeps it. ``over_call``: judged over
    the whole call. {name} in the advice and in the phrases is how the customer is addressed.
    ``advice_sooner``: to those who came down late, from {turn} on. ``advice_beyond``: what to say, by reason, to one
    who kept the rule and went too far.
    """

    id: str
    guides: tuple[str, ...]
    kind: Literal["heard", "timed", "said", "staged", "coached"]
    says: str
    advice_kept: str
    advice_broken: str
    bands: dict[str, float] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    breaks: bool = False
    over_call: bool = False
    advice_beyond: dict[str, str] = field(default_factory=dict)
    advice_sooner: str = ""


@dataclass(frozen=True)
class Guide:
    """A set of rules with its source."""

    id: str
    title: str
    language: str
    about: str


@dataclass(frozen=True)
class Guidance:
    """The file of the guides: which there are, and their rules."""

    guides: tuple[Guide, ...]
    rules: tuple[Rule, ...]


Band = Literal["low", "middle", "high"]


@dataclass(frozen=True)
class Way:
    """To which beat the customer moves on: the first way whose rules were kept and whose anger limits hold."""

    to: str
    kept: tuple[str, ...] = ()
    below: Anger | None = None
    above: Anger | None = None


@dataclass(frozen=True)
class Beat:
    """A station of a scenario: what the customer says, by band of anger, and where to go next.

    A beat without ways ends the call with its line.
    """

    id: str
    lines: dict[Band, tuple[str, ...]]
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Move:
    """By how much the customer's anger changes when a rule is kept or broken."""

    kept: Number = 0.0
    broken: Number = 0.0


@dataclass(frozen=True)
class Scenario:
    """Who calls and why. ``address`` is how the customer wants to be called; ``limit`` makes them hang up."""

    id: str
    title: str
    language: str
    about: str
    briefing: str
    customer: str
    address: str
    voice: str
    anger: Anger
    limit: Anger
    start: str
    hang_up: str
    patience: int
    moves: dict[str, Move]
    beats: tuple[Beat, ...]


@dataclass(frozen=True)
class Speech:
    """What a stand-in trainee says, and how."""

    text: str
    delivery: Delivery = Delivery()


@dataclass(frozen=True)
class StandIn:
    """The stand-in trainee of the demo: a sound check, and two ways to answer the calls."""

    voice: str
    reading: str
    spontaneous: str
    coming_down: tuple[Speech, ...]
    stubborn: tuple[Speech, ...]


# -- sound in flight -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """20 ms of captured sound: PCM16, 320 samples, and whether the customer could be heard meanwhile."""

    number: int
    samples: npt.NDArray[np.int16]
    customer_sounds: bool
