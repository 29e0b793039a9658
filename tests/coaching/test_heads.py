"""What is meant though it is not fixed in words: sentences, windows, and what happens without the model."""

import numpy as np
import pytest

from tests.coaching.test_phrases import NAME, SAID, words
from trainer import meaning, universal
from trainer.coaching import heads, phrases, spoken
from trainer.models import Absent


def test_what_means_the_same_lies_nearer_than_what_shares_words() -> None:
    sorry, apology, box = meaning.vectors(["i am so sorry", "please accept our apologies", "the box is so red"])
    assert np.linalg.norm(sorry) == pytest.approx(1.0, abs=1e-5)
    assert sorry @ apology > sorry @ box
    assert meaning.vectors([]).shape == (0, meaning.SIZE)


def test_every_rule_but_the_name_has_its_head() -> None:
    known = heads.heads("en")
    assert known is not None
    assert set(known.rules) == set(SAID) - {"use-their-name"}
    assert known.rules == meaning.reader().rules
    assert known.weights.shape == (len(known.rules) + len(SAID) + len(known.terms), len(known.rules))
    assert heads.heads("xx") is None


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("empathise", "that must have been a shock to you and your little ones"),
        ("own-it", "I will stay with your case until it is finished"),
        ("no-passing-the-buck", "that is something the other people have to do, it has nothing to do with our desk"),
        ("ask-what-they-want", "what would be the nicest way out of this in your eyes"),
    ],
)
def test_advice_is_found_without_any_of_its_phrases(rule: str, text: str) -> None:
    said = spoken.find_all(SAID.values(), words(text), NAME)[rule]
    assert said and all(0.5 <= one.score <= 1.0 for one in said)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("never-deny-the-anger", "would you please calm down mrs kowalska"),
        ("never-deny-the-anger", "you need to calm down before I can help you"),
        ("apologise", "I am sorry about that but please calm down"),
    ],
)
def test_what_is_plain_is_found_whatever_the_sentence_seems_to_mean(rule: str, text: str) -> None:
    (said,) = spoken.find_all(SAID.values(), words(text), NAME)[rule]
    assert said.plain and said.score >= phrases.SURE


def test_what_is_plain_and_somebody_else_s_breaks_nothing() -> None:
    text = "he should never have told you that you need to calm down"
    assert not spoken.find_all(SAID.values(), words(text), NAME)["never-deny-the-anger"]


def test_a_long_answer_is_cut_into_sentences_and_parts_and_no_word_is_lost() -> None:
    tokens = phrases.read(words("one two. " + "word and " * 30), NAME, "en").tokens
    places = heads.parts(tokens)
    assert places[0] == (0, 2)
    assert {place for first, end in places for place in range(first, end)} >= set(range(3, len(tokens)))
    assert max(end - first for first, end in places) <= heads.LONGEST


def test_without_the_model_the_patterns_decide_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(words: list[str], places: list[heads.Places]) -> meaning.Vectors:
        raise Absent("no model")

    monkeypatch.setattr(meaning, "leanings", absent)
    said = spoken.find_all(SAID.values(), words("please calm down dear customer of mine"), NAME)
    assert [one.phrase for one in said["never-deny-the-anger"]]


def test_a_language_without_heads_is_judged_by_its_patterns() -> None:
    tokens = phrases.read(words("one two"), NAME, "xx").tokens
    assert heads.breaths(tokens, ["one", "two"], {}, "xx") == ()


def test_a_pattern_that_was_found_speaks_for_its_rule() -> None:
    tokens = phrases.read(words("one two"), NAME, "en").tokens
    without, with_it = (
        heads.breaths(tokens, ["one", "two"], found, "en")[0].leanings["apologise"]
        for found in ({}, {"apologise": [(0, 2)]})
    )
    assert with_it > without


def test_sentences_are_judged_together_up_to_a_breath_and_what_is_found_rests_on_one_of_them() -> None:
    text = "We look at it on Monday. " * 6 + "I am so sorry that nobody came to you. " + "We look at it on Monday. " * 6
    said = words(text)
    seen = heads.breaths(phrases.read(said, NAME, "en").tokens, [word.text for word in said], {}, "en")
    assert len(seen) == 2 and all(end - first <= heads.BREATH for first, end in (one.words for one in seen))
    assert sum(len(one.windows) for one in seen) == 13
    (sorry,) = spoken.find_all(SAID.values(), said, NAME)["apologise"]
    assert sorry.words[0] >= 36 and sorry.words[1] <= 45


def test_polish_has_heads_of_meaning_and_of_words_and_their_stems() -> None:
    known = heads.heads("pl")
    assert known is not None
    assert known.weights.shape == (universal.SIZE + len(SAID) + len(known.terms), len(known.rules))
    tokens = phrases.read(words("naprawimy szkody"), "", "pl").tokens
    assert heads.worded(tokens, "pl") == {"naprawimy", "szkody", "napra*", "szkod*", "napra szkod"}
