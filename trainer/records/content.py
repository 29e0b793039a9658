"""Content, as coaches write it: voices, guides, scenarios, stand-ins."""

from dataclasses import dataclass, field
from typing import Literal

from trainer.records.units import Anger, Decibels, Fraction, Hertz, Number, Semitones, SyllablesPerSecond


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
class Reaction:
    """What the customer says in the middle of things: when interrupted, into dead air, into a monologue.

    ``manner``: one who is interrupted stops and then says a line of these, or talks on louder and says none.
    """

    lines: dict[Band, tuple[str, ...]]
    manner: Literal["stop", "louder"] = "stop"


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
    reactions: dict[Literal["interrupted", "silence", "monologue"], Reaction] = field(default_factory=dict)


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
