"""Two attempts side by side: the same line finds the same line, and nothing is claimed within chance."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.calls import answer, turns
from tests.coaching.test_compare import voice
from tests.coaching.test_progress import call
from trainer.coaching.attempts import OWN_NORMAL, change, pairs
from trainer.coaching.thresholds import limit
from trainer.records import Answer, Report

FIRST_DAY, SECOND_DAY = "2026-11-01T09:55:00+00:00", "2026-11-09T09:55:00+00:00"


def attempt(beats: Sequence[str], *answers: Answer, day: str = FIRST_DAY, normal_dbfs: float | None = -25.0) -> Report:
    """A call in which the customer went through these beats, held against a sound check of that moment."""
    said = turns(*(answers or [answer()] * len(beats)))
    said = [replace(turn, line=replace(turn.line, beat=beat)) for turn, beat in zip(said, beats, strict=True)]
    own = voice(5.0, 200.0, normal_dbfs, -15.0, 20.0)
    return replace(call(1), turns=tuple(said), baseline=own, baseline_device="headset", baseline_taken_at=day)


def numbers(first: Report, second: Report) -> list[tuple[int | None, int | None]]:
    found = pairs(first, second)
    return [(one.first.number if one.first else None, one.second.number if one.second else None) for one in found]


def test_the_same_line_finds_the_same_line_and_what_came_once_only_stands_in_its_place() -> None:
    first, second = attempt(["opening", "number", "story", "demand"]), attempt(["opening", "story", "repeat", "demand"])
    assert numbers(first, second) == [(1, 1), (2, None), (3, 2), (None, 3), (4, 4)]


def test_a_line_that_comes_again_finds_the_time_that_it_came_again() -> None:
    first, second = attempt(["opening", "demand", "demand"]), attempt(["demand", "opening", "demand"])
    assert set(numbers(first, second)) == {(1, 2), (2, 1), (3, 3)}


def test_an_attempt_beside_itself_shows_no_difference_that_can_be_measured() -> None:
    one = attempt(["opening", "story"])
    found = change(one, one, pairs(one, one))
    assert {found.rate.verdict, found.pitch.verdict, found.volume.verdict, found.effort.verdict} == {"no_clear_change"}


def test_only_answers_to_the_same_lines_are_held_against_each_other() -> None:
    high, usual = answer(pitch=300.0), answer()
    first, second = attempt(["opening", "number"], usual, high), attempt(["opening", "story"], usual, usual)
    assert change(first, second, pairs(first, second)).pitch.change_st == pytest.approx(0.0)


def test_a_slower_and_lower_second_attempt_is_told_as_one() -> None:
    first = attempt(["opening", "story"], *[answer(rate=6.5, pitch=260.0, level=-18.0, effort=-9.0)] * 2)
    second = attempt(["opening", "story"])
    found, back = (change(*sides, pairs(*sides)) for sides in ((first, second), (second, first)))
    assert (found.rate.verdict, found.pitch.verdict, found.volume.verdict) == ("clearly_slower", *["clearly_lower"] * 2)
    assert (back.rate.verdict, back.pitch.verdict, back.volume.verdict) == ("clearly_faster", *["clearly_higher"] * 2)


def test_the_volume_of_two_sound_checks_is_held_against_the_normal_of_each_with_the_chance_of_both() -> None:
    first = attempt(["opening"], answer(level=-20.0))
    moved = attempt(["opening"], answer(level=-30.0), day=SECOND_DAY, normal_dbfs=-35.0)  # less gain
    found = change(first, moved, pairs(first, moved))
    assert found.assumes == OWN_NORMAL and found.volume.change_db == pytest.approx(0.0)
    assert found.volume.threshold_db == pytest.approx(math.sqrt(2.0) * limit("level", 10.0))


def test_without_a_normal_voice_of_both_the_volume_is_not_told_and_of_two_headsets_no_effort() -> None:
    first, bare = attempt(["opening"]), attempt(["opening"], normal_dbfs=None)
    assert change(first, bare, pairs(first, bare)).volume.reason == "no_normal_level"
    other = replace(first, baseline_device="another")
    assert change(first, other, pairs(first, other)).effort.reason == "not_one_device"


def test_where_no_line_was_answered_twice_nothing_is_told() -> None:
    first, second = attempt(["opening"]), attempt(["story"])
    assert change(first, second, pairs(first, second)).pitch.reason == "no_answers"
