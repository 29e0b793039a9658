"""The verdict of a call: came down, stayed at one's own normal, did not, went up, or cannot be told."""

from dataclasses import replace

from tests.coaching.test_compare import voice
from trainer.coaching.course import course, ends
from trainer.records import Level

NORMAL = voice(5.0, 200.0, -25.0, -15.0, speech_s=20.0)


def test_a_trainee_who_comes_down_is_told_so_and_since_which_turn() -> None:
    rates = [6.6, 6.6, 5.9, 5.0, 4.9, 4.8]
    found = course("rate", [voice(rate=rate) for rate in rates], NORMAL)
    assert found.outcome == "came_down"
    assert found.since_turn == 4
    assert found.change and found.change.percent < -15


def test_a_trainee_at_their_own_normal_from_the_first_word_has_done_it_right() -> None:
    found = course("pitch", [voice(pitch=hz) for hz in (202.0, 198.0, 201.0, 199.0)], NORMAL)
    assert found.outcome == "stayed_calm"


def test_a_trainee_who_stays_high_did_not_come_down() -> None:
    found = course("pitch", [voice(pitch=hz) for hz in (270.0, 265.0, 272.0, 268.0)], NORMAL)
    assert found.outcome == "did_not"


def test_a_trainee_who_gets_louder_went_up() -> None:
    found = course("level", [voice(level=db) for db in (-25.0, -22.0, -18.0, -15.0)], NORMAL)
    assert found.outcome == "went_up"


def test_without_a_baseline_no_change_cannot_be_told_from_calm() -> None:
    found = course("pitch", [voice(pitch=hz) for hz in (200.0, 201.0, 199.0)], None)
    assert (found.outcome, found.reason) == ("not_measurable", "no_baseline")
    assert found.change and found.change.verdict == "no_clear_change"


def test_without_a_baseline_coming_down_is_still_seen() -> None:
    found = course("pitch", [voice(pitch=hz) for hz in (300.0, 240.0, 205.0, 200.0)], None)
    assert found.outcome == "came_down"


def test_one_answer_is_too_few_and_unmeasured_answers_say_why() -> None:
    assert course("rate", [voice()], NORMAL).reason == "too_few_answers"
    found = course("level", [voice(level=None)] * 4, NORMAL)
    assert (found.outcome, found.reason) == ("not_measurable", "too_noisy")


def test_without_a_baseline_going_up_is_seen() -> None:
    found = course("pitch", [voice(pitch=hz) for hz in (200.0, 240.0, 300.0)], None)
    assert (found.outcome, found.since_turn) == ("went_up", None)


def sides(*speech_s: float) -> tuple[list[int], list[int]]:
    found = ends("pitch", [voice(speech_s=seconds) for seconds in speech_s])
    assert found
    return found.first, found.last


def test_the_beginning_is_six_seconds_of_speech_and_the_end_half_of_the_rest_up_to_seventeen() -> None:
    assert sides(6.0, 6.0) == ([0], [1])
    assert sides(5.9, 3.0, 8.0, 8.0, 8.0) == ([0, 1], [3, 4])
    assert sides(10.0, 5.0, 5.0, 5.0, 5.0) == ([0], [3, 4])  # two of four
    assert sides(10.0, 5.0, 5.0, 5.0) == ([0], [2, 3])  # two of three: the half is rounded up
    assert sides(10.0, 5.0, 5.0, 8.5, 8.5) == ([0], [3, 4])
    assert sides(10.0, 9.0, 9.0, 9.0, 9.0, 17.0) == ([0], [5])  # enough in one
    assert sides(2.0, 2.0) == ([0], [1])  # the last answer is never the beginning


def test_answers_that_could_not_be_measured_are_passed_over() -> None:
    found = ends("pitch", [voice(pitch=None), voice(), voice(pitch=None), voice()])
    assert found and (found.first, found.last) == ([1], [3])
    assert ends("pitch", [voice(), voice(pitch=None)]) is None


def test_since_when_is_the_first_turn_after_which_no_answer_returns_half_the_way() -> None:
    def since(*hz: float) -> int | None:
        found = course("pitch", [voice(pitch=one) for one in hz], None)
        assert found.outcome == "came_down"
        return found.since_turn

    assert since(300.0, 200.0, 200.0, 200.0) == 2
    assert since(300.0, 200.0, 300.0, 200.0, 200.0) == 4  # it went up again in between
    assert since(300.0, 200.0, 286.0, 200.0, 200.0) == 4  # 0.8 st under the first is less than half of the limit
    assert since(300.0, 300.0, 265.0, 200.0) == 3  # two semitones are a change already
    assert since(300.0, 300.0, 300.0, 300.0, 215.0, 190.0) == 5


def test_what_only_the_pooled_end_shows_is_dated_by_its_first_answer() -> None:
    short = [voice(pitch=hz, speech_s=3.0) for hz in (300.0, 300.0, *[255.0] * 8)]
    found = course("pitch", short, None)
    assert (found.outcome, found.since_turn) == ("came_down", 7)


def test_who_was_up_for_most_of_the_call_has_not_stayed_calm() -> None:
    long = [voice(pitch=hz, speech_s=20.0) for hz in (200.0, 290.0, 290.0, 290.0, 205.0)]
    assert course("pitch", long, NORMAL).outcome == "did_not"


def test_why_a_course_cannot_be_told() -> None:
    clipped = replace(voice(level=None), level=Level("not_measurable", "clipped", None, None, None))
    assert course("level", [clipped, voice(level=None), voice(level=None)], NORMAL).reason == "too_noisy"
    assert course("level", [clipped, clipped, voice(level=None)], NORMAL).reason == "clipped"
    assert course("pitch", [], NORMAL).reason == "too_few_answers"
    assert course("pitch", [voice(pitch=None)], NORMAL).reason == "too_few_answers"
    assert course("pitch", [voice(), voice(pitch=None)], NORMAL).reason == "too_noisy"
