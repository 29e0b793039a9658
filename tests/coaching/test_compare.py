"""Verdicts: nothing is claimed within chance, and swapping the sides turns every verdict round."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.coaching.compare import compare, difference
from trainer.coaching.quantity import Pooled
from trainer.coaching.thresholds import clear_limit, limit
from trainer.records import Effort, Level, Measures, Pitch, Quality, Rate, Transcript

OPPOSITE = {
    "clearly_lower": "clearly_higher",
    "lower": "higher",
    "no_clear_change": "no_clear_change",
    "higher": "lower",
    "clearly_higher": "clearly_lower",
}


def voice(
    rate: float | None = 5.0,
    pitch: float | None = 200.0,
    level: float | None = -25.0,
    effort: float | None = -15.0,
    speech_s: float = 10.0,
) -> Measures:
    """Measures with given values; None is a measure that could not be taken."""
    no = ("not_measurable", "too_noisy")
    ok = ("ok", None)
    return Measures(
        file="",
        duration_s=speech_s,
        speech_s=speech_s,
        transcript=Transcript("en", "", ()),
        rate=Rate(*(ok if rate else no), rate, 150.0 if rate else None, 25, 40, ()),  # type: ignore[arg-type]
        pitch=Pitch(*(ok if pitch else no), pitch, 6.0, 4.0),  # type: ignore[arg-type]
        level=Level(*(ok if level else no), level, -6.0, 0.0),  # type: ignore[arg-type]
        effort=Effort(*(ok if effort else no), effort),  # type: ignore[arg-type]
        quality=Quality(40.0, ()),
    )


def test_two_recordings_alike_show_no_clear_change() -> None:
    found = compare(voice(), voice())
    assert {found.rate.verdict, found.pitch.verdict, found.volume.verdict, found.effort.verdict} == {"no_clear_change"}
    assert found.assumes == "same gain"


def test_a_voice_that_came_down_in_everything_is_clearly_lower() -> None:
    found = compare(voice(6.5, 300.0, -15.0, -8.0), voice(4.5, 200.0, -25.0, -15.0))
    assert found.rate.verdict == "clearly_slower"
    assert found.pitch.verdict == "clearly_lower"
    assert found.volume.verdict == "clearly_lower"
    assert found.effort.verdict == "clearly_lower"
    assert found.pitch.change_st == pytest.approx(-7.02, abs=0.01)  # 12 · log2(2/3)


def test_what_cannot_be_measured_on_one_side_is_not_judged_and_says_why() -> None:
    found = compare(voice(level=None), voice(rate=None))
    assert (found.volume.verdict, found.volume.change_db, found.volume.reason) == ("not_measurable", None, "too_noisy")
    assert (found.rate.verdict, found.rate.reason) == ("not_measurable", "too_noisy")
    assert found.pitch.verdict == "no_clear_change"


def test_a_rate_change_claims_exactly_from_its_printed_threshold_on() -> None:
    found = compare(voice(rate=5.0, speech_s=8.0), voice(rate=4.0, speech_s=8.0))
    assert found.rate.change_percent == pytest.approx(-20.0)
    # 18 % faster is undone by 15.25 % slower: the threshold is the one on the side of the change
    assert found.rate.threshold_percent == pytest.approx(15.25, abs=0.01)
    assert found.rate.verdict == "slower"


def test_a_level_that_does_not_go_where_pitch_and_effort_went_is_withheld() -> None:
    found = compare(voice(pitch=300.0, level=-20.0, effort=-8.0), voice(pitch=200.0, level=-20.5, effort=-16.0))
    assert (found.volume.verdict, found.volume.reason) == ("not_measurable", "level_and_effort_disagree")


def test_a_noise_that_rises_as_the_voice_falls_is_a_witness_too() -> None:
    loud, soft = voice(pitch=300.0, level=-20.0), voice(pitch=200.0, level=-20.5)
    assert compare(loud, soft).volume.verdict == "no_clear_change"  # the pitch alone proves nothing
    soft = replace(soft, quality=Quality(25.0, ()))  # 15 dB nearer to the noise than the 40 of the other
    assert compare(loud, soft).volume.reason == "level_and_effort_disagree"


def test_a_noise_that_is_only_the_converters_is_no_witness() -> None:
    loud, soft = voice(pitch=300.0, level=-20.0), voice(pitch=200.0, level=-20.5)
    soft = replace(soft, quality=Quality(25.0, ()))
    for snr_db, doubted in ((60.0, True), (60.1, False)):
        told = replace(loud, quality=Quality(snr_db, ()))
        for before, after in ((told, soft), (soft, told)):
            assert (compare(before, after).volume.reason == "level_and_effort_disagree") is doubted
    assert compare(replace(loud, quality=Quality(None, ())), soft).volume.verdict == "no_clear_change"


def test_a_level_is_not_doubted_where_it_went_with_the_voice() -> None:
    found = compare(voice(pitch=300.0, level=-15.0, effort=-8.0), voice(pitch=200.0, level=-25.0, effort=-16.0))
    assert found.volume.verdict == "clearly_lower"


values = st.floats(-20, 20, allow_nan=False)
lengths = st.floats(2, 60)


@given(quantity=st.sampled_from(["rate", "pitch", "level", "effort"]), old=values, new=values, a=lengths, b=lengths)
def test_swapping_the_sides_turns_the_verdict_round(quantity: str, old: float, new: float, a: float, b: float) -> None:
    there = difference(quantity, Pooled(old, a), Pooled(new, b))  # type: ignore[arg-type]
    back = difference(quantity, Pooled(new, b), Pooled(old, a))  # type: ignore[arg-type]
    assert back.verdict == OPPOSITE[there.verdict]
    assert back.change == pytest.approx(-there.change)


@given(quantity=st.sampled_from(["rate", "pitch", "level", "effort"]), shorter=lengths, more=st.floats(0, 30))
def test_more_speech_never_widens_a_threshold(quantity: str, shorter: float, more: float) -> None:
    assert limit(quantity, shorter + more) <= limit(quantity, shorter)  # type: ignore[arg-type]
    assert clear_limit(quantity, shorter) >= limit(quantity, shorter)  # type: ignore[arg-type]


def test_clearly_never_says_less_than_three_semitones() -> None:
    assert clear_limit("pitch", 60.0) == 3.0
    assert difference("pitch", Pooled(0.0, 60.0), Pooled(-2.9, 60.0)).verdict == "lower"
    assert difference("pitch", Pooled(0.0, 60.0), Pooled(-3.0, 60.0)).verdict == "clearly_lower"
