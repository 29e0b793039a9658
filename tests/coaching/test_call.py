"""What to try next time, a level that did not follow the voice, and which words were missed when."""

from dataclasses import replace

from tests.calls import answer, turns
from tests.coaching.test_compare import voice
from trainer import library
from trainer.coaching.call import verdict
from trainer.exports import sentences
from trainer.records import Finding, Role, State, Turn

NORMAL = voice(5.0, 200.0, -25.0, -15.0, speech_s=20.0)
RULES = library.rules()


def test_who_came_down_late_is_told_to_come_down_sooner() -> None:
    rates = (6.6, 6.6, 6.6, 5.0, 4.9, 4.8)
    found = verdict(turns(*(answer(rate=rate) for rate in rates)), NORMAL, RULES, "Mrs Kowalska")
    assert found.slowed_down.outcome == "came_down" and found.slowed_down.since_turn == 4
    assert any("from turn 4 on" in advice for advice in found.next_time)
    assert len(found.next_time) == 3


def test_who_was_at_their_own_normal_all_along_is_not_told_to_slow_down() -> None:
    found = verdict(turns(*(answer(rate=5.0) for _ in range(6))), NORMAL, RULES, "Mrs Kowalska")
    assert found.slowed_down.outcome == "stayed_calm"
    assert not any("tempo" in advice for advice in found.next_time)


def test_a_level_that_stays_while_pitch_and_effort_fall_is_not_believed() -> None:
    falling = [answer(pitch=hz, effort=db, level=-20.0) for hz, db in ((300, -8), (290, -9), (210, -16), (200, -17))]
    found = verdict(turns(*falling), NORMAL, RULES, "Mrs Kowalska")
    assert found.lowered_pitch.outcome == found.lowered_effort.outcome == "came_down"
    assert (found.lowered_volume.outcome, found.lowered_volume.reason) == (
        "not_measurable",
        "level_and_effort_disagree",
    )


def test_without_a_sound_check_and_with_silence_the_advice_begins_there() -> None:
    silent = answer(rate=None, pitch=None, level=None, effort=None, speech_s=0.0)
    found = verdict(turns(answer(), answer(), silent), None, {}, "Mrs Kowalska")
    assert "Say something to every line" in found.next_time[0]
    assert "trainer soundcheck" in found.next_time[1]
    assert verdict(turns(answer(), answer()), NORMAL, {}, "Mrs Kowalska").next_time == ()


ROLES: dict[str, Role] = {"hello": "opening", "tale": "story", "what-now": "demand"}


def heard(turn: Turn, beat: str, **states: State) -> Turn:
    found = tuple(
        Finding(rule.replace("_", "-"), (), state, None, None, False, None, None, (), "")
        for rule, state in states.items()
    )
    return replace(turn, line=replace(turn.line, beat=beat), findings=found)


def test_what_was_due_and_never_said_is_missed_with_its_moment_and_what_was_not_due_counts_against_nobody() -> None:
    nothing: State = "not_called_for"
    first, second, third = turns(answer(), answer(), answer())
    call = [
        heard(first, "hello", give_your_name="kept", apologise=nothing, follow_up=nothing),
        heard(second, "tale", give_your_name=nothing, apologise=nothing, follow_up=nothing),
        heard(third, "what-now", give_your_name=nothing, apologise=nothing, follow_up=nothing),
    ]
    found = verdict(call, NORMAL, RULES, "Mrs Kowalska", ROLES, "the washing machine")
    words = {one.rule: (one.state, one.turns) for one in found.words}
    assert words["give-your-name"] == ("kept", (1,))
    assert words["apologise"] == ("missed", (2,))
    assert words["follow-up"] == ("not_called_for", ())
    assert words["own-it"] == ("not_measurable", ())
    assert found.next_time == ("Say it once, and mean it: I am sorry about the washing machine, Mrs Kowalska.",)
    assert sentences.rules_over_call(found)[2:] == ["Apologise: missed (turn 2 would have been the moment)"]


def test_understanding_is_due_once_more_when_the_customer_says_it_all_again() -> None:
    first, second = turns(answer(), answer())
    roles: dict[str, Role] = {"tale": "story", "once-more": "repeat"}
    told = heard(first, "tale", empathise="kept", apologise="kept")
    state: State
    for state, expected in (("not_called_for", ("missed", (2,))), ("kept", ("kept", (1, 2)))):
        again = heard(second, "once-more", empathise=state, apologise="not_called_for")
        words = {one.rule: (one.state, one.turns) for one in verdict([told, again], NORMAL, RULES, "", roles).words}
        assert words["empathise"] == expected
        assert words["apologise"] == ("kept", (1,))


def test_an_apology_that_comes_late_is_not_missed() -> None:
    first, second = turns(answer(), answer())
    call = [heard(first, "tale", apologise="not_called_for"), heard(second, "what-now", apologise="kept")]
    words = {one.rule: one.state for one in verdict(call, NORMAL, RULES, "", ROLES).words}
    assert words["apologise"] == "kept"
