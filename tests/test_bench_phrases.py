"""The bench of the words: what is left out is not seen, what is unclear is not counted, and an interval is Wilson's."""

import numpy as np
import pytest

from bench.phrases import fit, measure
from bench.phrases.corpus import Utterance


def utterance(text: str, part: str, *rules: str, unclear: frozenset[str] = frozenset()) -> Utterance:
    return Utterance(text, frozenset(rules), frozenset(), "", part, unclear)


def test_each_author_is_left_out_once_and_never_learnt_from_while_they_are() -> None:
    known = [utterance("so", f"author {number % 9}") for number in range(40)]
    left_out: list[int] = []
    for inside, outside in fit.folds(known):
        assert not {known[place].part for place in inside} & {known[place].part for place in outside}
        left_out += outside
    assert sorted(left_out) == list(range(len(known)))


def test_the_heads_learn_what_tells_one_rule_from_another() -> None:
    texts = [("przepraszam za to opóźnienie", "apologise"), ("zadzwonię do pani jutro", "follow-up")] * 6
    heard = fit.listen([utterance(text, "", rule) for text, rule in texts], "pl", understood=False)
    lean = fit.leanings(fit.fitted(heard), heard)
    for place, (_, rule) in enumerate(texts):
        other = "follow-up" if rule == "apologise" else "apologise"
        assert lean[place, heard.rules.index(rule)] > 0 > lean[place, heard.rules.index(other)]


def test_what_two_people_do_not_agree_on_is_neither_scored_nor_learnt_from() -> None:
    doubtful = utterance("no cóż", "", unclear=frozenset({"no-jokes"}))
    figure = measure.figures([doubtful], [{"no-jokes", "no-excuses"}])
    assert figure["no-jokes"].wrong == 0 and figure["no-excuses"].wrong == 1
    heard = fit.listen([doubtful], "pl", understood=False)
    assert heard.weights[0, heard.rules.index("no-jokes")] == 0
    assert heard.weights[0, heard.rules.index("no-excuses")] == 1


def test_the_interval_of_a_share_is_wilsons() -> None:
    assert measure.interval(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)  # Wilson 1927, worked out by hand
    assert measure.interval(0, 0) == (0.0, 1.0)
    assert np.all(np.diff([measure.interval(hits, 10)[0] for hits in range(11)]) > 0)


def test_the_english_heads_learn_only_from_what_the_model_of_meaning_was_not_taught_with() -> None:
    assert {one.part for one in fit.learnt_from("en")} == set(fit.UNSEEN["en"])
