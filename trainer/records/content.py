"""Content, as coaches write it: voices, guides, scenarios, stand-ins."""

from dataclasses import dataclass, field
from typing import Literal

from trainer.records.scenario import Role
from trainer.records.units import Anger, Decibels, Fraction, Hertz, Number, Seconds, Semitones, SyllablesPerSecond


@dataclass(frozen=True)
class Curve:
    """How a customer delivers a line at some angers that rise; in between it is straight. ``Delivery`` has the units.

    A list that is empty is that of ``trainer/tts/manner.yaml``; each other one has a value for each anger.
    """

    anger: tuple[Anger, ...] = ()
    tempo: tuple[Fraction, ...] = ()
    pauses: tuple[Fraction, ...] = ()
    pitch_st: tuple[Semitones, ...] = ()
    range: tuple[Fraction, ...] = ()
    level_dbfs: tuple[Decibels, ...] = ()
    shelf_db: tuple[Decibels, ...] = ()
    emphasis_st: tuple[Semitones, ...] = ()
    emphasis_db: tuple[Decibels, ...] = ()
    breath_s: tuple[Seconds, ...] = ()


@dataclass(frozen=True)
class Voice:
    """Who speaks: an engine, how far its speaker is moved, and in which manner. Measured at anger 0 by ourselves.

    ``tempo`` and ``range`` are the voice's own factors at any anger, ``curve`` is what anger does with it.
    ``instead``: the voice that speaks where this one's engine is not installed.
    """

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
    tempo: Fraction = 1.0
    range: Fraction = 1.0
    seed: int = 0
    curve: Curve = Curve()
    instead: str = ""


@dataclass(frozen=True)
class Delivery:
    """How a line is to sound, relative to the voice's neutral rendering; the customer's is made from anger.

    ``emphasis_st`` and ``emphasis_db``: how far emphasised words stand out · ``breath_s`` of inhalation before it.
    """

    tempo: Fraction = 1.0
    pauses: Fraction = 1.0
    pitch_st: Semitones = 0.0
    range: Fraction = 1.0
    level_dbfs: Decibels = -26.0
    shelf_db: Decibels = 0.0
    emphasis_st: Semitones = 0.0
    emphasis_db: Decibels = 0.0
    breath_s: Seconds = 0.0


@dataclass(frozen=True)
class Rule:
    """One piece of advice. ``bands`` and ``phrases`` carry what a judgement needs; none of it is in code.

    ``breaks``: saying one of the phrases breaks the rule, where otherwise it keeps it. ``over_call``: judged over
    the whole call. {name} in the advice and in the phrases is how the customer is addressed.
    ``advice_sooner``: to those who came down late, from {turn} on. ``advice_beyond``: what to say, by reason, to one
    who kept the rule and went too far. ``due``: after lines of which roles it is due; ``due_again``: after which of
    them what was said before is not enough. ``spoilt_by``: rules that take it away when they are broken in the same
    breath. ``title``: that of a company's own rule; the shipped ones have theirs in the catalogue.
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
    spoilt_by: tuple[str, ...] = ()
    due: tuple[Role, ...] = ()
    due_again: tuple[Role, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Guide:
    """A set of rules with its source."""

    id: str
    title: str
    language: str
    about: str


@dataclass(frozen=True)
class Guidance:
    """A file of guides and rules."""

    guides: tuple[Guide, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Speaking:
    """How a language is read: what hesitation sounds like, which words are drawn together, and patterns that others
    use by name (``sets``).

    ``lemmas`` is the language code where a dictionary of lemmas is used. ``forms`` and ``endings``: what a word, or
    its ending, stands for. ``doubled``: words that may be said twice in a row on purpose. ``titles``: forms of address,
    each list words that are taken for one another; ``anybody``: a pattern for customers whose name is not known.
    ``quoting``: what is said after one of these is somebody else's. Where the language has heads
    (trainer/coaching/heads.py): from which log odds on a rule is kept, or broken; ``worded_from`` is for rules to
    avoid, where one of their patterns was found (as ``broken_from``, unless it is given).
    """

    language: str
    lemmas: str = ""
    fillers: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    forms: dict[str, str] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    titles: tuple[tuple[str, ...], ...] = ()
    anybody: str = ""
    quoting: tuple[str, ...] = ()
    kept_from: Number = 0.0
    broken_from: Number = 0.0
    worded_from: Number | None = None
    sets: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wording:
    """How a rule is worded in a language: patterns (trainer/coaching/patterns.py).

    ``unless``: what takes the words away from it where it overlaps them, or stands near them in the same sentence.
    ``plain``: patterns that need no more than themselves, whatever else the sentence seems to mean.
    ``like`` and ``unlike``: whole sentences that must be found, and that must not.
    """

    phrases: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True)
class Phrasebook:
    """The wordings of rules in one language, by rule."""

    language: str
    rules: dict[str, Wording]


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
