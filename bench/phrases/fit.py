"""Fit the heads on the development set and write them where the program reads them.

L2-regularised logistic regression, one against the rest, all rules at once (L-BFGS); a positive weighs as eight
negatives, since a rule is rare. What is unclear is not learnt from, and the examples of the guides are learnt from for
their own rule only. Where a model of meaning was taught the rules, the heads are the mean of what they learnt and of
what it would say alone, with the patterns as it weighed them: of authors that neither saw, both know more than each.

``out_of_fold`` is how to estimate what that is worth to others: each author by heads that saw nothing of theirs.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.optimize
import scipy.sparse

from bench.phrases import corpus
from bench.phrases.corpus import Utterance
from trainer import library, meaning, shipped
from trainer.coaching import heads
from trainer.coaching.heads import Heads
from trainer.coaching.phrases import find, read
from trainer.coaching.tokens import Token
from trainer.records import Word

STRENGTH, POSITIVES_WEIGH, EXAMPLES_WEIGH, ROUNDS = 10.0, 8.0, 4.0, 150
LEAST_OFTEN = 2
"""A word or pair that stands in one utterance alone teaches nothing about others."""
BY_NAME = "use-their-name"
"""This rule is about one word, which no other text can teach."""
NAMES = {"en": "Mrs Kowalska", "pl": "Pani Kowalska"}
UNSEEN = {"en": ("eighth", "tenth", "eleventh", "twelfth")}
"""The parts that no pattern was written from, nor the model of meaning taught with."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Heard:
    """Utterances as the heads get them: the meaning, the patterns found, the terms; and what is right of each rule.

    ``right`` and ``weights`` of shape (utterances, rules); the weight of what is unclear is 0. ``told``: how the model
    of meaning itself would weigh all but the terms, of shape (features, rules), where it was taught the rules.
    """

    rules: tuple[str, ...]
    patterns: tuple[str, ...]
    dense: heads.Numbers
    terms: Sequence[set[str]]
    right: Numbers
    weights: Numbers
    told: heads.Numbers | None = None

    def part(self, places: Sequence[int]) -> "Heard":
        """Some of them."""
        rows = list(places)
        terms = [self.terms[row] for row in rows]
        return replace(self, dense=self.dense[rows], terms=terms, right=self.right[rows], weights=self.weights[rows])


def run(language: str = "en") -> str:
    """Fit and write the heads of a language; what was done, in a line."""
    known = learnt_from(language)
    heard = listen([*known, *examples(language)], language)
    made = fitted(heard)
    return f"{written(made, language)}, from {len(known)} utterances"


def written(made: Heads, language: str) -> str:
    """Put the heads where the program reads them; what was written, in words."""
    path = shipped.folder("guides/words") / f"{language}-heads.npz"
    np.savez_compressed(
        path,
        rules=np.array(made.rules),
        patterns=np.array(made.patterns),
        terms=np.array(list(made.terms)),
        weights=made.weights.astype(np.float16),
        bias=made.bias,
    )
    return f"{path.name}: {len(made.rules)} rules, {len(made.terms)} words and pairs"


def learnt_from(language: str) -> list[Utterance]:
    """The development set; where a model of meaning was taught with some of it, the rest."""
    known = corpus.read(language, "dev")
    return [one for one in known if one.part in UNSEEN[language]] if language in meaning.LANGUAGES else known


def headed() -> tuple[str, ...]:
    """The rules that have a head."""
    return tuple(rule for rule in corpus.CODES.values() if rule != BY_NAME)


def examples(language: str) -> Iterator[Utterance]:
    """What the guides say is found, and is not, as utterances of which only that is known."""
    every = frozenset(corpus.CODES.values())
    for rule, wording in library.wordings(language).items():
        for text in wording.like:
            yield Utterance(text, frozenset({rule}), frozenset(), "", "examples", every - {rule})
        for text in wording.unlike:
            yield Utterance(text, frozenset(), frozenset({rule}), "", "examples", every - {rule})


def listen(known: Sequence[Utterance], language: str, meaning: bool = True) -> Heard:
    """What the program hears in utterances, without what they mean where ``meaning`` is False, and what is right."""
    rules = headed()
    patterns = tuple(corpus.CODES.values())
    said = [_words(one.text) for one in known]
    read = [places(one.text, language) if meaning else ([], []) for one in known]
    meant = [heads.understood(*one, language)[-1] for one in read] if meaning else np.zeros((len(known), 0), np.float32)
    right = np.array([[rule in one.rules for rule in rules] for one in known], float)
    clear = np.array([[rule not in one.unclear for rule in rules] for one in known], float)
    example = np.array([[EXAMPLES_WEIGH if one.part == "examples" else 1.0] for one in known])
    return Heard(
        rules,
        patterns,
        np.hstack([meant, hits(known, language)]),
        [heads.worded(_tokens(words, language), language) for words in said],
        right,
        clear * example * np.where(right > 0, POSITIVES_WEIGH, 1.0),
        _told(language) if meaning else None,
    )


def hits(known: Sequence[Utterance], language: str) -> heads.Numbers:
    """Which rules' patterns are found in utterances, shape (utterances, patterns)."""
    rules = tuple(corpus.CODES.values())
    said = [_words(one.text) for one in known]
    return heads.marked([{rule for rule in rules if _found(rule, words, language)} for words in said], rules)


def fitted(heard: Heard) -> Heads:
    """The heads that these utterances teach."""
    often = Counter(term for words in heard.terms for term in words)
    terms = {term: place for place, term in enumerate(sorted(term for term, n in often.items() if n >= LEAST_OFTEN))}
    features = _features(heard, terms)
    size, rules = features.shape[1], len(heard.rules)
    signs = 2.0 * heard.right - 1.0

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        weights = flat.reshape(size + 1, rules)
        margins = signs * (features @ weights[:-1] + weights[-1])
        wrong = -heard.weights * signs / (1.0 + np.exp(np.minimum(margins, 50.0)))
        slope = np.vstack([features.T @ wrong + weights[:-1] / STRENGTH, wrong.sum(axis=0)])
        total = (heard.weights * np.logaddexp(0.0, -margins)).sum() + (weights[:-1] ** 2).sum() / (2.0 * STRENGTH)
        return float(total), slope.ravel()

    start = np.zeros((size + 1) * rules)
    best = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    weights = best.reshape(size + 1, rules).astype(np.float32)
    if heard.told is not None:
        weights /= 2
        weights[: len(heard.told)] += heard.told / 2
    return Heads(heard.rules, heard.patterns, terms, weights[:-1], weights[-1])


def leanings(made: Heads, heard: Heard) -> Numbers:
    """How far each utterance speaks for each rule, in log odds, shape (utterances, rules)."""
    return np.asarray(_features(heard, made.terms) @ made.weights + made.bias, float)


def out_of_fold(heard: Heard, known: Sequence[Utterance]) -> Numbers:
    """The leanings of the first utterances, those ``known``, each by heads that saw nothing of its author."""
    made = np.zeros((len(known), len(heard.rules)))
    for inside, outside in folds(known):
        taught = [*inside, *range(len(known), len(heard.terms))]
        made[outside] = leanings(fitted(heard.part(taught)), heard.part(outside))
    return made


def folds(known: Sequence[Utterance]) -> Iterator[tuple[list[int], list[int]]]:
    """The places of what is learnt from and of what is left out, by parts, each an author's; each is left out once."""
    for part in sorted({one.part for one in known}):
        outside = [place for place, one in enumerate(known) if one.part == part]
        yield [place for place, one in enumerate(known) if one.part != part], outside


def _told(language: str) -> heads.Numbers | None:
    if language not in meaning.LANGUAGES:
        return None
    known = meaning.reader()
    return np.vstack([np.eye(len(known.rules), dtype=np.float32) / heads.MEANING, known.patterns / heads.PATTERN])


def _features(heard: Heard, terms: dict[str, int]) -> scipy.sparse.csr_matrix:
    counted = scipy.sparse.vstack([scipy.sparse.csr_matrix(heads.counted([one], terms)) for one in heard.terms])
    return scipy.sparse.hstack([scipy.sparse.csr_matrix(heard.dense), counted]).tocsr()


def places(text: str, language: str) -> tuple[list[str], list[heads.Places]]:
    """The words of an utterance, and where in them its windows are."""
    words = _words(text)
    tokens = _tokens(words, language)
    return [word.text for word in words], [heads.words_of(tokens, part) for part in heads.parts(tokens)]


def _words(text: str) -> tuple[Word, ...]:
    return tuple(Word(one, float(place), place + 1.0, 1.0) for place, one in enumerate(text.split()))


def _tokens(words: tuple[Word, ...], language: str) -> Sequence[Token]:
    return read(words, NAMES[language], language).tokens


def _found(rule: str, words: tuple[Word, ...], language: str) -> bool:
    return bool(find(library.rules()[rule], words, NAMES[language], language))
