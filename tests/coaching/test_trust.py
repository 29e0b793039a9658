"""When to keep silent: the table of conditions, each at its edge, with the reason that is given."""

from dataclasses import replace

import pytest

from trainer.coaching import trust
from trainer.coaching.trust import Numbers
from trainer.records import Effort, Level, Pitch, Rate

GOOD = Numbers(
    speech_s=8.0,
    active_dbfs=-25.0,
    peak_dbfs=-8.0,
    lufs=-24.0,
    clipped_fraction=0.0,
    snr_db=40.0,
    median_hz=200.0,
    span_st=6.0,
    voiced_s=5.0,
    alpha_ratio_db=-12.0,
    articulation_syllables_per_s=5.0,
    speech_words_per_min=180.0,
    words=28,
    syllables=40,
    unsure_fraction=0.1,
    pauses=((1.0, 1.5),),
    whole_s=9.0,
    trackers_apart_st=0.1,
    nuclei=36,
    filled_pauses=((3.0, 3.3),),
)
ALL = (trust.pitch, trust.level, trust.effort, trust.rate)


def reasons(seen: Numbers) -> dict[str, str | None]:
    """What is refused, and why; None where it is measured."""
    found: dict[str, Rate | Pitch | Level | Effort] = {judge.__name__: judge(seen) for judge in ALL}
    return {name: one.reason if one.status == "not_measurable" else None for name, one in found.items()}


def refused(seen: Numbers) -> set[str]:
    return {name for name, reason in reasons(seen).items() if reason}


def test_a_good_recording_gives_every_number_as_it_is() -> None:
    assert trust.pitch(GOOD) == Pitch("ok", None, 200.0, 6.0, 5.0)
    assert trust.level(GOOD) == Level("ok", None, -25.0, -8.0, 0.0, -24.0)
    assert trust.effort(GOOD) == Effort("ok", None, -12.0)
    assert trust.rate(GOOD) == Rate("ok", None, 5.0, 180.0, 28, 40, ((1.0, 1.5),), 36, ((3.0, 3.3),), 9.0)
    assert trust.quality(GOOD).warnings == ()


@pytest.mark.parametrize(("speech_s", "silent"), [(0.0, True), (1.99, True), (2.0, False)])
def test_under_two_seconds_of_speech_nothing_is_measured(speech_s: float, silent: bool) -> None:
    names = {judge.__name__ for judge in ALL}
    assert refused(replace(GOOD, speech_s=speech_s)) == (names if silent else set())


def test_no_speech_is_told_from_too_little() -> None:
    assert reasons(replace(GOOD, speech_s=0.0))["pitch"] == "no_speech"
    assert reasons(replace(GOOD, active_dbfs=None))["pitch"] == "no_speech"
    assert reasons(replace(GOOD, speech_s=1.0))["pitch"] == "too_little_speech"


@pytest.mark.parametrize(("speech_s", "warns"), [(5.99, True), (6.0, False)])
def test_under_six_seconds_there_is_a_warning(speech_s: float, warns: bool) -> None:
    for judge in ALL:
        found = judge(replace(GOOD, speech_s=speech_s))
        assert (found.status, found.reason) == (("warn", "short") if warns else ("ok", None))


def test_in_noise_only_surely_recognised_words_are_measured() -> None:
    noisy = replace(GOOD, snr_db=14.9)
    assert set(reasons(noisy).values()) == {"too_noisy"}
    assert refused(replace(noisy, unsure_fraction=0.0)) == {"pitch", "level", "effort"}
    assert refused(replace(GOOD, snr_db=15.0)) == set()
    assert refused(replace(GOOD, snr_db=None)) == set()


@pytest.mark.parametrize(
    ("snr_db", "warning"), [(14.9, "too_noisy"), (15.0, "noisy"), (19.9, "noisy"), (20.0, None), (None, None)]
)
def test_noise_is_named_in_the_warnings(snr_db: float | None, warning: str | None) -> None:
    assert trust.quality(replace(GOOD, snr_db=snr_db)).warnings == ((warning,) if warning else ())
    assert trust.pitch(replace(GOOD, snr_db=19.9)).reason == "noisy"
    assert trust.pitch(replace(GOOD, snr_db=20.0)).reason is None


@pytest.mark.parametrize(("share", "silent"), [(0.005, False), (0.0051, True)])
def test_clipping_forbids_volume_and_effort_alone(share: float, silent: bool) -> None:
    seen = replace(GOOD, clipped_fraction=share)
    assert refused(seen) == ({"level", "effort"} if silent else set())
    assert ("clipped" in trust.quality(seen).warnings) is silent


def test_gain_control_forbids_volume_alone() -> None:
    seen = replace(GOOD, gain_riding=True)
    assert reasons(seen) == {"pitch": None, "level": "gain_control", "effort": None, "rate": None}
    assert trust.quality(seen).warnings == ("gain_control",)


def test_a_second_voice_warns_of_everything_and_forbids_nothing() -> None:
    seen = replace(GOOD, second_voice=True)
    assert {judge(seen).reason for judge in ALL} == {"second_voice"}
    assert {judge(seen).status for judge in ALL} == {"warn"}
    assert trust.quality(seen).warnings == ("second_voice",)


def test_a_whisper_has_words_and_a_level_but_no_pitch() -> None:
    seen = replace(GOOD, median_hz=None, span_st=None, alpha_ratio_db=None, nuclei=0)
    assert reasons(seen) == {"pitch": "no_pitch", "level": None, "effort": "no_pitch", "rate": None}


@pytest.mark.parametrize(("apart_st", "silent"), [(2.0, False), (2.01, True), (-2.01, True), (None, False)])
def test_two_trackers_that_disagree_forbid_the_pitch_alone(apart_st: float | None, silent: bool) -> None:
    assert refused(replace(GOOD, trackers_apart_st=apart_st)) == ({"pitch"} if silent else set())


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (replace(GOOD, words=None, syllables=None), "no_words"),
        (replace(GOOD, words=0), "no_words"),
        (replace(GOOD, words=7), "too_few_words"),
        (replace(GOOD, words=8), None),
        (replace(GOOD, unsure_fraction=0.25), None),
        (replace(GOOD, unsure_fraction=0.26), "unsure_words"),
        (replace(GOOD, nuclei=80), None),  # half a syllable a nucleus
        (replace(GOOD, nuclei=81), "words_unlike_sound"),
        (replace(GOOD, nuclei=16), None),  # two and a half
        (replace(GOOD, nuclei=15), "words_unlike_sound"),
        (replace(GOOD, nuclei=0), "words_unlike_sound"),
        (replace(GOOD, overlooked_s=0.05 * GOOD.speech_s), None),
        (replace(GOOD, overlooked_s=0.051 * GOOD.speech_s), "words_missing"),
        (replace(GOOD, articulation_syllables_per_s=10.0), None),
        (replace(GOOD, articulation_syllables_per_s=10.1), "words_unlike_sound"),
    ],
)
def test_the_rate_is_refused_where_its_words_cannot_be_right(seen: Numbers, reason: str | None) -> None:
    assert reasons(seen) == {"pitch": None, "level": None, "effort": None, "rate": reason}


def test_what_is_refused_has_no_numbers_but_keeps_its_pauses() -> None:
    seen = replace(GOOD, speech_s=1.0)
    assert trust.rate(seen) == Rate(
        "not_measurable", "too_little_speech", None, None, None, None, GOOD.pauses, None, GOOD.filled_pauses
    )
    assert trust.pitch(seen) == Pitch("not_measurable", "too_little_speech", None, None, None)
    assert trust.level(seen) == Level("not_measurable", "too_little_speech", None, None, None)
    assert trust.effort(seen) == Effort("not_measurable", "too_little_speech", None)
