"""Turn-taking on the sample clock: what is an answer, what an interruption, what neither."""

import pytest

from trainer.turns.timing import timing

LINE = (1.0, 6.0)


def test_an_answer_after_the_line_has_its_latency_and_no_overlap() -> None:
    found = timing(LINE, (6.7, 12.0), ((6.7, 12.0),))
    assert found.latency_s == pytest.approx(0.7)
    assert (found.overlap_s, found.overlaps) == (0.0, ())


def test_cutting_in_is_an_overlap_of_its_length() -> None:
    found = timing(LINE, (5.0, 12.0), ((5.0, 12.0),))
    assert found.latency_s == pytest.approx(-1.0)
    assert found.overlaps == ((5.0, 6.0),)
    assert found.overlap_s == pytest.approx(1.0)


def test_a_short_back_channel_is_no_interruption() -> None:
    found = timing(LINE, (6.5, 9.0), ((3.0, 3.4), (6.5, 9.0)))
    assert found.overlaps == ()
    assert found.back_channels == ((3.0, 3.4),)


def test_an_overlap_belongs_to_whoever_began_second() -> None:
    found = timing(LINE, (0.2, 3.0), ((0.2, 3.0),))
    assert found.overlaps == ()
