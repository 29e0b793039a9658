"""What is meant, where no single phrase decides it: for each rule one weight for each thing that was heard in a breath.

A breath is some sentences, as long as those that the heads were fitted to. Its features are what its meaning speaks for
(``trainer.meaning``), or its vector of meaning (``trainer.universal``), where one of them knows the language, which
rules' patterns were found in it, and which of the known words and pairs of words stand in it (one over the root of
their number). A rule's head is a logistic regression over them (Cox, J. R. Stat. Soc. B 20:215, 1958), fitted on the
development set by ``python -m bench.phrases fit`` or ``tune``. Its windows are the sentences, or parts of long ones:
the one that speaks most for a rule is what a finding rests on. Languages without heads are judged by patterns alone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from trainer import library, meaning, shipped, universal
from trainer.coaching.phrases import Places, overlap
from trainer.coaching.tokens import END, Token
from trainer.models import Absent

LONGEST = 20
STEP = 10
"""Tokens of a window, and from one to the next, in a sentence that is longer."""
PATTERN = 0.5
"""What a pattern that was found counts as a feature, where all words together have length one."""
MEANING = 0.2
"""What a log odd of the meaning counts as a feature, so that the fit weighs it with the others."""
BREATH = 45
"""Words that are judged at once; the utterances that the heads are fitted to are no longer (bench/phrases/data)."""
STEM_LETTERS = 5
"""A language whose words are not brought to their lemmas knows them by their first letters too."""

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Heads:
    """The fitted weights, of shape (features, rules) over meaning, patterns and terms, and ``bias`` of (rules,).

    ``patterns`` and ``terms``: which place a rule's patterns, and a word or pair, has among its kind.
    """

    rules: tuple[str, ...]
    patterns: tuple[str, ...]
    terms: dict[str, int]
    weights: Numbers
    bias: Numbers


@dataclass(frozen=True)
class Window:
    """The words [first, beyond the last) of a window, and by rule how far they speak for it (log odds)."""

    words: Places
    leanings: dict[str, float]


@dataclass(frozen=True)
class Breath(Window):
    """The same of a breath, with its windows, which tell where in it a rule was spoken to."""

    windows: tuple[Window, ...]


@cache
def heads(language: str) -> Heads | None:
    """The heads of a language; None where it has none."""
    path = shipped.folder("guides/words") / f"{language}-heads.npz"
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as kept:
        rules, patterns, terms = (tuple(str(one) for one in kept[key]) for key in ("rules", "patterns", "terms"))
        weights, bias = (kept[key].astype(np.float32) for key in ("weights", "bias"))
    return Heads(rules, patterns, {term: place for place, term in enumerate(terms)}, weights, bias)


def breaths(
    tokens: Sequence[Token], texts: Sequence[str], found: Mapping[str, Collection[Places]], language: str
) -> tuple[Breath, ...]:
    """How far each breath speaks for each rule; none without heads, or where the model of meaning is absent.

    ``found``: by rule the words [first, beyond the last) of each of its patterns.
    """
    known = heads(language)
    if known is None or not tokens:
        return ()
    try:
        return tuple(_breath(known, tokens, texts, found, some, language) for some in _together(tokens, parts(tokens)))
    except Absent:
        return ()


def _breath(
    known: Heads,
    tokens: Sequence[Token],
    texts: Sequence[str],
    found: Mapping[str, Collection[Places]],
    some: Sequence[Places],
    language: str,
) -> Breath:
    """The breath that consists of ``some`` stretches of the tokens."""
    whole = (some[0][0], max(end for _, end in some))
    stretches = [*some, whole]
    places = [words_of(tokens, one) for one in stretches]
    hits = [{rule for rule, said in found.items() if any(overlap(place, one) for one in said)} for place in places]
    said = [worded(tokens[first:end], language) for first, end in stretches]
    meant = understood(texts, places[:-1], language)
    lean = np.hstack([meant, marked(hits, known.patterns), counted(said, known.terms)]) @ known.weights + known.bias
    rows = [{rule: float(one) for rule, one in zip(known.rules, row, strict=True)} for row in lean]
    windows = tuple(Window(place, row) for place, row in zip(places[:-1], rows[:-1], strict=True))
    return Breath(places[-1], rows[-1], windows)


def understood(texts: Sequence[str], places: Sequence[Places], language: str) -> Numbers:
    """What the words at these places of a breath mean, and at last the whole of it, shape (places + 1, size).

    What the meaning speaks for, where that is known, and then as much for the whole as any window does; or vectors of
    meaning; of size 0 where no model knows the language.
    """
    if language in meaning.LANGUAGES:
        told = MEANING * meaning.leanings(texts, places)
        return np.vstack([told, told.max(axis=0)])
    if language in universal.LANGUAGES:
        whole = (places[0][0], places[-1][1])
        return universal.vectors([" ".join(texts[slice(*place)]) for place in (*places, whole)])
    return np.zeros((len(places) + 1, 0), np.float32)


def marked(hits: Sequence[Collection[str]], patterns: Sequence[str]) -> Numbers:
    """Which rules' patterns were found in each text, shape (texts, patterns)."""
    return np.array([[PATTERN * (rule in one) for rule in patterns] for one in hits], np.float32)


def counted(said: Sequence[Collection[str]], terms: Mapping[str, int]) -> Numbers:
    """Which known terms stand in each text, shape (texts, terms), each row of length one."""
    made = np.zeros((len(said), len(terms)), np.float32)
    for row, own in zip(made, said, strict=True):
        known = [terms[term] for term in own if term in terms]
        row[known] = 1.0 / np.sqrt(max(1, len(known)))
    return made


def worded(tokens: Sequence[Token], language: str) -> set[str]:
    """The words of some tokens and each with the next; where they have no lemmas, the pairs of their stems."""
    forms = [token.form for token in tokens if token.form != END]
    speaking = library.speaking(language)
    if speaking is None or speaking.lemmas:
        return {*forms, *_pairs(forms)}
    stems = [form[:STEM_LETTERS] for form in forms]
    return {*forms, *(f"{stem}*" for stem in stems), *_pairs(stems)}


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{one} {other}" for one, other in pairwise(words)]


def parts(tokens: Sequence[Token]) -> list[Places]:
    """The sentences, those too long in overlapping parts, as places of tokens."""
    ends = [place for place, token in enumerate(tokens) if token.form == END] + [len(tokens)]
    found, first = [], 0
    for end in ends:
        for start in range(first, max(first + 1, end - LONGEST + STEP), STEP):
            if start < end:
                found.append((start, min(end, start + LONGEST)))
        first = end + 1
    return found


def words_of(tokens: Sequence[Token], part: Places) -> Places:
    """The words [first, beyond the last) that some tokens came from."""
    return tokens[part[0]].place, tokens[part[1] - 1].place + 1


def _together(tokens: Sequence[Token], found: Sequence[Places]) -> list[list[Places]]:
    """Parts one after the other, as many as a breath has."""
    made: list[list[Places]] = []
    for part in found:
        if made and words_of(tokens, part)[1] - words_of(tokens, made[-1][0])[0] <= BREATH:
            made[-1].append(part)
        else:
            made.append([part])
    return made
