"""The customer's mind: moved only by reasons, never charmed by one phrase, and every call comes to an end."""

import random

import pytest

from trainer import library
from trainer.dialogue import Reply, opening, possible, reply
from trainer.records import Finding, Scenario


def finding(rule: str, state: str, value: float | None = None) -> Finding:
    return Finding(rule, (), state, None, None, False, value, None, (), "")  # type: ignore[arg-type]


@pytest.fixture
def scenario() -> Scenario:
    return library.scenarios()["late-delivery"]


def test_anger_does_not_move_by_itself(scenario: Scenario) -> None:
    first = opening(scenario)
    second = reply(scenario, first.state, ())
    assert second.anger_after == first.anger_after
    assert second.because == ()


def test_each_change_names_its_reasons_and_they_add_up(scenario: Scenario) -> None:
    first = opening(scenario)
    second = reply(scenario, first.state, [finding("apologise", "kept"), finding("never-interrupt", "broken", 1.0)])
    assert {reason.rule for reason in second.because} == {"apologise", "never-interrupt"}
    assert sum(reason.change for reason in second.because) == pytest.approx(second.anger_after - second.anger_before)


def test_one_phrase_said_again_and_again_does_not_charm(scenario: Scenario) -> None:
    said = opening(scenario)
    falls = []
    for _ in range(4):
        said = reply(scenario, said.state, [finding("apologise", "kept")])
        falls.append(said.anger_before - said.anger_after)
    assert falls == sorted(falls, reverse=True)
    assert falls[3] == pytest.approx(falls[0] / 8)


def test_two_thousand_random_calls_end_within_bounds_and_reach_every_beat(scenario: Scenario) -> None:
    chance = random.Random(1)
    reached: set[str] = set()
    for seed in range(2000):
        calls = _call(scenario, seed, chance)
        assert len(calls) <= 14
        assert all(0.0 <= said.anger_after <= 1.0 for said in calls)
        lines = [said.line for said in calls]
        assert len(set(lines)) == len(lines), "a wording was said twice"
        reached |= {said.beat for said in calls}
    assert reached == {beat.id for beat in scenario.beats}


def _call(scenario: Scenario, seed: int, chance: random.Random) -> list[Reply]:
    skill = chance.random()
    said = opening(scenario, seed)
    calls = [said]
    while not said.over:
        findings = [
            finding(rule, "kept" if chance.random() < skill else "broken", 1.0 if "-" in rule else None)
            for rule in scenario.moves
            if chance.random() < 0.7
        ]
        said = reply(scenario, said.state, findings)
        calls.append(said)
    return calls


def test_the_same_call_is_the_same_call(scenario: Scenario) -> None:
    assert _call(scenario, 7, random.Random(3)) == _call(scenario, 7, random.Random(3))


def test_every_line_that_comes_was_among_those_that_may_come(scenario: Scenario) -> None:
    for seed in range(20):
        for state in ("kept", "broken"):
            said = opening(scenario, seed)
            while not said.over:
                coming = possible(scenario, said.state)
                assert len(coming) <= 12
                said = reply(scenario, said.state, [finding(rule, state) for rule in scenario.moves])
                assert said.line in coming
