"""Phrases of a rule in what was said, with the words they rest on.

What is fixed in words is found by patterns over tokens (``patterns.py``), which stand in the phrasebooks of the
guides. A rule's ``unless`` patterns take the words away from it where they overlap them, or stand within four words in
the same sentence. What somebody else is quoted with ("you told me to calm down") breaks no rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache

from trainer import library
from trainer.coaching.patterns import Grammar, Text
from trainer.coaching.tokens import END, Token, tokens
from trainer.records import Rule, Span, Speaking, Word

UNSURE = 0.5
NEAR_TOKENS = 4
ALIKE = 0.75
"""A word so like the customer's name is their name, as recognisers write names."""
LEAST_LETTERS = 4
SURE = 0.9
"""How sure a pattern is: nine in ten of those found on the development set are right."""

Places = tuple[int, int]


@dataclass(frozen=True)
class Said:
    """A phrase that was found: its words' times on the clock of ``words``, their places, and whether one is unsure.

    ``plain``: it needs no more than itself to be found.
    """

    phrase: str
    span: Span
    unsure: bool
    words: Places = (0, 0)
    score: float = SURE
    plain: bool = False


def find(rule: Rule, words: Sequence[Word], name: str, language: str = "en") -> tuple[Said, ...]:
    """Every place in ``words`` where a phrase of ``rule`` was said; {name} in a phrase is the customer's."""
    wording = library.wordings(language).get(rule.id)
    plain = wording.plain if wording else ()
    phrases = rule.phrases + (wording.phrases if wording else ()) + plain
    unless = rule.unless + (wording.unless if wording else ())
    quoting = grammar(language).speaking.quoting if rule.breaks else ()
    surely = [one.words for one in find_phrases(plain, unless, words, name, language, quoting)]
    found = find_phrases(phrases, unless, words, name, language, quoting)
    return tuple(replace(one, plain=any(overlap(one.words, other) for other in surely)) for one in found)


def overlap(one: Places, other: Places) -> bool:
    """Whether two stretches of words share one."""
    return one[0] < other[1] and other[0] < one[1]


def find_phrases(
    phrases: Sequence[str],
    unless: Sequence[str],
    words: Sequence[Word],
    name: str,
    language: str = "en",
    quoting: Sequence[str] = (),
) -> tuple[Said, ...]:
    """Every place in ``words`` where one of ``phrases`` was said without one of ``unless`` near it, each place once.

    Nothing said after one of ``quoting``, in the same sentence, counts.
    """
    known, text = grammar(language), read(tuple(words), name, language)
    address = _address(name, known.speaking)
    not_here = [place for other in unless for place in _places(known, text, other, address)]
    quoted = [place for other in quoting for place in _places(known, text, other, address)]
    found: dict[Places, str] = {}
    for phrase in phrases:
        for place in _places(known, text, phrase, address):
            taken = any(_near(text, place, other) for other in not_here)
            if not taken and not any(_after(text, place, other) for other in quoted):
                found.setdefault(place, phrase)
    return tuple(_said(phrase, place, text, words) for place, phrase in sorted(_longest(found).items()))


def _places(grammar: Grammar, text: Text, phrase: str, address: str) -> list[Places]:
    return text.find(grammar.pattern(phrase.replace("{name}", address)))


def _near(text: Text, place: Places, other: Places) -> bool:
    """Whether two places overlap, or stand within four tokens of the same sentence."""
    first, end = (place[1], other[0]) if place[1] <= other[0] else (other[1], place[0])
    return end - first <= NEAR_TOKENS and not _ends(text, first, end)


def _after(text: Text, place: Places, other: Places) -> bool:
    return other[0] < place[1] and other[1] <= place[1] and not _ends(text, other[1], place[0])


def _ends(text: Text, first: int, end: int) -> bool:
    return any(token.form == END for token in text.tokens[first:end])


def _longest(found: dict[Places, str]) -> dict[Places, str]:
    """Without the places that overlap a longer one, or an earlier one of the same length: it was said once."""
    kept: dict[Places, str] = {}
    for place in sorted(found, key=lambda place: (place[0] - place[1], place)):
        if not any(overlap(place, other) for other in kept):
            kept[place] = found[place]
    return kept


def _said(phrase: str, place: Places, text: Text, words: Sequence[Word]) -> Said:
    first, last = text.tokens[place[0]].place, text.tokens[place[1] - 1].place
    said = words[first : last + 1]
    unsure = any(word.probability < UNSURE for word in said)
    return Said(phrase, (said[0].start_s, said[-1].end_s), unsure, (first, last + 1))


@cache
def grammar(language: str) -> Grammar:
    """The patterns of a language; one that nobody has described is read letter by letter."""
    return Grammar(library.speaking(language) or Speaking(language))


@lru_cache(16)
def read(words: tuple[Word, ...], name: str, language: str) -> Text:
    """The words as text for patterns, what sounds like the customer's name written as it is."""
    speaking = grammar(language).speaking
    titles = {title for titles in speaking.titles for title in titles}  # "pan" is like "pani", and somebody else
    own = [one.form for one in tokens(name.split(), speaking) if len(one.form) >= LEAST_LETTERS]
    own = [form for form in own if form not in titles]
    return Text([_named(token, own) for token in tokens([word.text for word in words], speaking)])


def _named(token: Token, own: Sequence[str]) -> Token:
    for name in own:
        if token.form[:1] == name[:1] and SequenceMatcher(None, token.form, name).ratio() >= ALIKE:
            return Token(name, name, token.place)
    return token


def _address(name: str, speaking: Speaking) -> str:
    """The customer's name as a pattern: titles that are taken for one another; without a name anybody's."""
    if not name:
        return speaking.anybody or "!_ _"
    alike = {title: "/".join(titles) for titles in speaking.titles for title in titles}
    return " ".join(alike.get(one.form, one.form) for one in tokens(name.split(), speaking) if one.form != END)
