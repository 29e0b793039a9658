"""The customer's mind: moved only by reasons, never charmed by one phrase, and every call comes to an end."""

import random
from dataclasses import replace

import pytest

from trainer import library
from trainer.dialogue import Reply, opening, possible, react, reply
from trainer.dialogue.mood import LARGEST_CALM, LARGEST_UPSET
from trainer.records import Finding, Noticed, Scenario

VOICE = {"speak-slowly", "lower-voice"}
SCENARIOS = sorted(library.scenarios())


def finding(rule: str, state: str, value: float | None = None) -> Finding:
    return Finding(rule, (), state, None, None, False, value, None, (), "")  # type: ignore[arg-type]


def noticed(kind: str, name: str) -> Noticed:
    return Noticed(kind, name, (0.0, 1.0))  # type: ignore[arg-type]


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
    said = opening(replace(scenario, levels={"normal": replace(scenario.levels["normal"], inertia=0.0)}))
    patient = replace(scenario, levels={"normal": replace(scenario.levels["normal"], inertia=0.0)})
    falls = []
    for _ in range(4):
        said = reply(patient, said.state, [finding("apologise", "kept")])
        falls.append(said.anger_before - said.anger_after)
    assert falls == sorted(falls, reverse=True)
    assert falls[3] == pytest.approx(falls[0] / 8)


def test_the_first_calming_answer_is_half_lost_and_a_relapse_begins_anew(scenario: Scenario) -> None:
    calm, upset = [finding("lower-voice", "kept", -3.0)], [finding("never-interrupt", "broken", 1.0)]
    one = reply(scenario, opening(scenario).state, calm)
    two = reply(scenario, one.state, calm)
    three = reply(scenario, two.state, upset)
    four = reply(scenario, three.state, calm)
    falls = [said.anger_before - said.anger_after for said in (one, two, four)]
    assert falls == pytest.approx([0.5 * 0.03, 0.75 * 0.03, 0.5 * 0.03])


def test_the_harder_the_customer_the_less_an_answer_calms(scenario: Scenario) -> None:
    falls = [
        0.8 - reply(scenario, opening(scenario, 0, level).state, [finding("own-it", "kept")]).anger_after
        for level in ("easy", "normal", "hard")
    ]
    assert falls == sorted(falls, reverse=True)
    assert falls[2] > 0


def test_no_answer_moves_the_anger_by_more_than_a_step(scenario: Scenario) -> None:
    state = replace(opening(scenario).state, anger=0.5, calming=9)
    best = reply(scenario, state, [finding(rule, "kept") for rule in scenario.moves])
    worst = reply(scenario, state, [finding(rule, "broken") for rule in scenario.moves])
    assert 0.5 - LARGEST_CALM < best.anger_after < 0.45
    assert worst.anger_after == pytest.approx(0.5 + LARGEST_UPSET)


def test_the_last_of_the_anger_goes_slowly(scenario: Scenario) -> None:
    said = opening(scenario)
    everything = [finding(rule, "kept", -1.0) for rule in scenario.moves]
    falls = []
    for anger in (0.9, 0.6, 0.3, 0.1):
        said = reply(scenario, replace(said.state, anger=anger, calming=9, beat=scenario.start), everything)
        falls.append(said.anger_before - said.anger_after)
    assert falls == sorted(falls, reverse=True)
    assert falls[-1] < falls[0] / 3


def test_a_question_is_answered_and_then_the_call_goes_on_from_where_it_was(scenario: Scenario) -> None:
    first = opening(scenario)
    fact = scenario.facts[0]
    told = reply(scenario, first.state, (), [noticed("asked", fact.id)])
    assert (told.beat, told.state.beat) == (fact.id, first.beat)
    assert told.line in {line for lines in fact.lines.values() for line in lines}
    assert reply(scenario, told.state, ()).beat == reply(scenario, first.state, ()).beat


def test_a_question_that_was_answered_is_not_to_be_asked_again(scenario: Scenario) -> None:
    asked = [noticed("asked", scenario.facts[0].id)]
    told = reply(scenario, opening(scenario).state, (), asked)
    again = reply(scenario, told.state, (), asked)
    assert [reason.rule for reason in again.because] == ["asked-again"]
    assert again.anger_after > again.anger_before


def test_a_promise_that_is_not_allowed_pleases_until_it_is_tested(scenario: Scenario) -> None:
    test = next(beat for beat in scenario.beats if beat.role == "test")
    promised = reply(scenario, opening(scenario).state, (), [noticed("offered", "tomorrow")])
    assert promised.anger_after < promised.anger_before
    tested = reply(scenario, replace(promised.state, beat=test.id), ())
    assert [(reason.rule, reason.change > 0) for reason in tested.because] == [("empty-promise", True)]
    once = reply(scenario, replace(tested.state, beat=test.id), ())
    assert once.because == ()


def test_what_fits_calms_once_and_what_does_not_fit_annoys(scenario: Scenario) -> None:
    state = opening(scenario).state
    good = reply(scenario, state, (), [noticed("offered", "new-date")])
    bad = reply(scenario, state, (), [noticed("offered", "warehouse")])
    assert good.anger_after < state.anger < bad.anger_after
    assert reply(scenario, good.state, (), [noticed("offered", "new-date")]).because == ()


def test_a_customer_who_was_not_heard_repeats_the_complaint(scenario: Scenario) -> None:
    def third(findings: list[Finding]) -> str:
        said = opening(scenario)
        for _ in range(3):
            said = reply(scenario, said.state, findings)
        return next(beat.role for beat in scenario.beats if beat.id == said.beat)

    assert third([]) == "repeat"
    assert third([finding("empathise", "kept"), *(finding(rule, "kept", -1.0) for rule in VOICE)]) == "demand"


def test_interrupted_the_customer_flares_up_but_only_the_finding_moves_the_anger(scenario: Scenario) -> None:
    first = opening(scenario)
    cut = react(scenario, first.state, "interrupted")
    assert cut is not None
    assert cut.heard > first.heard
    assert cut.anger_after == first.anger_after
    assert cut.line not in first.state.used


def test_reactions_run_out_rather_than_be_said_twice(scenario: Scenario) -> None:
    state, lines = opening(scenario).state, []
    while said := react(scenario, state, "silence"):
        state = said.state
        lines.append(said.line)
    assert len(lines) == len(set(lines)) == 6
    assert react(replace(scenario, reactions={}), state, "monologue") is None


@pytest.mark.parametrize("name", SCENARIOS)
def test_ten_thousand_random_calls_end_within_bounds_and_reach_every_beat(name: str) -> None:
    scenario, chance = library.scenarios()[name], random.Random(1)
    reached: set[str] = set()
    for seed in range(10_000 // len(SCENARIOS) + 1):
        calls = _call(scenario, seed, chance)
        assert len(calls) <= 30 + len(scenario.facts)
        assert all(0.0 <= said.anger_after <= 1.0 and 0.0 <= said.heard <= 1.0 for said in calls)
        lines = [said.line for said in calls]
        assert len(set(lines)) == len(lines), "a wording was said twice"
        reached |= {said.beat for said in calls}
    assert reached == {beat.id for beat in scenario.beats} | {fact.id for fact in scenario.facts}


def _call(scenario: Scenario, seed: int, chance: random.Random) -> list[Reply]:
    """A trainee of random skill, who keeps, breaks, asks and offers by chance, some much and some hardly anything."""
    skill, speaks, asks, offers = chance.random(), chance.random() ** 2, chance.random() ** 2, chance.random() ** 2
    said = opening(scenario, seed, chance.choice(("easy", "normal", "hard")))
    calls = [said]
    while not said.over:
        findings = [
            finding(rule, "kept" if chance.random() < skill else "broken", 1.0 if rule in VOICE else None)
            for rule in scenario.moves
            if chance.random() < speaks
        ]
        dealings = [noticed("asked", fact.id) for fact in scenario.facts if chance.random() < asks / 3]
        dealings += [noticed("offered", offer.id) for offer in scenario.offers if chance.random() < offers / 3]
        said = reply(scenario, said.state, findings, dealings)
        calls.append(said)
    return calls


def test_the_same_call_is_the_same_call(scenario: Scenario) -> None:
    assert _call(scenario, 7, random.Random(3)) == _call(scenario, 7, random.Random(3))


@pytest.mark.parametrize("name", SCENARIOS)
def test_nearly_every_line_that_comes_was_among_those_that_may_come(name: str) -> None:
    """What was not costs time, never a line: a station that has nothing new to say is passed by."""
    scenario, chance = library.scenarios()[name], random.Random(2)
    expected = []
    for seed in range(20):
        for state in ("kept", "broken"):
            said = opening(scenario, seed)
            while not said.over:
                coming = possible(scenario, said.state)
                rules = [finding(rule, state) for rule in scenario.moves if chance.random() < 0.5]
                said = reply(scenario, said.state, rules)
                expected.append(said.line in coming)
    assert sum(expected) / len(expected) >= 0.95
