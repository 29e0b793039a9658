"""An utterance that is only text: the same judgement of its words as in a call, with places in place of times."""

import re
from collections.abc import Iterable

from trainer.coaching import spoken
from trainer.coaching.phrases import Said
from trainer.records import Phrase, Rule, Utterance, Word

_WORD = re.compile(r"\S+")


def judged(text: str, rules: Iterable[Rule], name: str, language: str) -> Utterance:
    """Which of ``rules`` the words of ``text`` keep or break; {name} in a phrase is ``name``, or anybody's."""
    places = [found.span() for found in _WORD.finditer(text)]
    words = tuple(Word(text[start:end], float(n), n + 1.0, 1.0) for n, (start, end) in enumerate(places))
    known = {rule.id: rule for rule in rules}
    kept: list[Phrase] = []
    broken: list[Phrase] = []
    for rule, said in spoken.find_all(known.values(), words, name, language).items():
        (broken if known[rule].breaks else kept).extend(_phrase(rule, one, places) for one in said)
    return Utterance(text, _in_order(kept), _in_order(broken))


def _phrase(rule: str, said: Said, places: list[tuple[int, int]]) -> Phrase:
    return Phrase(rule, (places[said.words[0]][0], places[said.words[1] - 1][1]), said.score)


def _in_order(found: list[Phrase]) -> tuple[Phrase, ...]:
    return tuple(sorted(found, key=lambda phrase: (phrase.span, phrase.rule)))
