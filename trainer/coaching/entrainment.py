"""Are they dragged along? Whether the answers moved as the customer's lines just heard did.

Speakers grow alike in their level, in how their differences shrink, and in step from turn to turn (proximity,
convergence and synchrony: Levitan & Hirschberg, Interspeech 2011). Synchrony alone tells of being dragged along, so it
is what is judged here: the rank correlation of the changes from turn to turn. Changes, not values, because a call in
which both come down for their own reasons is no following; and only where the answers went up and down by more than
chance, because small changes come from the words, and two who only come down may each have led. Shown, never scored.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np

from trainer.coaching.compare import difference
from trainer.coaching.course import HIGHER, LOWER
from trainer.coaching.quantity import pool, value
from trainer.coaching.slope import spearman, theil_sen
from trainer.coaching.thresholds import Following as Limits
from trainer.coaching.thresholds import Quantity, shipped_thresholds
from trainer.coaching.trajectory import TOO_SHORT
from trainer.records import Answer, Following, Line, Turn

FOLLOWED: tuple[Quantity, ...] = ("rate", "pitch", "level")


def following(turns: Sequence[Turn]) -> tuple[Following, ...]:
    """Tempo, pitch and level of the answers beside those of the lines, each on the scale of its differences."""
    return tuple(_following(quantity, turns) for quantity in FOLLOWED)


def _following(quantity: Quantity, turns: Sequence[Turn]) -> Following:
    known = [turn for turn in turns if None not in _pair(quantity, turn)]
    pairs = [_pair(quantity, turn) for turn in known]
    limits = shipped_thresholds().following
    if len(pairs) < limits.least_turns:
        return _nothing(quantity, len(pairs), TOO_SHORT)
    lines, answers = np.array(pairs, np.float64).T
    correlation = spearman(np.diff(lines).tolist(), np.diff(answers).tolist())
    slope = theil_sen(lines.tolist(), answers.tolist())
    if correlation is None or slope is None or np.ptp(lines) < _least_move(quantity, limits):
        return _nothing(quantity, len(pairs), "line_steady")
    in_step = slope > 0.0 and correlation >= np.interp(len(pairs) - 1, limits.differences, limits.correlation)
    followed = in_step and _up_and_down(quantity, [turn.answer for turn in known])
    state: Literal["followed", "did_not_follow"] = "followed" if followed else "did_not_follow"
    return Following(quantity, state, correlation, slope, len(pairs), None)


def _nothing(quantity: Quantity, turns: int, reason: str) -> Following:
    return Following(quantity, "not_measurable", None, None, turns, reason)


def _pair(quantity: Quantity, turn: Turn) -> tuple[float | None, float | None]:
    return _line_value(quantity, turn.line), value(turn.answer, quantity)


def _up_and_down(quantity: Quantity, answers: Sequence[Answer]) -> bool:
    """Whether one answer rose above the one before by more than chance, and one fell below it."""
    pooled = [one for answer in answers if (one := pool([answer], quantity))]
    moves = {difference(quantity, old, new).verdict for old, new in pairwise(pooled)}
    return bool(moves & set(HIGHER)) and bool(moves & set(LOWER))


def _line_value(quantity: Quantity, line: Line) -> float | None:
    """What the line was, on the scale of the quantity: known exactly, because it was made."""
    if quantity == "rate":
        rate = line.articulation_syllables_per_s
        return math.log(rate) if rate else None
    if quantity == "pitch":
        return 12.0 * math.log2(line.pitch_hz) if line.pitch_hz else None
    return line.level_dbfs


def _least_move(quantity: Quantity, limits: Limits) -> float:
    """How far the lines of a call must differ for there to be anything to follow."""
    if quantity == "rate":
        return math.log1p(limits.line_moves_percent / 100.0)
    return limits.line_moves_st if quantity == "pitch" else limits.line_moves_db
