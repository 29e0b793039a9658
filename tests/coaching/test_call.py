"""What to try next time, and a level that did not follow the voice."""

from tests.calls import answer, turns
from tests.coaching.test_compare import voice
from trainer import library
from trainer.coaching.call import verdict

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
