"""Progress over attempts: against oneself, with what chance alone explains beside it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.calls import answer, turns
from tests.coaching.test_compare import voice
from trainer import library
from trainer.coaching import progress
from trainer.coaching.call import verdict
from trainer.coaching.progress import Share
from trainer.records import Finding, Measures, Report, State, Transcript


def normal(rate: float = 5.0, pitch: float = 200.0) -> Measures:
    heard = voice(rate, pitch, -25.0, -15.0, 20.0)
    words = Transcript("en", "", ())
    return Measures("", 20.0, 20.0, words, heard.rate, heard.pitch, heard.level, heard.effort, heard.quality)


def call(number: int, states: Sequence[State] = (), rule: str = "apologise", pitch: float = 200.0) -> Report:
    """A call with one answer for each state that its rule has."""
    said = turns(*(answer(pitch=pitch) for _ in states or ("kept",)))
    findings = [Finding(rule, ("af",), state, None, None, False, None, None, (), "") for state in states]
    said = [replace(turn, findings=(one,)) for turn, one in zip(said, findings, strict=False)] or said
    found = verdict(said, normal(), library.rules(), "")
    day = f"2026-11-{number:02d}T10:00:00+00:00"
    return Report(f"call-{number}", "late-delivery", "", (), "Anna", day, normal(), tuple(said), found, "over")


def test_the_voice_of_each_call_is_held_against_ones_own_normal_with_its_chance() -> None:
    points = progress.points([call(1, pitch=252.0), call(2), replace(call(3), baseline=None)], "pitch")
    assert [one.attempt for one in points] == ["call-1", "call-2"]
    assert points[0].change.change == pytest.approx(4.0, abs=0.01) and points[0].change.verdict != "no_clear_change"
    assert points[1].change.verdict == "no_clear_change" and points[1].change.limit > 0.0


def test_an_interval_is_that_of_wilson() -> None:
    assert (Share(8, 10).low, Share(8, 10).high) == pytest.approx((0.490, 0.943), abs=1e-3)
    assert (Share(0, 5).low, Share(5, 5).high) == (0.0, 1.0)


def test_a_change_is_told_only_where_chance_does_not_explain_it() -> None:
    bad: tuple[State, ...] = ("broken",) * 4
    good: tuple[State, ...] = ("kept",) * 4
    lately = {
        "more": [call(n, bad) for n in (1, 2, 3)] + [call(n, good) for n in (4, 5, 6)],
        "less": [call(n, good) for n in (1, 2, 3)] + [call(n, bad) for n in (4, 5, 6)],
        "chance": [call(n, ("kept", "broken")) for n in (1, 2, 3, 4, 5, 6)],
        "few": [call(n, good) for n in (1, 2, 3)],
    }
    for trend, calls in lately.items():
        found = {one.rule: one for one in progress.rules(calls)}["apologise"]
        assert found.trend == trend
        assert found.whole.occasions == found.recent.occasions + found.before.occasions


def test_what_is_to_be_avoided_is_kept_in_every_answer_without_it_and_shown_only_where_it_was_not() -> None:
    rule = "never-yes-but"
    clean = [call(1, ("not_called_for", "not_called_for"), rule)]
    assert rule not in {one.rule for one in progress.rules(clean)}
    found = {one.rule: one for one in progress.rules([*clean, call(2, ("broken", "not_called_for"), rule)])}
    assert (found[rule].whole.kept, found[rule].whole.occasions) == (3, 4)


def test_what_was_not_called_for_is_no_occasion_of_what_is_to_be_done() -> None:
    assert "apologise" not in {one.rule for one in progress.rules([call(1, ("not_called_for", "not_measurable"))])}


def test_the_weakest_rule_was_not_kept_at_least_twice_lately() -> None:
    assert progress.weakest([call(1, ("broken",))]) is None
    calls = [call(1, ("broken",) * 5, "own-it"), *(call(n, ("broken", "kept")) for n in (2, 3, 4))]
    weak = progress.weakest(calls)
    assert weak is not None and weak.rule == "apologise"
