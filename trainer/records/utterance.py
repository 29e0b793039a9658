"""One utterance as text, and which rules its words keep or break."""

from dataclasses import dataclass

from trainer.records.units import Fraction


@dataclass(frozen=True)
class Phrase:
    """A rule that was found in a text: from which character to before which, and how sure that is (0 … 1)."""

    rule: str
    span: tuple[int, int]
    score: Fraction


@dataclass(frozen=True)
class Utterance:
    """What was said, and what its words keep and break, in the order of saying."""

    text: str
    kept: tuple[Phrase, ...]
    broken: tuple[Phrase, ...]
