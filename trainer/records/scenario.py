"""A scenario, as coaches write it: who calls and why, what they say, what moves them, and where the call may go."""

from dataclasses import dataclass, field
from typing import Literal

from trainer.records.units import Anger, Fraction, Number

Band = Literal["low", "middle", "high"]
Difficulty = Literal["easy", "normal", "hard"]
Role = Literal[
    "opening", "story", "repeat", "demand", "lull", "test", "threat", "resolution", "closing", "abuse", "hang-up"
]
Kind = Literal[
    "angry",
    "let-down",
    "undecided",
    "domineering",
    "rude",
    "talkative",
    "abusive",
    "drunk",
    "own-mistake",
    "sold-to-another",
    "pretending",
    "late-delivery",
]
Lines = dict[Band, tuple[str, ...]]
"""Wordings by band of anger; marks may stand in them: _stressed_, (lull), (question)."""


@dataclass(frozen=True)
class Way:
    """To which beat the customer moves on: the first way of which everything holds.

    ``kept``: rules kept in this answer · ``ever``: rules kept, and ``never``: rules not kept, in the call so far ·
    ``offered``: one of these offers was made in the call · ``known``: these facts were asked for · the anger lies
    ``below`` one limit, and at or ``above`` another.
    """

    to: str
    kept: tuple[str, ...] = ()
    ever: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    below: Anger | None = None
    above: Anger | None = None


@dataclass(frozen=True)
class Beat:
    """A station of a scenario: what the customer says, by band of anger, and where to go next.

    A beat without ways ends the call with its line. ``swell``: anger comes in waves; so much more (a crest) or less (a
    lull) of it is heard here than there is.
    """

    id: str
    role: Role
    lines: Lines
    ways: tuple[Way, ...] = ()
    swell: Number = 0.0


@dataclass(frozen=True)
class Fact:
    """What the trainee can find out: whoever says one of the phrases ``asked`` is told it, once, with its line."""

    id: str
    asked: tuple[str, ...]
    lines: Lines


@dataclass(frozen=True)
class Offer:
    """What the trainee may offer or promise, known by its ``phrases``.

    ``fits``: it is what this customer wants. ``allowed``: the briefing permits it; one who promises what is not
    allowed is believed at first, and not when it is tested.
    """

    id: str
    phrases: tuple[str, ...]
    fits: bool = True
    allowed: bool = True


@dataclass(frozen=True)
class Reaction:
    """What the customer says in the middle of things: when interrupted, into dead air, into a monologue.

    ``manner``: one who is interrupted stops and then says a line of these, or talks on louder and says none.
    """

    lines: Lines
    manner: Literal["stop", "louder"] = "stop"


@dataclass(frozen=True)
class Move:
    """By how much the customer's anger changes when a rule is kept or broken."""

    kept: Number = 0.0
    broken: Number = 0.0


@dataclass(frozen=True)
class Temper:
    """How hard a customer is to calm.

    ``inertia`` 0 … 1: how much of the first calming answer is lost on them; each one in a row is lost on them less.
    ``limit``: the anger that they bear for ``patience`` answers, and then have had enough.
    """

    inertia: Fraction
    limit: Anger
    patience: int


@dataclass(frozen=True)
class Customer:
    """What holds of every customer unless the scenario says otherwise: what moves them, and how hard they are.

    ``refusals``: by language, the words near which an offer is none.
    """

    moves: dict[str, Move]
    levels: dict[Difficulty, Temper]
    refusals: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Scenario:
    """Who calls and why. ``address`` is how the customer wants to be called.

    ``moves`` and ``levels`` stand in place of those of every customer, name by name. One who has had enough goes to
    the beat ``abuse``, where there is one, and then to ``hang_up``. ``note``: what to know before it starts.
    ``matter``: what the call is about, as advice names it ("the washing machine").
    """

    id: str
    kind: Kind
    title: str
    language: str
    about: str
    briefing: str
    customer: str
    address: str
    voice: str
    anger: Anger
    start: str
    hang_up: str
    beats: tuple[Beat, ...]
    abuse: str = ""
    note: str = ""
    moves: dict[str, Move] = field(default_factory=dict)
    levels: dict[Difficulty, Temper] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    offers: tuple[Offer, ...] = ()
    reactions: dict[Literal["interrupted", "silence", "monologue"], Reaction] = field(default_factory=dict)
    refusals: tuple[str, ...] = ()
    matter: str = ""


@dataclass(frozen=True)
class Habits:
    """A trainee on paper: the chance that an answer keeps a rule (``does``, and ``at`` lines of a role) or breaks it,
    asks for a fact, makes an offer that is right, and one that is not."""

    does: dict[str, Fraction]
    breaks: dict[str, Fraction]
    at: dict[Role, dict[str, Fraction]]
    asks: Fraction
    offers: Fraction
    offers_wrongly: Fraction = 0.0


@dataclass(frozen=True)
class Simulated:
    """The trainees on paper, by their kind."""

    trainees: dict[str, Habits]
