"""What was said as tokens: each word's form and lemma, in order, with the place of the word it came from.

Contractions are opened ("I'm" is two tokens of one word), hesitations and a word said twice in a row are passed over,
and the end of a sentence is a token of its own where the recogniser wrote one. How that is done in a language stands
in its phrasebook (trainer/guides/words/). Lemmas of simplemma (Barbaresi, zenodo 10.5281/zenodo.4673264), where its
dictionary is small enough to be loaded in a call: English takes 1 s and 26 MB, Polish 9 s and 360 MB, so that Polish
patterns name stems instead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trainer.records import Speaking

END = "."
_OUTSIDE = re.compile(r"^[^\w']+|[^\w']+$")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”»)]*$")


@dataclass(frozen=True)
class Token:
    """A word as it was said, in lower case, its lemma, and the place of its word; END ends a sentence."""

    form: str
    lemma: str
    place: int


def tokens(texts: Sequence[str], speaking: Speaking) -> tuple[Token, ...]:
    """The tokens of words as they were recognised, in the language that ``speaking`` describes."""
    made: list[Token] = []
    for place, text in enumerate(texts):
        for form in _forms(text, speaking):
            if not made or made[-1].form != form or form in speaking.doubled:
                made.append(Token(form, _lemma(form, speaking.lemmas), place))
        if _SENTENCE_END.search(text) and made and made[-1].form != END:
            made.append(Token(END, END, place))
    return tuple(made)


def _forms(text: str, speaking: Speaking) -> Iterator[str]:
    """The tokens of one word; nothing where it is a hesitation."""
    for part in text.casefold().replace("’", "'").replace("-", " ").replace("—", " ").split():
        form = _OUTSIDE.sub("", part).strip("'")
        if form and form not in speaking.fillers:
            yield from opened(form, speaking)


def opened(form: str, speaking: Speaking) -> list[str]:
    """A word as the words that it was drawn together from: "i'm" as "i" and "am"."""
    if form in speaking.forms:
        return speaking.forms[form].split()
    for ending, whole in speaking.endings.items():
        if form.endswith(ending) and len(form) > len(ending):
            return [form.removesuffix(ending), *whole.split()]
    return [form]


@lru_cache(8192)
def _lemma(form: str, language: str) -> str:
    if not language:
        return form
    from simplemma import lemmatize

    return str(lemmatize(form, language)).casefold()
