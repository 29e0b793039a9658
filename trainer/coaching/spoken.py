"""Which rules were spoken to in an answer: patterns and meaning together.

A pattern is one of the things by which a rule's head (``heads.py``) tells whether it was said; where the head says no,
it is no finding, and where it says yes, there is one without any pattern. What is plain is found whatever it says.
A rule without a head, or a language without them, is judged by its patterns alone.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from trainer import library
from trainer.coaching.heads import Breath, breaths
from trainer.coaching.phrases import NEAR_TOKENS, SURE, UNSURE, Places, Said, find, grammar, overlap, read
from trainer.records import Rule, Word

UNSURE_SHARE = 0.25
"""A meaning rests on many words: it is unsure where more than this share of them is."""


def find_all(
    rules: Iterable[Rule], words: Sequence[Word], name: str, language: str = "en"
) -> dict[str, tuple[Said, ...]]:
    """Where each of ``rules`` was said, without what another of them spoils in the same breath."""
    known = list(rules)
    found = {rule.id: find(rule, words, name, language) for rule in known}
    tokens = read(tuple(words), name, language).tokens
    patterns = {rule: [one.words for one in said] for rule, said in found.items()}
    seen = breaths(tokens, [word.text for word in words], patterns, language)
    for rule in known if seen else ():
        if rule.id in seen[0].leanings:
            plain, limit = _limits(rule, language)
            found[rule.id] = _weighed(found[rule.id], rule.id, plain, seen) or _meant(rule.id, limit, seen, words)
    for rule in known:
        spoilers = [one for other in rule.spoilt_by for one in found.get(other, ())]
        found[rule.id] = tuple(one for one in found[rule.id] if not any(_spoils(other, one) for other in spoilers))
    return found


def ready(language: str) -> None:
    """Load what the first answer would have to wait for, two seconds' worth. Raises NoModel where a model is wrong."""
    library.languages()
    find_all(library.rules().values(), (Word("yes", 0.0, 1.0, 1.0),), "", language)


def _limits(rule: Rule, language: str) -> tuple[float, float]:
    """From which log odds on a rule was said: where one of its patterns was found, and where none was."""
    speaking = grammar(language).speaking
    if not rule.breaks:
        return speaking.kept_from, speaking.kept_from
    return speaking.broken_from if speaking.worded_from is None else speaking.worded_from, speaking.broken_from


def _weighed(said: tuple[Said, ...], rule: str, limit: float, seen: tuple[Breath, ...]) -> tuple[Said, ...]:
    """The patterns in a breath that speaks for the rule, and those that are plain."""
    found = []
    for one in said:
        lean = max((breath.leanings[rule] for breath in seen if overlap(breath.words, one.words)), default=limit)
        if one.plain or lean >= limit:
            found.append(replace(one, score=max(_score(lean - limit), SURE if one.plain else 0.0)))
    return tuple(found)


def _meant(rule: str, limit: float, seen: tuple[Breath, ...], words: Sequence[Word]) -> tuple[Said, ...]:
    """Where a breath speaks for the rule by its meaning alone: the windows that do, or that which does most."""
    found = []
    for breath in seen:
        if (lean := breath.leanings[rule]) >= limit:
            most = max(breath.windows, key=lambda window: window.leanings[rule])
            for window in breath.windows:
                if window is most or window.leanings[rule] >= limit:
                    found.append(_by_meaning(window.words, lean - limit, words))
    return tuple(found)


def _by_meaning(place: Places, over: float, words: Sequence[Word]) -> Said:
    said = words[slice(*place)]
    unsure = sum(word.probability < UNSURE for word in said) > UNSURE_SHARE * len(said)
    return Said("", (said[0].start_s, said[-1].end_s), unsure, place, _score(over))


def _score(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))


def _spoils(other: Said, one: Said) -> bool:
    """Whether it stands beside; what is plain is not spoilt by what is only meant."""
    if one.plain and not other.phrase:
        return False
    return max(one.words[0], other.words[0]) - min(one.words[1], other.words[1]) <= NEAR_TOKENS
