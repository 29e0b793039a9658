"""At a mark in the customer's line: who was silent after the question, who spoke into the lull, who on the crest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.records import AtMark, Line, Mark, Span
from trainer.turns.marks import at_marks

LULL = (5.0, 7.5)


def done(*speech: Span) -> AtMark:
    """In a line that begins at 1 s and pauses from 5 to 7.5 s."""
    line = Line("", 0.8, 1.0, 12.0, "v", "b", marks=(Mark("lull", *LULL),))
    return at_marks(line, speech, back_channel_under_s=0.6)[0]


def test_silence_through_the_whole_mark_is_its_whole_length() -> None:
    assert done((9.0, 12.0)) == AtMark("lull", True, silence_s=2.5, began_after_s=None, before_s=0.0)


def test_who_speaks_into_the_lull_is_known_by_how_long_they_waited() -> None:
    found = done((5.8, 9.0))
    assert (found.silence_s, found.began_after_s) == (pytest.approx(0.8), pytest.approx(0.8))
    assert found.before_s == 0.0


def test_who_speaks_on_the_crest_and_into_the_mark_was_not_silent_at_it() -> None:
    assert done((4.0, 6.0)) == AtMark("lull", True, silence_s=0.0, began_after_s=None, before_s=1.0)


def test_a_sound_of_listening_breaks_no_silence() -> None:
    assert done((2.0, 2.4), (5.5, 5.9)) == AtMark("lull", True, silence_s=2.5, began_after_s=None, before_s=0.0)


@given(start=st.floats(0.0, 12.0), length=st.floats(0.7, 5.0))
def test_nobody_is_silent_for_longer_than_the_mark(start: float, length: float) -> None:
    found = done((start, start + length))
    assert 0.0 <= found.silence_s <= 2.5
    assert 0.0 <= found.before_s <= 4.0
