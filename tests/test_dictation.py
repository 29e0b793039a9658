"""What was said before a pause is not recognised again after it, and nothing is lost at the joints."""

from itertools import pairwise

import numpy as np
import pytest

from trainer.asr.scripted import ScriptedRecogniser, spread
from trainer.dictation import Dictation, parts, within
from trainer.records import RATE_HZ, Clip, Span, Transcript


class Noted:
    """Hears one word a second, and notes from where to where it listened."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    def __call__(self, clip: Clip) -> Transcript:
        self.asked.append(round(len(clip) / RATE_HZ, 2))
        return spread(f"word{len(self.asked)} " * max(1, len(clip) // RATE_HZ), 0.1, len(clip) / RATE_HZ - 0.2)


class Tape:
    def clip(self, start_s: float, end_s: float) -> Clip:
        return np.zeros(round((end_s - start_s) * RATE_HZ), np.float32)


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([], []),
        ([(1.0, 3.0)], [(0.5, 3.0)]),
        ([(1.0, 2.0), (2.5, 3.0)], [(0.5, 3.0)]),  # as short as this it is one part
        ([(1.0, 4.0), (4.5, 8.0)], [(0.5, 4.0), (4.3, 8.0)]),
        ([(1.0, 4.0), (4.5, 5.0)], [(0.5, 5.0)]),  # a last "okay?" is recognised with what it ends
        ([(1.0, 4.0), (4.5, 8.0), (8.4, 12.0)], [(0.5, 4.0), (4.3, 8.0), (8.2, 12.0)]),
        ([(0.2, 4.0)], [(0.0, 4.0)]),
    ],
)
def test_an_answer_is_cut_at_pauses_into_parts_of_three_seconds_and_more(
    stretches: list[Span], expected: list[Span]
) -> None:
    assert parts(stretches) == [pytest.approx(part) for part in expected]


def test_each_part_is_recognised_once_however_often_somebody_asks_for_the_words() -> None:
    heard = Noted()
    dictation = Dictation(Tape(), ScriptedRecogniser(heard))
    spoken: list[Span] = [(1.0, 4.0), (4.5, 8.0)]
    assert dictation.lacks(spoken)
    dictation.take_in(dictation.lacks(spoken))
    assert not dictation.lacks(spoken)
    dictation.words(spoken)
    dictation.words(spoken)
    dictation.words([*spoken, (9.0, 13.0)])
    assert heard.asked == [3.7, 3.9, 4.4]


def test_the_words_of_all_parts_stand_on_one_clock() -> None:
    dictation = Dictation(Tape(), ScriptedRecogniser(Noted()))
    words = dictation.words([(1.0, 4.0), (4.5, 8.0)]).words
    assert [word.text for word in words] == ["word1"] * 3 + ["word2"] * 3
    assert words[0].start_s == pytest.approx(0.1)
    assert words[3].start_s == pytest.approx(0.1 + 4.3 - 0.5)  # the second part begins 3.8 s into the clip
    assert all(one.end_s <= two.start_s + 1e-9 for one, two in pairwise(words))


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("we looked at the file.", "and we found it.", "we looked at the file, and we found it."),
        ("We looked at the file.", "We found it.", "We looked at the file. We found it."),
        ("Is it the file?", "or the van.", "Is it the file? or the van."),
        ("We looked ...", "and found it.", "We looked ... and found it."),
    ],
)
def test_a_sentence_that_goes_on_after_a_pause_is_one_sentence(first: str, second: str, text: str) -> None:
    script = [spread(first, 0.0, 1.0), spread(second, 0.0, 1.0)]
    assert Dictation(Tape(), ScriptedRecogniser(script)).words([(1.0, 4.0), (4.5, 8.0)]).text == text


def test_only_what_lies_in_the_answer_belongs_to_it() -> None:
    assert within([(0.0, 1.0), (2.0, 3.0), (4.0, 6.0), (7.0, 8.0)], (2.5, 5.0)) == ((2.5, 3.0), (4.0, 5.0))
