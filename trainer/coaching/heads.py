"""What is meant, where it is not fixed in words: for each rule one weight for each direction of meaning and each word.

A window is a sentence, or a part of a long one. Its features are its vector of meaning (``trainer.meaning``) and which
of the known words and pairs of words stand in it (one over the root of their number, so that both have length one); a
rule's head is a logistic regression over them (Cox, J. R. Stat. Soc. B 20:215, 1958), fitted on the development set by
``python -m bench.phrases fit``. Languages without heads are judged by patterns alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from trainer import meaning, shipped
from trainer.coaching.tokens import END, Token
from trainer.models import Absent

LONGEST = 16
STEP = 10
"""Tokens of a window, and from one to the next, in a sentence that is longer."""

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Heads:
    """The fitted weights: ``weights`` of shape (features, rules) over meaning and then terms, ``bias`` of (rules,)."""

    rules: tuple[str, ...]
    terms: dict[str, int]
    weights: Numbers
    bias: Numbers


@dataclass(frozen=True)
class Window:
    """Tokens [first, end) and, by rule, how far they speak for it (log odds)."""

    first: int
    end: int
    leanings: dict[str, float]


@cache
def heads(language: str) -> Heads | None:
    """The heads of a language; None where it has none."""
    path = shipped.folder("guides/words") / f"{language}-heads.npz"
    if language not in meaning.LANGUAGES or not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as kept:
        terms = {str(term): place for place, term in enumerate(kept["terms"])}
        rules = tuple(str(rule) for rule in kept["rules"])
        return Heads(rules, terms, kept["weights"].astype(np.float32), kept["bias"].astype(np.float32))


def windows(tokens: Sequence[Token], texts: Sequence[str], language: str) -> tuple[Window, ...]:
    """How far each window speaks for each rule; none without heads, or where the model of meaning is absent."""
    known = heads(language)
    if known is None or not tokens:
        return ()
    places = _cut(tokens)
    said = [" ".join(texts[tokens[first].place : tokens[end - 1].place + 1]) for first, end in places]
    try:
        meant = meaning.vectors(said)
    except Absent:
        return ()
    features = np.hstack([meant, worded([forms(tokens[first:end]) for first, end in places], known.terms)])
    lean = features @ known.weights + known.bias
    return tuple(
        Window(first, end, {rule: float(one) for rule, one in zip(known.rules, row, strict=True)})
        for (first, end), row in zip(places, lean, strict=True)
    )


def worded(said: Sequence[Sequence[str]], terms: dict[str, int]) -> Numbers:
    """Which known words and pairs of words stand in each text, shape (texts, terms), each row of length one."""
    made = np.zeros((len(said), len(terms)), np.float32)
    for row, words in zip(made, said, strict=True):
        known = [terms[term] for term in {*words, *pairs(words)} if term in terms]
        row[known] = 1.0 / np.sqrt(max(1, len(known)))
    return made


def pairs(words: Sequence[str]) -> list[str]:
    """Each word with the next."""
    return [f"{one} {other}" for one, other in pairwise(words)]


def forms(tokens: Sequence[Token]) -> list[str]:
    """The words of some tokens."""
    return [token.form for token in tokens if token.form != END]


def _cut(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The sentences, those too long in overlapping parts."""
    ends = [place for place, token in enumerate(tokens) if token.form == END] + [len(tokens)]
    found, first = [], 0
    for end in ends:
        for start in range(first, max(first + 1, end - LONGEST + STEP), STEP):
            if start < end:
                found.append((start, min(end, start + LONGEST)))
        first = end + 1
    return found
