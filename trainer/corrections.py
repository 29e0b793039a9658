"""What a coach says of the words, beside what the program found: kept with the attempt, and lines to measure it by.

A correction changes no finding, no rule and no anger: both are shown. ``lines`` writes corrected answers in the form of
bench/phrases/data, with "*?" for all that the coach said nothing of, so that it is neither right nor wrong.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer import attempt, documents, library
from trainer.errors import NotFound
from trainer.records import Correction, Report
from trainer.words import say

FILE = "corrections.json"
REST = "*?"


@dataclass(frozen=True)
class Corrections:
    """The corrections of an attempt, in the order of the turns."""

    corrections: tuple[Correction, ...] = ()


def read(folder: Path) -> tuple[Correction, ...]:
    """What was corrected; nothing where nothing was. Raises BadInput for a damaged file."""
    path = folder / FILE
    if not path.exists():
        return ()
    return documents.read(Corrections, json.loads(path.read_text(encoding="utf-8")), str(path)).corrections


def keep(report: Report, turn: int, rule: str, was: bool, note: str = "") -> Correction:
    """Keep a correction of a report's turn, in place of an earlier one of the same rule there.

    Raises NotFound for a turn or a rule of the words that there is not.
    """
    said = of_words()
    if rule not in said:
        raise NotFound(say("library.unknown_rule", rule=rule, known=", ".join(sorted(said))))
    turns = {one.number: one for one in report.turns}
    if turn not in turns:
        raise NotFound(say("cli.replay_none", number=turn, count=len(turns)))
    found = next((one.state for one in turns[turn].findings if one.rule == rule), None)
    made = Correction(turn, rule, was, found, note)
    _write(report, [*_others(report, turn, rule), made])
    return made


def withdraw(report: Report, turn: int, rule: str) -> None:
    """What was said of a rule in a turn is not said any more."""
    if report.corrections:
        _write(report, _others(report, turn, rule))


def of_words() -> set[str]:
    """The rules that can be corrected so: those of the words, in a single answer."""
    return {one.id for one in library.rules().values() if one.kind == "said" and not one.over_call}


def lines(report: Report) -> list[str]:
    """A line for each answer that was corrected: "RULES|words", a minus before what was not said."""
    answers = {turn.number: turn.answer.text for turn in report.turns}
    numbers = sorted({one.turn for one in report.corrections if answers.get(one.turn, "").strip()})
    return [f"{_labels([one for one in report.corrections if one.turn == n])}|{_flat(answers[n])}" for n in numbers]


def _others(report: Report, turn: int, rule: str) -> list[Correction]:
    return [one for one in report.corrections if (one.turn, one.rule) != (turn, rule)]


def _write(report: Report, corrections: Sequence[Correction]) -> None:
    kept = Corrections(tuple(sorted(corrections, key=lambda one: (one.turn, one.rule))))
    attempt.write_text(Path(report.folder) / FILE, documents.text(documents.versioned(kept)))


def _labels(corrections: Sequence[Correction]) -> str:
    return " ".join([*(one.rule if one.was else f"-{one.rule}" for one in corrections), REST])


def _flat(text: str) -> str:
    return " ".join(text.replace("|", " ").split())
