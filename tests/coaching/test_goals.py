"""Goals: reached by what was measured, and by nothing that was not."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.calls import answer, turns
from tests.coaching.test_progress import call, normal
from trainer import library
from trainer.coaching.call import verdict
from trainer.coaching.goals import goals, reached
from trainer.records import Answer, Report


def report(*answers: Answer) -> Report:
    said = tuple(turns(*answers))
    return replace(call(1), turns=said, call=verdict(said, normal(), library.rules(), ""))


def test_every_goal_is_told_by_a_rule_that_there_is() -> None:
    assert [one.rule for one in goals().values() if one.rule and one.rule not in library.rules()] == []


@pytest.mark.parametrize(
    ("rates", "found"),
    [((7.5, 5.0, 4.9, 4.9, 4.9), True), ((7.5, 7.4, 5.0, 4.9, 4.9), True), ((7.5, 7.4, 7.5, 7.4, 4.8, 4.8), False)],
)
def test_who_comes_down_within_two_turns_has_reached_it(rates: Sequence[float], found: bool) -> None:
    up = [answer(rate=rate, pitch=300.0, level=-15.0, effort=-5.0) for rate in rates]  # all but the tempo stays up
    assert reached(goals()["comes-down"], report(*up)) == found


def test_who_was_never_up_has_reached_it() -> None:
    assert reached(goals()["comes-down"], report(*[answer()] * 4))


def test_who_goes_up_in_something_has_not_come_down() -> None:
    risen = [answer(rate=rate, pitch=pitch) for rate, pitch in ((7.5, 200.0), (5.0, 260.0), (4.9, 300.0), (4.9, 310.0))]
    assert not reached(goals()["comes-down"], report(*risen))


def test_what_could_not_be_measured_reaches_nothing() -> None:
    nothing = report(*[answer(rate=None, pitch=None, level=None, effort=None)] * 3)
    assert [id for id, goal in goals().items() if reached(goal, nothing)] == []


def test_the_customer_has_come_down_when_their_anger_at_the_end_is_low() -> None:
    up, goal = report(answer(), answer()), goals()["customer-comes-down"]
    down = replace(up, turns=(up.turns[0], replace(up.turns[1], anger_after=0.35)))
    assert (reached(goal, up), reached(goal, down)) == (False, True)


@pytest.mark.parametrize(("states", "found"), [(("kept", "kept"), True), (("kept", "broken"), False), ((), False)])
def test_a_rule_is_kept_when_it_was_kept_and_never_broken(states: Sequence[str], found: bool) -> None:
    assert reached(goals()["lets-them-finish"], call(1, states, "never-interrupt")) == found  # type: ignore[arg-type]
