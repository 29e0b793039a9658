"""Which rules were spoken to in an answer: patterns and meaning together.

A pattern that the meaning speaks clearly against is no finding; what speaks clearly enough for a rule is one without
any pattern; both are weighed in log odds (trainer/guides/words/LANGUAGE.yaml). Where a language has no heads, patterns
decide alone.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from trainer.coaching.heads import windows
from trainer.coaching.phrases import NEAR_TOKENS, UNSURE, Places, Said, find, grammar, read
from trainer.records import Rule, Word

UNSURE_SHARE = 0.25
"""A meaning rests on many words: it is unsure where more than this share of them is."""
EVEN = 0.5


@dataclass(frozen=True)
class Window:
    """The words [first, beyond the last) of a window, and how far they speak for each rule (log odds)."""

    words: Places
    leanings: dict[str, float]


def find_all(
    rules: Iterable[Rule], words: Sequence[Word], name: str, language: str = "en"
) -> dict[str, tuple[Said, ...]]:
    """Where each of ``rules`` was said, without what another of them spoils in the same breath."""
    known = list(rules)
    seen = _windows(tuple(words), name, language)
    found = {}
    for rule in known:
        said = find(rule, words, name, language)
        found[rule.id] = _weighed(rule, said, seen, language) if seen and rule.id in seen[0].leanings else said
        if seen and not said and rule.id in seen[0].leanings:
            found[rule.id] = _meant(rule, seen, words, language)
    for rule in known:
        spoilers = [one for other in rule.spoilt_by for one in found.get(other, ())]
        found[rule.id] = tuple(one for one in found[rule.id] if not any(_beside(one, other) for other in spoilers))
    return found


def ready(language: str) -> None:
    """Load what the first answer would have to wait for, two seconds' worth. Raises NoModel where a model is wrong."""
    _windows((Word("yes", 0.0, 1.0, 1.0),), "", language)


def _weighed(rule: Rule, said: tuple[Said, ...], seen: tuple[Window, ...], language: str) -> tuple[Said, ...]:
    """The patterns that the meaning around them does not speak against."""
    own = grammar(language).speaking.pattern_weight - _limit(rule, language)
    found = []
    for one in said:
        lean = max((window.leanings[rule.id] for window in seen if _overlap(window.words, one.words)), default=0.0)
        found.append(replace(one, score=_score(lean + own)))
    return tuple(one for one in found if one.score >= EVEN)


def _meant(rule: Rule, seen: tuple[Window, ...], words: Sequence[Word], language: str) -> tuple[Said, ...]:
    """The windows that speak for the rule by their meaning alone."""
    found = []
    for window in seen:
        score = _score(window.leanings[rule.id] - _limit(rule, language))
        if score >= EVEN:
            said = words[slice(*window.words)]
            unsure = sum(word.probability < UNSURE for word in said) > UNSURE_SHARE * len(said)
            found.append(Said("", (said[0].start_s, said[-1].end_s), unsure, window.words, score))
    return tuple(found)


def _limit(rule: Rule, language: str) -> float:
    speaking = grammar(language).speaking
    return speaking.broken_from if rule.breaks else speaking.kept_from


def _score(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))


def _overlap(one: Places, other: Places) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _beside(one: Said, other: Said) -> bool:
    return max(one.words[0], other.words[0]) - min(one.words[1], other.words[1]) <= NEAR_TOKENS


@lru_cache(16)
def _windows(words: tuple[Word, ...], name: str, language: str) -> tuple[Window, ...]:
    tokens = read(words, name, language).tokens
    return tuple(
        Window((tokens[one.first].place, tokens[one.end - 1].place + 1), one.leanings)
        for one in windows(tokens, [word.text for word in words], language)
    )
