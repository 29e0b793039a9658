"""Turn-taking on the sample clock: what is an answer, what an interruption, what dead air, what none of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.records import Block, Span
from trainer.turns.hearing import BLOCK_S, Hearing, Listening
from trainer.turns.patience import Patience
from trainer.turns.timing import Limits, Timing, timing, total_s

LINE = (1.0, 6.0)
SILENCE = np.zeros(320, np.float32)
SILENCE_PCM = np.zeros(320, np.int16)
LIMITS = Limits(back_channel_under_s=0.6, dead_air_from_s=3.0)


def taken(answer: Span | None, *speech: Span, ends_s: float = 20.0) -> Timing:
    """A turn after a line from 1 to 6 s."""
    return timing(LINE, answer, speech, ends_s, LIMITS)


def test_an_answer_after_the_line_has_its_latency_and_no_overlap() -> None:
    found = taken((6.7, 12.0), (6.7, 12.0))
    assert found.latency_s == pytest.approx(0.7)
    assert found.overlaps == found.customer_overlaps == found.back_channels == found.silences == ()


def test_cutting_in_is_an_overlap_of_its_length() -> None:
    found = taken((5.0, 12.0), (5.0, 12.0))
    assert found.latency_s == pytest.approx(-1.0)
    assert found.overlaps == ((5.0, 6.0),)


def test_a_short_back_channel_is_no_interruption() -> None:
    found = taken((6.5, 9.0), (3.0, 3.4), (6.5, 9.0))
    assert found.overlaps == ()
    assert found.back_channels == ((3.0, 3.4),)


def test_an_overlap_belongs_to_whoever_began_second() -> None:
    found = taken((0.2, 3.0), (0.2, 3.0))
    assert found.overlaps == ()
    assert found.customer_overlaps == ((1.0, 3.0),)


def test_silence_of_three_seconds_is_dead_air_before_the_answer_and_inside_it() -> None:
    found = taken((9.5, 20.0), (9.5, 11.0), (13.9, 15.0), (18.5, 19.0))
    assert found.silences == ((6.0, 9.5), (15.0, 18.5))  # 2.9 s between them is a pause
    assert total_s(found.silences) == pytest.approx(7.0)


def test_where_nobody_answers_the_whole_wait_is_dead_air() -> None:
    assert taken(None, ends_s=16.0) == Timing(None, (), (), (), ((6.0, 16.0),))
    assert taken((3.0, 3.4), (3.0, 3.4), ends_s=16.0).silences == ((6.0, 16.0),)  # "mm-hm" into the line, then nothing


def test_the_quiet_by_which_the_end_of_an_answer_is_known_is_no_dead_air() -> None:
    assert taken((6.5, 9.0), (6.5, 9.0), ends_s=19.0).silences == ()


def test_a_sound_of_listening_over_the_last_word_does_not_begin_the_answer() -> None:
    listening = Listening(_heard((5.8, 6.2), (7.0, 11.0)), Patience(), 1.0)
    listening.line = LINE
    assert listening.answer(0.6) == (7.0, 11.0)
    assert listening.answer(0.3) == (5.8, 11.0)  # where so much is no back-channel, it does


def test_a_sound_of_listening_is_the_answer_where_nothing_follows() -> None:
    listening = Listening(_heard((5.8, 6.2)), Patience(), 1.0)
    listening.line = LINE
    assert listening.answer(0.6) == (5.8, 6.2)


def _heard(*stretches: Span) -> Hearing:
    hearing = Hearing(Patience())
    hearing.stretches = list(stretches)
    return hearing


stretches = st.lists(st.floats(0.0, 30.0, width=32), max_size=12, unique=True).map(
    lambda edges: tuple(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)


@given(speech=stretches)
def test_every_second_of_overlap_has_one_owner_and_lies_in_the_line(speech: tuple[Span, ...]) -> None:
    found = timing(LINE, speech[0] if speech else None, speech, 35.0, LIMITS)
    owned = sorted((*found.overlaps, *found.customer_overlaps, *found.back_channels))
    assert owned == sorted((max(a, LINE[0]), min(b, LINE[1])) for a, b in speech if a < LINE[1] and b > LINE[0])


@given(speech=stretches)
def test_dead_air_is_silence_after_the_line(speech: tuple[Span, ...]) -> None:
    for start, end in timing(LINE, None, speech, 35.0, LIMITS).silences:
        assert start >= LINE[1] and end - start >= 3.0
        assert not any(a < end and b > start for a, b in speech)


def _turn(words: bool | None, *speech: Span, reaction: Span | None = None, factor: float = 1.0) -> float:
    """When a turn is over that began with a line until 6 s, where what was said looks finished, open, or unknown."""
    patience = Patience(factor=factor)
    listening = Listening(_heard(*speech), patience, 1.0, lambda: words)
    listening.line = LINE
    listening.reactions = [reaction] if reaction else []
    for number in range(round(speech[-1][1] / BLOCK_S), 3000):
        phase = listening.feed(Block(number, SILENCE_PCM, False), SILENCE)
        if phase in ("ended", "dead_air"):
            return listening.now_s - speech[-1][1]
    raise AssertionError("it never ended")


def test_an_answer_that_looks_finished_is_over_sooner_than_one_that_looks_open() -> None:
    patience = Patience()
    assert _turn(True, (6.5, 9.0)) == pytest.approx(patience.finished_s, abs=2 * BLOCK_S)
    assert _turn(False, (6.5, 9.0)) == pytest.approx(patience.open_s, abs=2 * BLOCK_S)


def test_who_speaks_slowly_is_given_more_time_by_their_own_share() -> None:
    assert _turn(True, (6.5, 9.0), factor=1.5) == pytest.approx(1.5 * Patience().finished_s, abs=2 * BLOCK_S)


def test_as_long_as_the_words_are_not_known_an_answer_counts_as_open() -> None:
    assert _turn(None, (6.5, 9.0)) == pytest.approx(Patience().open_s, abs=2 * BLOCK_S)


def test_who_was_spoken_to_in_the_middle_of_the_answer_has_time_to_reply() -> None:
    ended_s = _turn(True, (6.5, 9.0), reaction=(9.2, 10.0))
    assert ended_s == pytest.approx(1.0 + Patience().open_s, abs=2 * BLOCK_S)


def test_what_the_microphone_hears_of_the_customer_is_nobodys_speech() -> None:
    listening = Listening(_heard((2.0, 4.0), (5.0, 9.0)), Patience(), 1.0)
    listening.line, listening.leak_s = LINE, 0.2
    assert listening.speech() == ((6.2, 9.0),)
