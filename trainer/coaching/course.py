"""The course of one quantity over a call: did it come down, stay at one's own normal, or go up?

The first answer is set against the last ones, pooled to about 17 s of speech, so that the call can show what a
single answer cannot. A trainee who spoke at their own normal from the first word has done it right: that is
``stayed_calm``, told from ``did_not`` by the baseline; without a baseline nobody can tell the two apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.coaching.baseline import missing
from trainer.coaching.compare import Difference, difference
from trainer.coaching.quantity import Heard, pool, value, why_not
from trainer.coaching.thresholds import Quantity, shipped_thresholds
from trainer.records import Outcome

FIRST = "first"
LOWER = ("lower", "clearly_lower")
HIGHER = ("higher", "clearly_higher")


@dataclass(frozen=True)
class Course:
    """The outcome, the change from the first answer to the last ones, and since which turn it holds (from 1)."""

    outcome: Outcome
    change: Difference | None
    since_turn: int | None
    reason: str | None


@dataclass(frozen=True)
class Sides:
    """The numbers of the turns that make the beginning and the end of the call."""

    first: list[int]
    last: list[int]


def course(quantity: Quantity, answers: Sequence[Heard], baseline: Heard | None) -> Course:
    """The course of ``quantity`` over the answers, in the order of their turns."""
    sides = ends(quantity, answers)
    if sides is None:
        return Course("not_measurable", None, None, _why(quantity, answers))
    change = _between(quantity, answers, sides.first, sides.last)
    if change.verdict in LOWER:
        return Course("came_down", change, _since(quantity, answers, sides), None)
    if baseline is None or value(baseline, quantity) is None:
        if change.verdict in HIGHER:
            return Course("went_up", change, None, None)
        return Course("not_measurable", change, None, missing(baseline, quantity))
    return Course(_against_normal(quantity, answers, sides, baseline, change), change, None, None)


def _against_normal(
    quantity: Quantity, answers: Sequence[Heard], sides: Sides, baseline: Heard, change: Difference
) -> Outcome:
    normal = pool([baseline], quantity)
    last = pool((answers[i] for i in sides.last), quantity)
    whole = pool(answers, quantity)
    assert normal and last and whole  # sides and baseline hold measured values
    at_normal = all(difference(quantity, normal, side).verdict not in HIGHER for side in (whole, last))
    if at_normal:
        return "stayed_calm"
    return "went_up" if change.verdict in HIGHER else "did_not"


def ends(quantity: Quantity, answers: Sequence[Heard]) -> Sides | None:
    """The first answer and the last ones; None where fewer than two answers could be measured."""
    known = [i for i, heard in enumerate(answers) if value(heard, quantity) is not None]
    if len(known) < 2:
        return None
    wanted = shipped_thresholds()
    first = _gather(known[:-1], answers, wanted.first_speech_s)
    rest = known[len(first) :]
    most = max(1, (len(rest) + 1) // 2)
    return Sides(first, sorted(_gather(rest[::-1][:most], answers, wanted.last_speech_s)))


def _gather(turns: Sequence[int], answers: Sequence[Heard], speech_s: float) -> list[int]:
    """As many of ``turns``, from the front, as are needed for ``speech_s`` of speech."""
    taken: list[int] = []
    for turn in turns:
        if sum(answers[i].speech_s for i in taken) >= speech_s:
            break
        taken.append(turn)
    return taken


def _since(quantity: Quantity, answers: Sequence[Heard], sides: Sides) -> int:
    """The earliest turn that is lower than the first, and after which no answer returns half the way."""
    known = [i for i in range(sides.first[-1] + 1, len(answers)) if value(answers[i], quantity) is not None]
    changes = {i: _between(quantity, answers, sides.first, [i]) for i in known}
    for place, turn in enumerate(known):
        stays = all(changes[later].change <= -changes[later].limit / 2 for later in known[place:])
        if stays and changes[turn].verdict in LOWER:
            return turn + 1
    return sides.last[0] + 1


def _between(quantity: Quantity, answers: Sequence[Heard], before: Sequence[int], after: Sequence[int]) -> Difference:
    old, new = (pool((answers[i] for i in side), quantity) for side in (before, after))
    assert old and new  # only turns with a measured value are passed
    return difference(quantity, old, new)


def _why(quantity: Quantity, answers: Sequence[Heard]) -> str:
    """Why the course cannot be told: the commonest reason of the answers, or that there are too few."""
    reasons = [why_not(heard, quantity) for heard in answers if value(heard, quantity) is None]
    if len(answers) < 2 or not reasons:
        return "too_few_answers"
    return max(sorted(set(reasons)), key=reasons.count)
