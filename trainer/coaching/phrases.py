"""Phrases of a rule in what was said, with the words they rest on.

Step one of the matter: fixed phrases, word by word, whatever the case and the punctuation. A rule's ``unless``
phrases take the words away from it where they overlap or follow within the same clause.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.records import Rule, Span, Word

_LETTERS = re.compile(r"[^\w'’]+")
UNSURE = 0.5
NEAR_WORDS = 4


@dataclass(frozen=True)
class Said:
    """A phrase that was found: its words' times on the clock of ``words``, and whether one of them is unsure."""

    phrase: str
    span: Span
    unsure: bool


def find(rule: Rule, words: Sequence[Word], name: str) -> tuple[Said, ...]:
    """Every place in ``words`` where a phrase of ``rule`` was said; {name} in a phrase is the customer's."""
    return find_phrases(rule.phrases, rule.unless, words, name)


def find_phrases(phrases: Sequence[str], unless: Sequence[str], words: Sequence[Word], name: str) -> tuple[Said, ...]:
    """Every place in ``words`` where one of ``phrases`` was said without one of ``unless`` near it."""
    tokens = [_token(word.text) for word in words]
    found = []
    for phrase in phrases:
        wanted = _tokens(phrase.replace("{name}", name))
        for place in _places(tokens, wanted):
            near = tokens[max(0, place - NEAR_WORDS) : place + len(wanted) + NEAR_WORDS]
            if not any(_places(near, _tokens(other.replace("{name}", name))) for other in unless):
                said = words[place : place + len(wanted)]
                unsure = any(word.probability < UNSURE for word in said)
                found.append(Said(phrase, (said[0].start_s, said[-1].end_s), unsure))
    return tuple(sorted(found, key=lambda said: said.span))


def _places(tokens: Sequence[str], wanted: Sequence[str]) -> list[int]:
    size = len(wanted)
    return [i for i in range(len(tokens) - size + 1) if size and list(tokens[i : i + size]) == list(wanted)]


def _tokens(text: str) -> list[str]:
    return [token for part in text.split() if (token := _token(part))]


def _token(text: str) -> str:
    return _LETTERS.sub("", text.casefold()).replace("’", "'")
