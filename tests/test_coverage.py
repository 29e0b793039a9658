"""Speech that the recognised words leave out is noticed; what a word can fill is not."""

import numpy as np
import pytest

from trainer.coverage import Mask, overlooked_s
from trainer.records import Word
from trainer.voicing import HOP_S

SAID = (Word("Kids", 0.0, 0.4, 0.9), Word("are", 0.4, 0.6, 0.9), Word("talking", 0.6, 1.1, 0.9))


def spoken(*spans: tuple[float, float]) -> Mask:
    speech = np.zeros(round(10.0 / HOP_S), np.bool_)
    for start_s, end_s in spans:
        speech[round(start_s / HOP_S) : round(end_s / HOP_S)] = True
    return speech


def test_words_that_fill_their_speech_leave_nothing_out() -> None:
    assert overlooked_s(SAID, "en", spoken((0.0, 1.3))) == 0.0


def test_a_sentence_without_words_is_left_out_but_for_the_blur_of_the_word_before() -> None:
    assert overlooked_s(SAID, "en", spoken((0.0, 1.1), (2.0, 4.0))) == pytest.approx(2.0, abs=2 * HOP_S)
    assert overlooked_s(SAID, "en", spoken((0.0, 3.1))) == pytest.approx(1.7, abs=HOP_S)


def test_a_word_drawn_out_over_a_whole_sentence_leaves_out_what_it_cannot_fill() -> None:
    stretched = (*SAID, Word("dogs", 1.1, 6.0, 0.9))
    # One syllable has room for 0.9 s of speech.
    assert overlooked_s(stretched, "en", spoken((0.0, 1.1), (2.0, 5.0))) == pytest.approx(2.1, abs=HOP_S)


def test_a_pause_inside_a_word_time_is_no_speech_left_out() -> None:
    assert overlooked_s((*SAID, Word("dogs", 1.1, 6.0, 0.9)), "en", spoken((0.0, 1.1), (5.5, 6.0))) == 0.0


def test_without_words_all_speech_is_left_out_and_without_speech_nothing() -> None:
    assert overlooked_s((), "en", spoken((1.0, 3.0))) == pytest.approx(2.0, abs=2 * HOP_S)
    assert overlooked_s(SAID, "en", spoken()) == 0.0
