"""Too slow, too soft, too flat: kept, and overdone."""

from dataclasses import replace

from tests.coaching.test_compare import voice
from trainer.coaching import guards
from trainer.coaching.voice import Judged
from trainer.records import Measures

NORMAL = voice(5.0, 200.0, -25.0, -15.0, speech_s=20.0)
KEPT = Judged("pitch", "kept", "baseline", None, None)
BANDS = {"too_slow_from_percent": 30.0, "too_soft_from_db": 10.0, "too_flat_under_st": 3.0, "too_flat_share": 0.5}


def flat(span_st: float | None, speech_s: float = 6.0, normal_st: float | None = 6.0) -> str | None:
    def with_span(one: Measures, st: float | None) -> Measures:
        return replace(one, pitch=replace(one.pitch, span_st=st))

    answer = with_span(voice(speech_s=speech_s), span_st)
    return guards.softness(KEPT, answer, with_span(NORMAL, normal_st), BANDS).reason


def test_too_flat_is_under_three_semitones_and_under_half_of_ones_own_melody() -> None:
    assert flat(2.9) == "too_flat"
    assert flat(3.0) is None
    assert flat(2.9, normal_st=5.8) is None
    assert flat(2.9, normal_st=5.9) == "too_flat"
    assert flat(2.9, speech_s=5.9) is None  # too short to tell
    assert flat(None) is None and flat(1.0, normal_st=None) is None


def test_too_slow_and_too_soft_begin_at_their_bands() -> None:
    def slow(rate: float) -> str | None:
        return guards.tempo(replace(KEPT, quantity="rate"), voice(rate=rate), NORMAL, BANDS).reason

    def soft(level: float) -> str | None:
        return guards.softness(KEPT, voice(level=level), NORMAL, BANDS).reason

    assert (slow(3.49), slow(3.51)) == ("too_slow", None)
    assert (soft(-35.0), soft(-34.9)) == ("too_soft", None)


def test_without_bands_or_a_baseline_nothing_is_overdone() -> None:
    faint = replace(voice(rate=1.0, level=-60.0), pitch=replace(voice().pitch, span_st=0.5))
    assert guards.softness(KEPT, faint, NORMAL, {}).reason is None
    assert guards.tempo(KEPT, faint, NORMAL, {}).reason is None
    assert guards.softness(KEPT, faint, None, BANDS).reason is None


def test_what_was_not_kept_is_left_as_it_is() -> None:
    broken = replace(KEPT, state="broken")
    assert guards.softness(broken, voice(level=-60.0), NORMAL, BANDS) == broken
    assert guards.tempo(broken, voice(rate=1.0), NORMAL, BANDS) == broken
