"""The customer's mind: pure. The same scenario, seed, findings and dealings give the same call.

Anger moves only for reasons (``mood.py``), the call goes where the trainee's doings lead it (``course.py``), and no
wording is said twice (``wording.py``). A question that the scenario has an answer to is answered, and then the call
goes on from where it was.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from trainer.dialogue.course import next_beat
from trainer.dialogue.mood import LARGEST_CALM, LARGEST_UPSET, found_out, moved
from trainer.dialogue.state import Reply, State
from trainer.dialogue.wording import beat, heard, wording
from trainer.records import Because, Difficulty, Fact, Finding, Noticed, Scenario

__all__ = ["Reply", "State", "opening", "possible", "react", "reply"]

MOST_FACTS = 2
"""So many questions are answered at once."""

FLARE = 0.1
"""So much angrier sounds somebody who is cut off."""


def opening(scenario: Scenario, seed: int = 0, difficulty: Difficulty = "normal") -> Reply:
    """The first line of the call."""
    return _speak(scenario, State(scenario.start, scenario.anger, seed, difficulty), scenario.anger, ())


def reply(scenario: Scenario, state: State, findings: Sequence[Finding], noticed: Sequence[Noticed] = ()) -> Reply:
    """The customer's answer to what the trainee did."""
    mood = moved(scenario, state, findings, noticed)
    kept = [finding.rule for finding in findings if finding.state == "kept"]
    asked = _asked(scenario, state, noticed)
    after = replace(
        state,
        anger=mood.anger,
        calming=mood.calming,
        over=state.over + (mood.anger >= scenario.levels[state.difficulty].limit),
        turn=state.turn + 1,
        tested=(*state.tested, *found_out(scenario, state)),
        kept=(*state.kept, *(one.rule for one in findings if one.state == "kept" and one.value is None)),
        offered=(*state.offered, *(one.id for one in noticed if one.kind == "offered")),
        told=(*state.told, *(fact.id for fact in asked)),
    )
    told = _tell(after, asked, state.anger, mood.because)
    return told or _move_on(scenario, after, kept, state.anger, mood.because)


def react(scenario: Scenario, state: State, kind: Literal["interrupted", "silence", "monologue"]) -> Reply | None:
    """What the customer says in the middle of things; None where the scenario, or the call, has no such line left.

    The anger is as it was: that it moves, the findings about the whole answer decide.
    """
    reaction = scenario.reactions.get(kind)
    voiced = min(1.0, state.anger + (FLARE if kind == "interrupted" else 0.0))
    line = wording(reaction.lines, kind, voiced, state) if reaction else None
    if line is None:
        return None
    after = replace(state, used=(*state.used, line))
    return Reply(after, line, kind, state.anger, state.anger, (), over=False, heard=voiced)


def possible(scenario: Scenario, state: State) -> tuple[str, ...]:
    """The lines that may come next, the likeliest first: those of each way from here, at the anger that is and as far
    up and down as one answer moves it."""
    here = beat(scenario, state.beat)
    names = [way.to for way in here.ways]
    temper = scenario.levels[state.difficulty]
    if state.over + 1 >= temper.patience and state.anger + LARGEST_UPSET >= temper.limit:
        names += [scenario.abuse or scenario.hang_up, scenario.hang_up]
    steps = (-LARGEST_CALM / 2, -LARGEST_CALM, 0.0, LARGEST_UPSET)
    angers = [min(1.0, max(0.0, state.anger + step)) for step in steps]
    after = replace(state, turn=state.turn + 1)
    coming: list[str | None] = []
    for anger in angers:
        for name in names:
            to = beat(scenario, name)
            coming.append(wording(to.lines, to.id, heard(to, anger), after))
    for fact in scenario.facts:
        if fact.id not in state.told:
            coming.append(wording(fact.lines, fact.id, state.anger, after))
    return tuple(dict.fromkeys(line for line in coming if line))


def _asked(scenario: Scenario, state: State, noticed: Sequence[Noticed]) -> list[Fact]:
    wanted = [one.id for one in noticed if one.kind == "asked" and one.id not in state.told]
    return [fact for fact in scenario.facts if fact.id in wanted][:MOST_FACTS]


def _tell(state: State, asked: Sequence[Fact], before: float, because: tuple[Because, ...]) -> Reply | None:
    """The answers to what was asked, if there are any."""
    lines = [(fact, wording(fact.lines, fact.id, state.anger, state)) for fact in asked]
    said = [line for _, line in lines if line]
    if not said:
        return None
    after = replace(state, used=(*state.used, *said))
    return Reply(after, " ".join(said), lines[0][0].id, before, state.anger, because, over=False, heard=state.anger)


def _move_on(
    scenario: Scenario, state: State, kept: Sequence[str], before: float, because: tuple[Because, ...]
) -> Reply:
    name = next_beat(scenario, state, kept)
    abused = state.abused or (name == scenario.abuse != "")
    return _speak(scenario, replace(state, beat=name, abused=abused), before, because)


def _speak(scenario: Scenario, state: State, before: float, because: tuple[Because, ...]) -> Reply:
    here = beat(scenario, state.beat)
    voiced = heard(here, state.anger)
    line = wording(here.lines, here.id, voiced, state) or here.lines["low"][0]
    after = replace(state, used=(*state.used, line))
    return Reply(after, line, here.id, before, state.anger, because, over=not here.ways, heard=voiced)
