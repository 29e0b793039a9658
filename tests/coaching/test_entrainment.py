"""Are they dragged along? Known calls of a trainee who follows every move of the customer, and of one who does not."""

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from tests.calls import answer, turns
from trainer.coaching.entrainment import following
from trainer.records import Following, Turn

WAVES = (5.0, 6.0, 4.9, 6.4, 5.5, 4.6, 6.2, 5.1)


def call(lines: tuple[float, ...], answers: tuple[float, ...]) -> list[Turn]:
    """A call in which tempo, pitch and level all move alike: a value of 5 is 5 syllables/s, 200 Hz and -25 dBFS."""
    said = [answer(rate, 40 * rate, -25 + 4 * (rate - 5)) for rate in answers]
    return turns(*said, lines=tuple((rate, 40 * rate, -20 + 4 * (rate - 5)) for rate in lines))


def test_who_moves_with_every_line_followed_the_customer() -> None:
    for found in following(call(WAVES, tuple(5.0 * (rate / 5.0) ** 0.9 for rate in WAVES))):
        assert (found.state, found.against, found.turns) == ("followed", "line", 8)
        # a power of tempo and a straight line of level may rank two of the seven changes otherwise
        assert found.correlation is not None and found.correlation > 0.9
        assert found.slope is not None and found.slope > 0.3


def test_who_moves_the_other_way_or_stays_did_not() -> None:
    contrary = following(call(WAVES, tuple(10.0 - rate for rate in WAVES)))
    assert {found.state for found in contrary} == {"did_not_follow"}
    steady = following(call(WAVES, tuple(5.0 + 0.01 * place for place in (3, 1, 4, 1, 5, 9, 2, 6))))
    assert {found.state for found in steady} == {"did_not_follow"}


def test_changes_within_chance_are_no_following_however_well_they_match() -> None:
    found = following(call(WAVES, tuple(5.0 * (rate / 5.0) ** 0.3 for rate in WAVES)))[0]
    assert found.state == "did_not_follow"
    assert found.correlation is not None and found.correlation > 0.9


def test_coming_down_together_is_no_following_where_the_steps_do_not_match() -> None:
    lines = (6.4, 6.3, 5.9, 5.8, 5.4, 5.3, 4.9, 4.8)
    led = (6.4, 6.0, 5.95, 5.5, 5.45, 5.0, 4.95, 4.5)
    assert {found.state for found in following(call(lines, led))} == {"did_not_follow"}


def test_under_six_turns_or_with_a_customer_who_never_moves_nobody_can_tell() -> None:
    assert {found.reason for found in following(call(WAVES[:5], WAVES[:5]))} == {"too_short_a_call"}
    steady = following(call((5.0, 5.01) * 4, WAVES))
    assert {(found.state, found.reason) for found in steady} == {("not_measurable", "line_steady")}


def test_chance_is_called_following_in_about_one_call_of_forty() -> None:
    chance = random.Random(1)
    values = [3.5 + 3 * chance.random() for _ in range(16 * 1000)]
    calls = [(tuple(values[i : i + 8]), tuple(values[i + 8 : i + 16])) for i in range(0, len(values), 16)]
    followed = sum(following(call(*one))[0].state == "followed" for one in calls)
    # a two-sided limit of 5 % is 2.5 % upwards; differences hang together, which widens it a little; 3 s.d. are 1.5 %
    assert followed / 1000 < 0.06


rates = st.floats(2.0, 8.0)


@given(pairs=st.lists(st.tuples(rates, rates), max_size=10))
def test_a_figure_is_finite_and_where_there_is_none_there_is_a_reason(pairs: list[tuple[float, float]]) -> None:
    lines, answers = tuple(line for line, _ in pairs), tuple(said for _, said in pairs)
    for found in following(call(lines, answers) if pairs else []):
        assert isinstance(found, Following)
        assert (found.state == "not_measurable") == (found.reason is not None) == (found.correlation is None)
        assert found.slope is None or math.isfinite(found.slope)
