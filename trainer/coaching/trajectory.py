"""The trajectory of a call: robust slopes, pace-then-lead and keep-composure.

Each quantity is followed over the numbers of the turns. pace-then-lead is a bonus: kept when the first answer to an
outburst lay above the trainee's own normal, the slope went down, and the last answers were back at it; otherwise not
called for, never broken. keep-composure: the second half of the answers is not faster, higher or louder than the
first, and no single answer breaks out; only ever in the direction up.
"""

from collections.abc import Mapping, Sequence

from trainer.coaching.baseline import missing
from trainer.coaching.compare import Difference, difference, percent
from trainer.coaching.course import HIGHER, Course, ends
from trainer.coaching.quantity import Heard, middle, pool, value
from trainer.coaching.slope import theil_sen
from trainer.coaching.thresholds import Quantity, shipped_thresholds
from trainer.coaching.voice import UNITS
from trainer.records import Answer, CallState, Measures, Trend, Turn

QUANTITIES: tuple[Quantity, ...] = ("rate", "pitch", "level", "effort")
TOO_SHORT = "too_short_a_call"


def trends(turns: Sequence[Turn]) -> tuple[Trend, ...]:
    """The slope of each quantity a turn: percent, semitones or decibels."""
    return tuple(_trend(quantity, turns) for quantity in QUANTITIES)


def _trend(quantity: Quantity, turns: Sequence[Turn]) -> Trend:
    known = [(turn.number, found) for turn in turns if (found := value(turn.answer, quantity)) is not None]
    unit = UNITS[quantity]
    enough = len(known) >= shipped_thresholds().course.slope_answers
    slope = theil_sen([number for number, _ in known], [found for _, found in known]) if enough else None
    if slope is None:
        return Trend(quantity, None, unit, len(known), TOO_SHORT)
    return Trend(quantity, percent(slope) if quantity == "rate" else slope, unit, len(known), None)


def pace_then_lead(turns: Sequence[Turn], courses: Mapping[Quantity, Course], baseline: Measures | None) -> CallState:
    """Whether they began near the customer's intensity and led down to their own normal: kept, or not called for."""
    if baseline is None or not any(pool([baseline], quantity) for quantity in QUANTITIES):
        return CallState("not_measurable", missing(baseline, "pitch"))
    slopes = dict(zip(QUANTITIES, trends(turns), strict=True))
    if all(trend.per_turn is None for trend in slopes.values()):
        return CallState("not_measurable", TOO_SHORT)
    outburst = turns[0].line.anger >= shipped_thresholds().course.outburst_from_anger
    if not outburst or any(found.outcome == "went_up" for found in courses.values()):
        return CallState("not_called_for", None)
    answers = [turn.answer for turn in turns]
    for quantity, trend in slopes.items():
        if (trend.per_turn or 0.0) < 0.0 and _led(quantity, answers, baseline):
            return CallState("kept", None, "baseline", quantity, trend.per_turn, trend.unit)
    return CallState("not_called_for", None)


def _led(quantity: Quantity, answers: Sequence[Answer], baseline: Heard) -> bool:
    """From above one's own normal in the very first answer to one's own normal in the last ones."""
    sides, normal = ends(quantity, answers), pool([baseline], quantity)
    if sides is None or normal is None or sides.first[0] != 0:
        return False
    first, last = pool(answers[:1], quantity), pool((answers[i] for i in sides.last), quantity)
    if first is None or last is None:
        return False
    return _rises(difference(quantity, normal, first)) and not _rises(difference(quantity, normal, last))


def keep_composure(answers: Sequence[Heard]) -> CallState:
    """Whether the voice stayed where it was, to the end; the clearest of its rises where it did not."""
    least = shipped_thresholds().course.composure_answers
    enough = [q for q in QUANTITIES if sum(value(one, q) is not None for one in answers) >= least]
    if not enough:
        return CallState("not_measurable", TOO_SHORT)
    broken = [climb for quantity in enough for climb in _climbs(quantity, answers)]
    if not broken:
        return CallState("kept", None, "first_half")
    return max(broken, key=lambda one: one[0].change / one[0].limit)[1]


def _climbs(quantity: Quantity, answers: Sequence[Heard]) -> list[tuple[Difference, CallState]]:
    """The second half of the measured answers where it lies above the first, and every answer that breaks out."""
    known = [(turn, one) for turn, one in enumerate(answers, 1) if value(one, quantity) is not None]
    heard = [one for _, one in known]
    half = len(heard) // 2
    first, second = pool(heard[:half], quantity), pool(heard[half:], quantity)
    assert first and second  # only answers with a measured value are pooled
    change = difference(quantity, first, second)
    broken = [(change, _broken("first_half", quantity, change, None))] if _rises(change) else []
    for place, (turn, _) in enumerate(known):
        if out := _outburst(quantity, heard, place):
            broken.append((out, _broken("others", quantity, out, turn)))
    return broken


def _outburst(quantity: Quantity, heard: Sequence[Heard], place: int) -> Difference | None:
    """An answer clearly above the median of the others. One that is only on the way down, from answers that were as
    high, is none: whoever paces and then leads begins above the rest of the call.
    """
    one = pool([heard[place]], quantity)
    if one is None or place == 0:
        return None
    others = [*heard[:place], *heard[place + 1 :]]
    found = difference(quantity, middle(others, quantity), one)
    rose = _rises(difference(quantity, middle(heard[:place], quantity), one))
    return found if rose and found.verdict == "clearly_higher" else None


def _rises(change: Difference) -> bool:
    return change.verdict in HIGHER


def _broken(against: str, quantity: Quantity, change: Difference, turn: int | None) -> CallState:
    by = change.percent if quantity == "rate" else change.change
    return CallState("broken", None, against, quantity, by, UNITS[quantity], turn)
