"""The words of an answer with what was found in them: which words keep a rule, or break it."""

from dataclasses import dataclass
from itertools import groupby

from trainer import library
from trainer.records import Answer, Finding, Span, Word
from trainer.words import say

OVER_THE_LINE = "never-interrupt"
"""The one rule of the turns whose place is words."""


@dataclass(frozen=True)
class Piece:
    """Words in a row of which the same was found; ``title`` says what, ``state`` is "kept", "broken" or empty."""

    text: str
    state: str = ""
    title: str = ""


def pieces(answer: Answer, findings: tuple[Finding, ...]) -> tuple[Piece, ...]:
    """The whole answer, in its order."""
    if not answer.words:
        return (Piece(answer.text),)
    grouped = groupby(_found(answer, findings), key=lambda pair: pair[1])
    return tuple(_piece(" ".join(word.text for word, _ in group), of) for of, group in grouped)


def worded(answer: Answer, findings: tuple[Finding, ...]) -> tuple[tuple[Word, str], ...]:
    """Every word of the answer for itself, with the state that a piece of it has."""
    return tuple((word, _state(of)) for word, of in _found(answer, findings))


def quoted(answer: Answer, finding: Finding) -> str:
    """The words that a finding rests on, in quotation marks; empty where it does not rest on words."""
    if not _of_words(finding.rule) or finding.state not in ("kept", "broken"):
        return ""
    parts = (" ".join(word.text for word in answer.words if _in(word, (span,))) for span in finding.spans)
    return " ".join(say("report.quoted", words=part.strip(" ,.;:")) for part in dict.fromkeys(parts) if part)


def _found(answer: Answer, findings: tuple[Finding, ...]) -> list[tuple[Word, tuple[Finding, ...]]]:
    marked = [one for one in findings if one.state in ("kept", "broken") and _of_words(one.rule)]
    return [(word, tuple(one for one in marked if _in(word, one.spans))) for word in answer.words]


def _piece(text: str, found: tuple[Finding, ...]) -> Piece:
    title = "; ".join(f"{library.title(one.rule)}: {say(f'report.state_{one.state}')}" for one in found)
    return Piece(text, _state(found), title)


def _state(found: tuple[Finding, ...]) -> str:
    states = {one.state for one in found}
    return "broken" if "broken" in states else "kept" if states else ""


def _of_words(rule: str) -> bool:
    known = library.rules().get(rule)
    return rule == OVER_THE_LINE or (known is not None and known.kind == "said")


def _in(word: Word, spans: tuple[Span, ...]) -> bool:
    middle_s = (word.start_s + word.end_s) / 2.0
    return any(start <= middle_s <= end for start, end in spans)
