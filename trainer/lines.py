"""Marks in a customer's line: ``_word_`` is emphasised, at ``(lull)`` the wave breaks, at ``(question)`` they think.

A mark in brackets is a single word between them; longer brackets are text. An underscore belongs to a mark always.
What people read, and what syllables are counted of, is the text without its marks (``plain``).
"""

import re
from dataclasses import dataclass
from typing import get_args

from trainer.errors import BadContent
from trainer.records import MarkKind
from trainer.words import say

KINDS: tuple[MarkKind, ...] = get_args(MarkKind)
_MARK = re.compile(r"\(\s*([^\W\d_]+)\s*\)")
_EMPHASISED = re.compile(r"(?<!\w)_([^\s_](?:[^_\s]*[^\s_])?)_(?!\w)")


@dataclass(frozen=True)
class Part:
    """Text between two marks, as it is read, and which of its words (from 0 on, split at spaces) are emphasised."""

    text: str
    emphasised: tuple[int, ...] = ()


@dataclass(frozen=True)
class Marked:
    """A line in its order: parts of text, and the kinds of the marks between them."""

    pieces: tuple[Part | MarkKind, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The text alone."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Part))

    @property
    def text(self) -> str:
        """The line without its marks."""
        return " ".join(part.text for part in self.parts)


def parse(text: str) -> Marked:
    """The pieces of a line. Raises BadContent for a mark that is not known, or an underscore that is left over."""
    pieces: list[Part | MarkKind] = []
    for place, piece in enumerate(_MARK.split(text)):  # text, mark, text, mark, text
        if place % 2:
            pieces.append(_kind(piece))
        elif piece.strip():
            pieces.append(_part(piece))
    return Marked(tuple(pieces))


def plain(text: str) -> str:
    """The line as captions, counts and reports show it. Raises BadContent as ``parse`` does."""
    return parse(text).text


def _kind(name: str) -> MarkKind:
    for kind in KINDS:
        if name == kind:
            return kind
    raise BadContent(say("lines.unknown_mark", mark=name, known=", ".join(f"({kind})" for kind in KINDS)))


def _part(text: str) -> Part:
    words = text.split()
    emphasised = tuple(place for place, word in enumerate(words) if _EMPHASISED.search(word))
    bare = [_EMPHASISED.sub(r"\1", word) for word in words]
    if left := [word for word in bare if "_" in word]:
        raise BadContent(say("lines.unclosed_emphasis", word=left[0]))
    return Part(" ".join(bare), emphasised)
