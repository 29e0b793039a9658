"""What looks finished and what looks open, in the languages of the lists."""

import pytest

from trainer.turns.cue import looks_finished


@pytest.mark.parametrize(
    "text",
    [
        "I am very sorry about that.",
        "Would Thursday morning suit you?",
        "What is it for?",
        "I will take care of it!",
        "Yes.",
    ],
)
def test_a_whole_sentence_looks_finished(text: str) -> None:
    assert looks_finished(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I am very sorry",
        "I am very sorry,",
        "I am very sorry...",
        "I looked into it and then I.",
        "So I will send it to the.",
        "We can do that, um.",
        "The van comes on Thursday, and",
    ],
)
def test_a_sentence_without_its_end_looks_open_whatever_stop_the_recogniser_has_put(text: str) -> None:
    assert not looks_finished(text, "en")


def test_polish_has_its_own_words() -> None:
    assert looks_finished("Bardzo panią przepraszam.", "pl")
    assert not looks_finished("Sprawdzę to i oddzwonię do.", "pl")
    assert not looks_finished("Przepraszam, ale.", "pl")


def test_of_another_language_the_punctuation_alone_is_looked_at() -> None:
    assert looks_finished("Az ügy és.", "hu")
    assert not looks_finished("Az ügy", "hu")
