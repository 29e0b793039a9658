"""Fit the heads on the development set and write them where the program reads them.

L2-regularised logistic regression, one against the rest; a positive weighs as four negatives, since a rule is rare.
"""

from collections import Counter

import numpy as np

from bench.phrases import corpus
from trainer import library, meaning, shipped
from trainer.coaching.heads import forms, pairs, worded
from trainer.coaching.tokens import tokens

STRENGTH, POSITIVES_WEIGH = 10.0, 4.0
LEAST_OFTEN = 2
"""A word or pair that stands in one utterance alone teaches nothing about others."""
BY_NAME = "use-their-name"
"""This rule is about one word, which no other text can teach."""


def run(language: str = "en") -> str:
    """Fit and write the heads of a language; what was done, in a line."""
    from sklearn.linear_model import LogisticRegression

    known = corpus.read(language, "dev")
    speaking = library.speaking(language)
    assert speaking is not None
    said = [forms(tokens(one.text.split(), speaking)) for one in known]
    often = Counter(term for words in said for term in {*words, *pairs(words)})
    terms = {term: place for place, term in enumerate(sorted(t for t, n in often.items() if n >= LEAST_OFTEN))}
    features = np.hstack([meant([one.text for one in known]), worded(said, terms)])
    rules = [rule for rule in corpus.CODES.values() if rule != BY_NAME]
    weights, bias = np.zeros((features.shape[1], len(rules))), np.zeros(len(rules))
    for place, rule in enumerate(rules):
        right = [rule in one.rules for one in known]
        head = LogisticRegression(C=STRENGTH, class_weight={0: 1.0, 1: POSITIVES_WEIGH}, solver="liblinear")
        head.fit(features, right)
        weights[:, place], bias[place] = head.coef_[0], head.intercept_[0]
    path = shipped.folder("guides/words") / f"{language}-heads.npz"
    np.savez_compressed(
        path,
        rules=np.array(rules),
        terms=np.array(list(terms)),
        weights=weights.astype(np.float16),
        bias=bias.astype(np.float32),
    )
    return f"{path.name}: {len(rules)} rules, {len(terms)} words and pairs, from {len(known)} utterances"


def meant(texts: list[str]) -> meaning.Vectors:
    """The vectors of many texts, a few of like length at a time."""
    order = np.argsort([len(text) for text in texts])
    made = np.zeros((len(texts), meaning.SIZE), np.float32)
    for few in np.array_split(order, max(1, len(texts) // 16)):
        made[few] = meaning.vectors([texts[place] for place in few])
    return made
