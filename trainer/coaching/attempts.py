"""Two attempts of one scenario beside each other: which answers met the same line, and what changed from one attempt
to the other over those.

Pitch and tempo belong to the person. A level means something only within a session, so that those of two sessions are
each held against the own normal voice of theirs first: a difference of differences, whose limit of chance is that of
both together (hypot). Vocal effort is compared on the same device alone.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.coaching.compare import DISAGREE, SAME_GAIN, Difference, between, comparison, difference, judged
from trainer.coaching.compare import level_follows as follows
from trainer.coaching.quantity import Pooled, pool
from trainer.coaching.thresholds import Quantity, limit, shipped_thresholds
from trainer.records import Answer, Comparison, Report, Turn

OWN_NORMAL = "each against its own normal"
Met = tuple[Answer, Answer]
"""The answers to one line: in the first attempt, and in the second."""


@dataclass(frozen=True)
class Pair:
    """A line, and the turn of either attempt in which the customer said it; None where they never did."""

    first: Turn | None
    second: Turn | None

    @property
    def met(self) -> tuple[Met, ...]:
        """Both answers, where there are two in which something was said."""
        if self.first and self.second and self.first.answer.speech_s and self.second.answer.speech_s:
            return ((self.first.answer, self.second.answer),)
        return ()


def pairs(first: Report, second: Report) -> tuple[Pair, ...]:
    """The lines of both attempts in their order; a line is known by its beat, and by how often it had come by then."""
    ours, theirs = dict(_numbered(first.turns)), dict(_numbered(second.turns))
    found = [Pair(ours.get(key), theirs.get(key)) for key in {**ours, **theirs}]
    return tuple(sorted(found, key=_place))


def change(first: Report, second: Report, found: Sequence[Pair]) -> Comparison:
    """What changed over the answers to the same lines, from the first attempt to the second, of one speaker."""
    met = [answers for pair in found for answers in pair.met]
    pitch, effort = _over("pitch", met), _effort(first, second, met)
    assumes, level = _level(first, second, met)
    if isinstance(level, Difference) and not follows(level, (pitch, effort)):
        level = DISAGREE
    return comparison(assumes, _over("rate", met), pitch, level, effort)


def one_sound_check(first: Report, second: Report) -> bool:
    """Whether both attempts were held against one and the same sound check."""
    taken = (first.baseline_taken_at, first.baseline_device)
    return bool(first.baseline_taken_at) and taken == (second.baseline_taken_at, second.baseline_device)


def _numbered(turns: Sequence[Turn]) -> Iterator[tuple[tuple[str, int], Turn]]:
    said: Counter[str] = Counter()
    for turn in turns:
        said[turn.line.beat] += 1
        yield (turn.line.beat, said[turn.line.beat]), turn


def _place(pair: Pair) -> float:
    numbers = [turn.number for turn in (pair.first, pair.second) if turn]
    return sum(numbers) / len(numbers)


def _over(quantity: Quantity, met: Sequence[Met]) -> Difference | str:
    found = _pooled(quantity, met)
    return found if isinstance(found, str) else difference(quantity, *found)


def _pooled(quantity: Quantity, met: Sequence[Met]) -> tuple[Pooled, Pooled] | str:
    """Both sides of the answers that can be compared; why the first of them cannot be, where none can."""
    each = [between(quantity, *answers) for answers in met]
    fit = [answers for answers, found in zip(met, each, strict=True) if isinstance(found, Difference)]
    before, after = pool((one for one, _ in fit), quantity), pool((one for _, one in fit), quantity)
    if before is None or after is None:
        return next((found for found in each if isinstance(found, str)), "no_answers")
    return before, after


def _effort(first: Report, second: Report, met: Sequence[Met]) -> Difference | str:
    known = all(_normal(report, "effort") for report in (first, second))
    same = known and first.baseline_device == second.baseline_device
    return _over("effort", met) if same else "not_one_device"


def _level(first: Report, second: Report, met: Sequence[Met]) -> tuple[str, Difference | str]:
    """The level as it is within a session; from one session to another, each against its own normal voice."""
    found = _pooled("level", met)
    normals = [known for report in (first, second) if (known := _normal(report, "level"))]
    if isinstance(found, str) or len(normals) < 2:
        return OWN_NORMAL, found if isinstance(found, str) else "no_normal_level"
    if one_sound_check(first, second):
        return SAME_GAIN, difference("level", *found)
    each = [limit("level", min(one.speech_s, normal.speech_s)) for one, normal in zip(found, normals, strict=True)]
    before, after = (one.value - normal.value for one, normal in zip(found, normals, strict=True))
    chance = math.hypot(*each)
    return OWN_NORMAL, judged(after - before, chance, shipped_thresholds().clearly_times * chance)


def _normal(report: Report, quantity: Quantity) -> Pooled | None:
    return pool([report.baseline], quantity) if report.baseline else None
