"""Where the call goes: to the first way of which everything holds, on past beats that have nothing new to say, and
to the end of the customer's patience."""

from collections.abc import Sequence

from trainer.dialogue.state import State
from trainer.dialogue.wording import beat, fresh
from trainer.records import Scenario, Way

MOST_TURNS = 30
"""No call is longer, whatever a scenario says."""


def next_beat(scenario: Scenario, state: State, kept: Sequence[str]) -> str:
    """The beat that follows after an answer that kept these rules."""
    if state.turn > MOST_TURNS:
        return scenario.hang_up
    if had_enough(scenario, state):
        return scenario.abuse if scenario.abuse and not state.abused else scenario.hang_up
    return _onward(scenario, state, kept)


def had_enough(scenario: Scenario, state: State) -> bool:
    """Whether the customer has borne enough, and does not calm down."""
    temper = scenario.levels[state.difficulty]
    return state.over >= temper.patience and state.anger >= temper.limit


def _onward(scenario: Scenario, state: State, kept: Sequence[str]) -> str:
    here = beat(scenario, state.beat)
    for _ in scenario.beats:
        way = next((way for way in here.ways if _holds(way, state, kept)), None)
        if way is None:
            return scenario.hang_up
        here = beat(scenario, way.to)
        if not here.ways or fresh(here, state.anger, state):
            return here.id
    return scenario.hang_up


def _holds(way: Way, state: State, kept: Sequence[str]) -> bool:
    ever = {*state.kept, *kept}
    return (
        (way.below is None or state.anger < way.below)
        and (way.above is None or state.anger >= way.above)
        and set(way.kept) <= set(kept)
        and set(way.ever) <= ever
        and not set(way.never) & ever
        and (not way.offered or bool(set(way.offered) & set(state.offered)))
        and set(way.known) <= set(state.told)
    )
