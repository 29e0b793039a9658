"""While both talk: who goes on with an answer, who only listens, who takes a lull, and who cuts in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.records import Span
from trainer.turns.floor import Floor, Resumption
from trainer.turns.hearing import WINDOW_S
from trainer.turns.patience import Patience

PATIENCE = Patience()
BEGINS_S = 10.0


def told(*speech: Span, until_s: float = 14.0) -> list[tuple[str, float]]:
    """The moves of a customer who begins at 10 s, after an answer that ended at 9 s, window by window of hearing."""
    resumption = Resumption(9.0, BEGINS_S, PATIENCE, back_channel_under_s=0.6)
    moves = []
    for window in range(round(BEGINS_S / WINDOW_S), round(until_s / WINDOW_S)):
        now_s = window * WINDOW_S
        heard = [(start, min(end, now_s)) for start, end in speech if start < now_s]
        move = resumption.move(now_s, [(5.0, 9.0), *heard])
        if move != "listen":
            moves.append((str(move), now_s))
        if move in ("went_on", "over"):
            break
    return moves


def test_a_customer_whom_nobody_answers_back_has_the_floor_after_two_seconds() -> None:
    assert [move for move, _ in told()] == ["over"]
    assert told()[0][1] == pytest.approx(12.0, abs=WINDOW_S)


@pytest.mark.parametrize("after_s", [0.1, 0.5, 1.0, 1.9])
def test_a_trainee_who_goes_on_within_two_seconds_is_given_way_to_at_once(after_s: float) -> None:
    begins_s = BEGINS_S + after_s
    (hold, at_s), (went_on, known_s) = told((begins_s, begins_s + 3.0), until_s=18.0)
    assert (hold, went_on) == ("hold", "went_on")
    assert at_s - begins_s <= 0.15  # seconds of speech until the customer is silent
    assert known_s - begins_s == pytest.approx(0.6, abs=2 * WINDOW_S)


def test_a_word_between_the_end_of_the_answer_and_the_line_counts_too() -> None:
    assert [move for move, _ in told((9.9, 13.0))] == ["hold", "went_on"]


def test_after_a_sound_of_listening_the_line_is_taken_up_again() -> None:
    assert [move for move, _ in told((10.5, 10.9))] == ["hold", "go_on", "over"]


def test_a_click_does_not_stop_the_customer() -> None:
    assert [move for move, _ in told((10.5, 10.5 + WINDOW_S))] == ["over"]


@given(after_s=st.floats(0.0, 3.0), length_s=st.floats(0.03, 5.0))
def test_whatever_is_said_the_customer_comes_to_a_decision(after_s: float, length_s: float) -> None:
    begins_s = BEGINS_S + after_s
    moves = [move for move, _ in told((begins_s, begins_s + length_s), until_s=30.0)]
    assert moves[-1] in ("went_on", "over")
    assert moves.count("hold") == moves.count("go_on") + moves.count("went_on")


LINE = (1.0, 20.0)
LULL = (8.0, 10.0)


def move(*speech: Span, now_s: float) -> str:
    return Floor(PATIENCE, 0.6).move(now_s, LINE, [LULL], speech)


def test_speech_over_the_line_is_an_interruption_from_six_tenths_of_a_second_on() -> None:
    assert move((5.0, 5.5), now_s=5.5) == "listen"
    assert move((5.0, 5.61), now_s=5.61) == "cut_in"


def test_a_sound_of_listening_that_is_over_is_none() -> None:
    assert move((5.0, 5.4), now_s=6.5) == "listen"


def test_a_word_into_the_lull_takes_the_floor_sooner() -> None:
    assert move((8.5, 8.7), now_s=8.7) == "listen"
    assert move((8.5, 8.8), now_s=8.8) == "take_lull"


def test_who_was_speaking_when_the_line_began_does_not_cut_in() -> None:
    assert move((0.5, 3.0), now_s=3.0) == "listen"
