"""The two rules of the voice, for one answer: speak-slowly and lower-voice.

Kept is an answer inside the band of the trainee's own normal voice, or one that has come down towards it since the
first answer, the median of the earlier ones or the one before, and has not gone up again. Pitch and volume are one
effort, not two (Gramming et al., J. Voice 2:118, 1988), so lower-voice is a single finding, with the quantity that
speaks most clearly as its evidence. Vocal effort stands in for the volume where the level cannot be trusted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.coaching.baseline import missing
from trainer.coaching.compare import Difference, between, difference
from trainer.coaching.course import HIGHER, LOWER
from trainer.coaching.quantity import Heard, middle, pool, value, why_not
from trainer.coaching.thresholds import Quantity, shipped_thresholds
from trainer.records import State

UNITS: dict[Quantity, str] = {"rate": "%", "pitch": "st", "level": "dB", "effort": "dB"}
MOST_POOLED = 3
"""Answers that are judged together; more would tell of the call, not of this answer."""


@dataclass(frozen=True)
class Judged:
    """The state of a rule for one answer, what it was held against, and by how much it differed.

    ``pooled_with``: the places of the earlier answers that it was judged together with.
    """

    quantity: Quantity
    state: State
    against: str | None
    difference: Difference | None
    reason: str | None
    pooled_with: tuple[int, ...] = ()

    @property
    def value(self) -> float | None:
        """The change in the unit of the quantity: percent, semitones or decibels."""
        if self.difference is None:
            return None
        return self.difference.percent if self.quantity == "rate" else self.difference.change


def judge(quantity: Quantity, answer: Heard, baseline: Heard | None, earlier: Sequence[Heard]) -> Judged:
    """One quantity of one answer against the baseline and the earlier answers (in the order they were given).

    A short answer is judged alone; where that shows nothing, together with the short answers just before it, at most
    three in all.
    """
    if value(answer, quantity) is None:
        return Judged(quantity, "not_measurable", None, None, why_not(answer, quantity))
    alone = _judged(quantity, [answer], baseline, earlier)
    near = () if _shows(alone) else _near(quantity, answer, earlier)
    if not near:
        return alone
    pooled = _judged(quantity, [*(earlier[i] for i in near), answer], baseline, earlier[: near[0]])
    return replace(pooled, pooled_with=near) if _shows(pooled) else alone


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


def _judged(quantity: Quantity, said: Sequence[Heard], baseline: Heard | None, earlier: Sequence[Heard]) -> Judged:
    """What one answer, or several taken together, show against each reference in turn."""
    known = [heard for heard in earlier if value(heard, quantity) is not None]
    normal = _change(quantity, baseline, said)
    if normal and normal.verdict not in HIGHER:
        return Judged(quantity, "kept", "baseline", normal, None)
    first = _change(quantity, known[0] if known else None, said)
    previous = _change(quantity, known[-1] if known else None, said)
    median = _from_median(quantity, known, said)
    for against, change in (("previous", previous), ("median", median), ("first", first)):
        if change and change.verdict in HIGHER:
            return Judged(quantity, "broken", against, change, None)
    for against, change in (("first", first), ("median", median), ("previous", previous)):
        if change and change.verdict in LOWER:
            return Judged(quantity, "kept", against, change, None)
    if normal:
        return Judged(quantity, "broken", "baseline", normal, None)
    return Judged(quantity, "not_measurable", None, None, missing(baseline, quantity))


def _shows(judged: Judged) -> bool:
    return judged.difference is not None and judged.difference.verdict != "no_clear_change"


def _near(quantity: Quantity, answer: Heard, earlier: Sequence[Heard]) -> tuple[int, ...]:
    """The places of the short answers just before a short one, as many as make up one that is not short.

    Never the first of the call: it is a reference itself, and may begin near the customer's own intensity.
    """
    enough_s = shipped_thresholds().short_speech_s
    near: list[int] = []
    speech_s = answer.speech_s
    for place in range(len(earlier) - 1, 0, -1):
        short = earlier[place].speech_s < enough_s and value(earlier[place], quantity) is not None
        if speech_s >= enough_s or not short or len(near) == MOST_POOLED - 1:
            break
        near.insert(0, place)
        speech_s += earlier[place].speech_s
    return tuple(near)


def _clarity(judged: Judged) -> float:
    """How far beyond chance a change lies."""
    found = judged.difference
    return abs(found.change) / found.limit if found else 0.0


def _change(quantity: Quantity, before: Heard | None, said: Sequence[Heard]) -> Difference | None:
    """From one reference to all that was said; None where one of them cannot be held against it."""
    if before is None:
        return None
    each = [found for one in said if isinstance(found := between(quantity, before, one), Difference)]
    if len(each) < len(said):
        return None
    if len(each) == 1:
        return each[0]
    old, new = pool([before], quantity), pool(said, quantity)
    return difference(quantity, old, new) if old and new else None


def _from_median(quantity: Quantity, known: Sequence[Heard], said: Sequence[Heard]) -> Difference | None:
    """From the median of the earlier answers; of fewer than three it is the first or the one before again."""
    fit = [one for one in known if _change(quantity, one, said)]
    new = pool(said, quantity)
    if len(fit) < 3 or new is None:
        return None
    return difference(quantity, middle(fit, quantity), new)
