"""Robust figures of few points: known answers, and what must not matter to them."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.coaching.slope import spearman, theil_sen

values = st.floats(-50, 50, allow_nan=False).map(lambda value: round(value, 3))
points = st.lists(values, min_size=2, max_size=12)


def test_a_line_has_its_slope_whatever_one_wild_point_does() -> None:
    x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert theil_sen(x, [10.0 - 1.5 * at for at in x]) == pytest.approx(-1.5)
    assert theil_sen(x, [8.5, 7.0, 5.5, 99.0, 2.5, 1.0]) == pytest.approx(-1.5, abs=0.2)


def test_the_rank_correlation_of_a_textbook_example() -> None:
    # ranks 1 2 3 4 5 against 2 1 4 3 5: 1 - 6·4/(5·24)
    assert spearman([1, 2, 3, 4, 5], [20, 10, 40, 30, 50]) == pytest.approx(0.8)


def test_where_nothing_moves_there_is_no_figure() -> None:
    assert theil_sen([2.0, 2.0], [1.0, 5.0]) is None
    assert theil_sen([], []) is None
    assert spearman([1.0, 2.0, 3.0], [4.0, 4.0, 4.0]) is None
    assert spearman([], []) is None


@given(y=points, seed=st.integers(0, 99))
def test_the_order_in_which_points_are_given_does_not_matter(y: list[float], seed: int) -> None:
    x = list(range(len(y)))
    mixed = random.Random(seed).sample(x, len(x))
    slope = theil_sen(x, y)
    assert slope is not None and math.isfinite(slope)
    assert theil_sen(mixed, [y[i] for i in mixed]) == pytest.approx(slope)
    assert spearman(mixed, [y[i] for i in mixed]) == pytest.approx(spearman(x, y))


@given(y=points)
def test_a_call_played_backwards_has_the_opposite_slope(y: list[float]) -> None:
    x = list(range(len(y)))
    slope, back = theil_sen(x, y), theil_sen(x, y[::-1])
    assert slope is not None and back == pytest.approx(-slope)
    correlation = spearman(x, y)
    if correlation is not None:
        assert -1.0 <= correlation <= 1.0
        assert spearman(x, y[::-1]) == pytest.approx(-correlation)
