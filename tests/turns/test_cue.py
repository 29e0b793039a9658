"""What looks finished and what looks open, in the languages of the lists."""

import pytest

from trainer.turns.cue import looks_finished


@pytest.mark.parametrize(
    "text",
    [
        "I am very sorry about that, Mrs Kowalska, I really am sorry.",
        "Would Thursday morning suit you?",
        "What is it for?",
        "Leave it with me, I will take care of it!",
    ],
)
def test_a_whole_sentence_looks_finished(text: str) -> None:
    assert looks_finished(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I am very sorry that nobody came to you on Monday",
        "I am very sorry that nobody came to you on Monday,",
        "I am very sorry that nobody came to you on Monday...",
        "The driver had written it down and then I.",
        "So I will have it sent by our own van to the.",
        "We can do that on Thursday morning if you like, um.",
        "The van comes on Thursday at eight or at nine, and.",
    ],
)
def test_a_sentence_without_its_end_looks_open_whatever_stop_the_recogniser_has_put(text: str) -> None:
    assert not looks_finished(text, "en")


def test_one_who_has_said_little_has_hardly_begun_unless_it_was_a_question() -> None:
    assert not looks_finished("You have every right.", "en")
    assert looks_finished("What is your order number?", "en")


def test_polish_has_its_own_words() -> None:
    assert looks_finished("Bardzo panią przepraszam, sprawdzę to i oddzwonię dzisiaj do pani.", "pl")
    assert not looks_finished("Bardzo panią przepraszam, sprawdzę to i oddzwonię dzisiaj do.", "pl")
    assert not looks_finished("Bardzo panią przepraszam, sprawdzę to i oddzwonię dzisiaj, ale.", "pl")


def test_of_another_language_the_punctuation_alone_is_looked_at() -> None:
    assert looks_finished("Nagyon sajnálom, utánanézek, és még ma visszahívom az ügy és.", "hu")
    assert not looks_finished("Nagyon sajnálom, utánanézek, és még ma visszahívom az ügy", "hu")
