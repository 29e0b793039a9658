"""What an answer shows: in the right unit, by the quantity that speaks most clearly, with its short neighbours."""

from dataclasses import replace

import pytest

from tests.coaching.test_compare import voice
from trainer.coaching.voice import judge, lower_voice
from trainer.records import Measures

NORMAL = voice(5.0, 200.0, -25.0, -15.0, speech_s=20.0)


def test_a_change_of_tempo_is_told_in_percent_and_one_of_pitch_in_semitones() -> None:
    assert judge("rate", voice(rate=6.5), NORMAL, []).value == pytest.approx(30.0)
    assert judge("pitch", voice(pitch=300.0), NORMAL, []).value == pytest.approx(7.02, abs=0.01)


def test_pitch_and_volume_are_one_finding_by_what_speaks_most_clearly() -> None:
    assert lower_voice(voice(pitch=300.0, level=-20.0), NORMAL, []).quantity == "pitch"  # 3.5 and 1.3 times chance
    assert lower_voice(voice(pitch=230.0, level=-10.0), NORMAL, []).quantity == "level"  # 1.2 and 3.9 times


def test_effort_stands_in_where_the_level_cannot_be_trusted_or_compared() -> None:
    assert lower_voice(voice(pitch=None, level=-15.0), NORMAL, []).quantity == "level"
    assert lower_voice(voice(pitch=None, level=None, effort=-5.0), NORMAL, []).quantity == "effort"
    other_device = replace(NORMAL, level=voice(level=None).level)
    assert lower_voice(voice(pitch=None, level=-15.0, effort=-5.0), other_device, []).quantity == "effort"
    nothing = replace(other_device, effort=voice(effort=None).effort)
    assert lower_voice(voice(pitch=None, level=-15.0, effort=-5.0), nothing, []).reason == "too_noisy"
    assert lower_voice(voice(pitch=None, level=-15.0, effort=None), other_device, []).reason == "too_noisy"


def test_a_short_answer_is_taken_together_with_two_short_ones_before_it_at_most() -> None:
    def short(hz: float, speech_s: float = 2.0) -> Measures:
        return voice(pitch=hz, speech_s=speech_s)

    high = [short(200.0), *[short(236.0)] * 4]
    found = judge("pitch", short(236.0), NORMAL, high)
    assert (found.pooled_with, found.state) == ((3, 4), "broken")
    long = [short(200.0), short(236.0), short(236.0, 6.0)]
    assert judge("pitch", short(236.0), NORMAL, long).pooled_with == ()
