"""One's own normal voice: what of a sound check counts, when it is refused, and whether it is this person's at all."""

from dataclasses import replace

import pytest

from tests.coaching.test_compare import voice
from trainer.coaching import baseline as own
from trainer.coaching import call
from trainer.coaching import voice as judging
from trainer.coaching.course import course
from trainer.records import Baseline, Measures

TAKEN = "2026-11-24T08:00:00+00:00"
HEADSET = "Jabra"
NORMAL = voice(5.0, 200.0, -25.0, -15.0, speech_s=20.0)


def taken(fit: bool = True) -> Baseline:
    return Baseline("Anna", HEADSET, TAKEN, NORMAL, NORMAL, not fit, fit, ())


def known(normal: Measures | None) -> set[str]:
    """The quantities that a normal voice can be compared in."""
    assert normal is not None
    return {name for name in ("rate", "pitch", "level", "effort") if getattr(normal, name).status == "ok"}


@pytest.mark.parametrize(
    ("device", "at", "notes", "compared"),
    [
        (HEADSET, "2026-11-24T08:01:00+00:00", (), {"rate", "pitch", "level", "effort"}),
        (HEADSET, "2026-11-24T11:59:00+00:00", (), {"rate", "pitch", "level", "effort"}),
        (HEADSET, "2026-11-24T14:00:00+02:00", (), {"rate", "pitch", "level", "effort"}),  # the same clock, elsewhere
        (HEADSET, "2026-11-24T12:01:00+00:00", ("other_session",), {"rate", "pitch", "effort"}),
        (HEADSET, "2026-11-23T08:00:00+00:00", ("other_session",), {"rate", "pitch", "effort"}),  # a clock set back
        ("Laptop", "2026-11-24T08:01:00+00:00", ("other_device",), {"rate", "pitch"}),
        (HEADSET, "2026-12-25T08:00:00+00:00", ("other_session", "old_baseline"), {"rate", "pitch", "effort"}),
    ],
)
def test_volume_counts_on_the_same_device_in_the_same_session_only(
    device: str, at: str, notes: tuple[str, ...], compared: set[str]
) -> None:
    found = own.reference(taken(), device, at)
    assert found.notes == notes
    assert known(found.normal) == compared


def test_a_volume_that_was_not_fit_at_the_sound_check_is_not_compared() -> None:
    found = own.reference(taken(fit=False), HEADSET, TAKEN)
    assert found.notes == ("not_fit_for_volume",)
    assert known(found.normal) == {"rate", "pitch", "effort"}


def test_a_tempo_that_is_switched_off_is_absent_and_all_else_stays() -> None:
    found = own.reference(taken(), HEADSET, TAKEN, without_rate=True)
    assert found.notes == ("switched_off",)
    assert known(found.normal) == {"pitch", "level", "effort"}
    assert own.reference(None, HEADSET, TAKEN, without_rate=True).notes == ("no_baseline", "switched_off")


def test_what_is_withheld_has_no_number_and_keeps_its_pauses() -> None:
    heard = replace(NORMAL, rate=replace(NORMAL.rate, pauses=((1.0, 1.5),), nuclei=40))
    rate = own.without(heard, "rate", "switched_off").rate
    assert (rate.status, rate.reason, rate.pauses) == ("not_measurable", "switched_off", ((1.0, 1.5),))
    assert {rate.articulation_syllables_per_s, rate.speech_words_per_min, rate.words, rate.nuclei} == {None}


def test_one_person_reading_and_telling_is_a_baseline() -> None:
    reading = voice(4.5, 212.0, -24.0, -13.0, speech_s=10.0)  # a semitone higher, slower, a little more effort
    assert own.refused(reading, NORMAL) is None


@pytest.mark.parametrize(
    ("reading", "why"),
    [
        (replace(NORMAL, quality=replace(NORMAL.quality, warnings=("too_noisy",))), "too_noisy"),
        (replace(NORMAL, quality=replace(NORMAL.quality, warnings=("second_voice",))), "second_voice"),
        (voice(pitch=120.0), "not_one_voice"),  # a man reads for a woman
        (voice(effort=-6.0), "not_one_voice"),  # read as if to a full hall
    ],
)
def test_a_bad_sound_check_is_refused_whichever_part_is_bad(reading: Measures, why: str) -> None:
    assert own.refused(reading, NORMAL) == why
    assert own.refused(NORMAL, reading) == why


@pytest.mark.parametrize(
    ("heard", "fits"),
    [
        (voice(pitch=200.0), True),
        (voice(pitch=170.0), True),  # a soothing voice: 2.8 st below
        (voice(pitch=245.0), True),  # a telephone voice: 3.5 st above without effort
        (voice(pitch=356.0, effort=-6.5), True),  # a shout: 10 st and 8.5 dB of effort
        (voice(pitch=252.0, effort=-12.5), True),  # half a shout
        (voice(pitch=110.0), False),  # a man at a woman's headset
        (voice(pitch=110.0, effort=-6.5), False),  # and one who shouts
        (voice(pitch=340.0), False),  # 9 st above without any effort
        (voice(pitch=340.0, effort=-20.0), False),
        (voice(pitch=340.0, effort=None), True),  # without effort nobody can tell: it may be a shout
        (voice(pitch=110.0, effort=None), False),
        (voice(pitch=None), True),
        (voice(pitch=110.0, speech_s=5.9), True),  # too little to say so
    ],
)
def test_only_what_no_excitement_explains_is_anothers_voice(heard: Measures, fits: bool) -> None:
    assert own.fits(NORMAL, [heard]) is fits


def test_a_call_in_anothers_voice_is_held_against_its_own_answers_and_says_so() -> None:
    answers = [voice(6.0, 130.0, -18.0, -9.0), voice(5.0, 105.0, -25.0, -15.0), voice(4.8, 100.0, -26.0, -15.0)]
    found = own.against(own.reference(taken(), HEADSET, TAKEN), answers)
    assert found.notes == ("not_this_voice",)
    assert known(found.normal) == set()
    assert course("pitch", answers, found.normal).outcome == "came_down"
    first = judging.judge("pitch", answers[0], found.normal, ())
    assert (first.state, first.reason) == ("not_measurable", "not_this_voice")
    second = judging.judge("pitch", answers[1], found.normal, answers[:1])
    assert (second.state, second.against) == ("kept", "first")


def test_what_cannot_be_told_without_the_baseline_names_why_there_is_none() -> None:
    same = [voice(), voice(), voice()]
    other = own.reference(taken(), "Laptop", TAKEN).normal
    assert course("level", same, other).reason == "other_device"
    assert course("level", same, None).reason == "no_baseline"
    assert course("pitch", same, other).outcome == "stayed_calm"
    assert call.verdict((), None, {}, "").pace_then_lead.reason == "no_baseline"


def test_in_another_session_effort_stands_in_for_the_volume() -> None:
    normal = own.reference(taken(), HEADSET, "2026-11-25T08:00:00+00:00").normal
    strained = voice(pitch=200.0, level=-25.0, effort=-7.0)
    found = judging.lower_voice(strained, normal, ())
    assert (found.quantity, found.state, found.against) == ("effort", "broken", "baseline")
