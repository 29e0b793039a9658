"""Goals of an assignment, and whether a call reached one: trainer/guides/goals.yaml says what each asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import yaml

from trainer import documents, shipped
from trainer.records import Report


@dataclass(frozen=True)
class Goal:
    """What is asked for: of the voice, within so many turns; of the customer's anger at the end; or of one rule."""

    kind: Literal["voice", "customer", "rule"]
    within_turns: int = 0
    anger: float = 0.0
    rule: str = ""


@cache
def goals() -> Mapping[str, Goal]:
    """The goals that the program came with, by their ids."""
    path = shipped.folder("guides") / "goals.yaml"
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {str(id): documents.read(Goal, found, f"{path.name}: {id}") for id, found in loaded.items()}


def reached(goal: Goal, report: Report) -> bool:
    """Whether the call reached it; what could not be measured reaches nothing."""
    if goal.kind == "voice":
        return _came_down(report, 1 + goal.within_turns)
    if goal.kind == "customer":
        return bool(report.turns) and report.turns[-1].anger_after <= goal.anger
    states = [one.state for turn in report.turns for one in turn.findings if one.rule == goal.rule]
    return "kept" in states and "broken" not in states


def _came_down(report: Report, by_turn: int) -> bool:
    call = report.call
    courses = (call.slowed_down, call.lowered_pitch, call.lowered_volume, call.lowered_effort)
    if any(one.outcome == "went_up" for one in courses):
        return False
    return any(
        one.outcome == "stayed_calm" or (one.outcome == "came_down" and (one.since_turn or by_turn + 1) <= by_turn)
        for one in courses
    )
