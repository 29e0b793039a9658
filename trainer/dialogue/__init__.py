"""The customer's mind: pure. The same scenario, seed and findings give the same call.

Anger moves only for reasons: by the findings about the trainee's answer, as the scenario's ``moves`` say, at most
0.2 in a turn. Never by itself. A phrase that was said before counts half as much each time, so no magic words. Past
the limit, and when patience is over, the customer hangs up.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trainer.records import Band, Beat, Because, Finding, Scenario

LARGEST_STEP = 0.2
MOST_TURNS = 12
LOW_BELOW, HIGH_FROM = 0.35, 0.65
_NEAREST: dict[Band, tuple[Band, ...]] = {
    "low": ("low", "middle", "high"),
    "middle": ("middle", "high", "low"),
    "high": ("high", "middle", "low"),
}


@dataclass(frozen=True)
class State:
    """Where a call stands: the beat, the anger, what was said already, and how often each rule was kept."""

    beat: str
    anger: float
    seed: int
    turn: int = 1
    used: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """The customer's next line, and why the anger moved. ``over``: nothing is to be answered any more."""

    state: State
    line: str
    beat: str
    anger_before: float
    anger_after: float
    because: tuple[Because, ...]
    over: bool


def opening(scenario: Scenario, seed: int = 0) -> Reply:
    """The first line of the call."""
    state = State(scenario.start, scenario.anger, seed)
    return _speak(scenario, state, scenario.anger, ())


def reply(scenario: Scenario, state: State, findings: Sequence[Finding]) -> Reply:
    """The customer's answer to what the trainee did."""
    because = _reasons(scenario, state, findings)
    anger = min(1.0, max(0.0, state.anger + sum(reason.change for reason in because)))
    kept = [finding.rule for finding in findings if finding.state == "kept"]
    said = tuple(finding.rule for finding in findings if finding.state == "kept" and finding.value is None)
    moved = replace(state, anger=anger, turn=state.turn + 1, said=state.said + said)
    return _speak(scenario, replace(moved, beat=_next(scenario, moved, kept)), state.anger, because)


def react(scenario: Scenario, state: State, kind: Literal["interrupted", "silence", "monologue"]) -> Reply | None:
    """What the customer says in the middle of things; None where the scenario has no such line left.

    The anger is as it was: that it moves, the findings about the whole answer decide.
    """
    reaction = scenario.reactions.get(kind)
    bands = _NEAREST[band(state.anger)] if reaction else ()
    left = [line for near in bands for line in (reaction.lines if reaction else {}).get(near, ())]
    line = next((line for line in left if line not in state.used), None)
    if line is None:
        return None
    after = replace(state, used=(*state.used, line))
    return Reply(after, line, kind, state.anger, state.anger, (), over=False)


def possible(scenario: Scenario, state: State) -> tuple[str, ...]:
    """The lines that may come next, whatever the trainee does now, as far as steps of 0.01 in anger tell."""
    lowest, highest = max(0.0, state.anger - LARGEST_STEP), min(1.0, state.anger + LARGEST_STEP)
    steps = round((highest - lowest) / 0.01)
    angers = (lowest + (highest - lowest) * step / steps for step in range(steps + 1))
    moved = [replace(state, anger=anger, turn=state.turn + 1) for anger in angers]
    # the first way whose rules are kept is taken: each set of rules that a way asks for stands for all that hold it
    kept = {(), *(tuple(way.kept) for way in _beat(scenario, state.beat).ways)}
    after = (replace(one, beat=_next(scenario, one, rules)) for rules in sorted(kept) for one in moved)
    return tuple(dict.fromkeys(_wording(_beat(scenario, one.beat), one) for one in after))


def band(anger: float) -> Band:
    """The wording that fits an anger: low, middle or high."""
    if anger < LOW_BELOW:
        return "low"
    return "middle" if anger < HIGH_FROM else "high"


def _reasons(scenario: Scenario, state: State, findings: Sequence[Finding]) -> tuple[Because, ...]:
    """What moves the anger and by how much, so that the parts add up to what it really moves."""
    wanted = [(finding.rule, _weight(scenario, state, finding)) for finding in findings]
    wanted = [(rule, change) for rule, change in wanted if change]
    total = sum(change for _, change in wanted)
    allowed = max(-LARGEST_STEP, min(LARGEST_STEP, total))
    allowed = max(-state.anger, min(1.0 - state.anger, allowed))
    share = allowed / total if total else 0.0
    return tuple(Because(rule, change * share) for rule, change in wanted if share)


def _weight(scenario: Scenario, state: State, finding: Finding) -> float:
    move = scenario.moves.get(finding.rule)
    if move is None or finding.state not in ("kept", "broken"):
        return 0.0
    if finding.state == "broken":
        return move.broken
    if finding.reason:  # kept, and beyond the aim: more of the same must not be rewarded
        return 0.0
    again = state.said.count(finding.rule) if finding.value is None else 0
    return float(move.kept / 2**again)


def _next(scenario: Scenario, state: State, kept: Sequence[str]) -> str:
    """The beat that follows."""
    if state.turn > MOST_TURNS or (state.turn > scenario.patience and state.anger >= scenario.limit):
        return scenario.hang_up
    for way in _beat(scenario, state.beat).ways:
        below = way.below is None or state.anger < way.below
        above = way.above is None or state.anger >= way.above
        if below and above and set(way.kept) <= set(kept):
            return way.to
    return scenario.hang_up


def _speak(scenario: Scenario, state: State, anger_before: float, because: tuple[Because, ...]) -> Reply:
    beat = _beat(scenario, state.beat)
    line = _wording(beat, state)
    after = replace(state, used=(*state.used, line))
    return Reply(after, line, beat.id, anger_before, state.anger, because, over=not beat.ways)


def _wording(beat: Beat, state: State) -> str:
    """A wording of the band that was not used yet; of another band before any is said again."""
    for nearest in _NEAREST[band(state.anger)]:
        left = [line for line in beat.lines.get(nearest, ()) if line not in state.used]
        if left:
            return left[zlib.crc32(f"{state.seed} {beat.id} {state.turn}".encode()) % len(left)]
    return beat.lines[band(state.anger)][0]


def _beat(scenario: Scenario, name: str) -> Beat:
    return next(beat for beat in scenario.beats if beat.id == name)
