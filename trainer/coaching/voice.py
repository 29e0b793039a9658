"""The two rules of the voice, for one answer: speak-slowly and lower-voice.

Kept is an answer inside the band of the trainee's own normal voice, or one that has come down towards it since the
first answer or the one before, and has not gone up again. Pitch and volume are one effort, not two (Gramming et
al., J. Voice 2:118, 1988), so lower-voice is a single finding, with the quantity that speaks most clearly as its
evidence. Vocal effort stands in for the volume where the level cannot be trusted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.coaching.baseline import missing
from trainer.coaching.compare import Difference, between
from trainer.coaching.course import HIGHER, LOWER
from trainer.coaching.quantity import Heard, value, why_not
from trainer.coaching.thresholds import Quantity
from trainer.records import State

UNITS: dict[Quantity, str] = {"rate": "%", "pitch": "st", "level": "dB", "effort": "dB"}


@dataclass(frozen=True)
class Judged:
    """The state of a rule for one answer, what it was held against, and by how much it differed."""

    quantity: Quantity
    state: State
    against: str | None
    difference: Difference | None
    reason: str | None

    @property
    def value(self) -> float | None:
        """The change in the unit of the quantity: percent, semitones or decibels."""
        if self.difference is None:
            return None
        return self.difference.percent if self.quantity == "rate" else self.difference.change


def judge(quantity: Quantity, answer: Heard, baseline: Heard | None, earlier: Sequence[Heard]) -> Judged:
    """One quantity of one answer against the baseline and the earlier answers (in the order they were given)."""
    if value(answer, quantity) is None:
        return Judged(quantity, "not_measurable", None, None, why_not(answer, quantity))
    known = [heard for heard in earlier if value(heard, quantity) is not None]
    normal = _change(quantity, baseline, answer)
    if normal and normal.verdict not in HIGHER:
        return Judged(quantity, "kept", "baseline", normal, None)
    first = _change(quantity, known[0] if known else None, answer)
    previous = _change(quantity, known[-1] if known else None, answer)
    for against, change in (("previous", previous), ("first", first)):
        if change and change.verdict in HIGHER:
            return Judged(quantity, "broken", against, change, None)
    for against, change in (("first", first), ("previous", previous)):
        if change and change.verdict in LOWER:
            return Judged(quantity, "kept", against, change, None)
    if normal:
        return Judged(quantity, "broken", "baseline", normal, None)
    return Judged(quantity, "not_measurable", None, None, missing(baseline, quantity))


def lower_voice(answer: Heard, baseline: Heard | None, earlier: Sequence[Heard]) -> Judged:
    """Pitch and volume together: broken if either is, kept if one is and neither broken."""
    volume = _volume(answer, baseline)
    both = [judge(quantity, answer, baseline, earlier) for quantity in ("pitch", volume)]
    for state in ("broken", "kept"):
        found = [judged for judged in both if judged.state == state]
        if found:
            return max(found, key=_clarity)
    return both[0]


def _volume(answer: Heard, baseline: Heard | None) -> Quantity:
    """The level, or effort where only that can be held against one's own normal voice."""
    level = value(answer, "level") is not None
    if level and baseline and value(baseline, "level") is None and value(baseline, "effort") is not None:
        level = value(answer, "effort") is None
    return "level" if level else "effort"


def _clarity(judged: Judged) -> float:
    """How far beyond chance a change lies."""
    found = judged.difference
    return abs(found.change) / found.limit if found else 0.0


def _change(quantity: Quantity, before: Heard | None, after: Heard) -> Difference | None:
    if before is None:
        return None
    found = between(quantity, before, after)
    return found if isinstance(found, Difference) else None
