"""What the page of a replay shows beside the sound: words, marks, the customer's anger, the trainee's own normal."""

from itertools import pairwise
from math import exp, log2
from statistics import median
from typing import Any

from trainer import highlights
from trainer.coaching.baseline import SWITCHED_OFF
from trainer.coaching.thresholds import Quantity, limit
from trainer.exports import sentences
from trainer.exports.marked import worded
from trainer.exports.page import silent
from trainer.highlights import Highlight
from trainer.records import RATE_HZ, Answer, Line, Report, Span, Turn
from trainer.replay import clock
from trainer.words import say

SHOWN = ("kept", "broken")
QUIET_S = 1.0
"""Where neither speaks for so long, it may be skipped, but for the second: our choice, a breath stays a breath."""
KEPT_QUIET_S = 0.2


def shown(report: Report, samples: int) -> dict[str, Any]:
    """Everything, as plain data; times in seconds of the call."""
    duration_s = samples / RATE_HZ
    return {
        "duration_s": duration_s,
        "turns": [_turn(turn) for turn in report.turns],
        "lines": [_line(line, number) for number, line in _lines(report)],
        "marks": marks(report),
        "anger": _anger(report, duration_s),
        "normal": {} if report.baseline is None else _normal(report),
        "tempo": SWITCHED_OFF not in report.notes,
        "quiet": quiet(report, duration_s),
        "best": _highlight("best", highlights.best(report)),
        "worst": _highlight("worst", highlights.worst(report)),
    }


def marks(report: Report) -> list[dict[str, Any]]:
    """The rules that were kept or broken, in the order of their moments."""
    found = [
        {
            "at_s": spans[0][0],
            "spans": spans,
            "turn": turn.number,
            "state": one.state,
            "text": sentences.finding(one),
            "hint": sentences.hint(one),
            "clock": clock(spans[0][0]),
        }
        for turn in report.turns
        for one in turn.findings
        if one.state in SHOWN and not silent(one)
        for spans in [one.spans or ((turn.answer.start_s, turn.answer.end_s),)]
    ]
    return sorted(found, key=lambda mark: (mark["at_s"], mark["turn"]))


def said(report: Report) -> list[dict[str, Any]]:
    """Everything that was said, in its order: who, when and what."""
    found = [("customer", line.start_s, line.text) for _, line in _lines(report)]
    found += [("trainee", turn.answer.start_s, turn.answer.text) for turn in report.turns if turn.answer.text]
    found.sort(key=lambda one: one[1])
    return [{"who": who, "start_s": start_s, "clock": clock(start_s), "text": text} for who, start_s, text in found]


def quiet(report: Report, duration_s: float) -> list[Span]:
    """Where neither of them speaks, long enough to be skipped."""
    spoken = [(line.start_s, line.end_s) for _, line in _lines(report)]
    for turn in report.turns:
        spoken += _speech(turn.answer) + list(turn.answer.back_channels)
    gaps: list[Span] = []
    until_s = 0.0
    for start_s, end_s in [*sorted(spoken), (duration_s, duration_s)]:
        if start_s - until_s >= QUIET_S:
            gaps.append((round(until_s + KEPT_QUIET_S, 3), round(start_s - KEPT_QUIET_S, 3)))
        until_s = max(until_s, end_s)
    return gaps


def _speech(answer: Answer) -> list[Span]:
    """The answer without its pauses."""
    if not answer.speech_s:
        return []
    edges = [(answer.start_s, answer.start_s), *answer.rate.pauses, (answer.end_s, answer.end_s)]
    return [(before[1], after[0]) for before, after in pairwise(edges)]


def _turn(turn: Turn) -> dict[str, Any]:
    answer = turn.answer
    return {
        "number": turn.number,
        "start_s": turn.line.start_s,
        "answer": [answer.start_s, answer.end_s],
        "text": answer.text,
        "words": [
            {"text": word.text, "start_s": word.start_s, "end_s": word.end_s, "state": state}
            for word, state in worded(answer, turn.findings)
        ],
    }


def _lines(report: Report) -> list[tuple[int, Line]]:
    """What the customer said, with the turn in which they said it."""
    said = [(turn.number, line) for turn in report.turns for line in (turn.line, *turn.reactions)]
    return said + ([(len(report.turns), report.closing)] if report.closing else [])


def _line(line: Line, turn: int) -> dict[str, Any]:
    return {"turn": turn, "start_s": line.start_s, "end_s": line.end_s, "text": line.text}


def _anger(report: Report, duration_s: float) -> list[tuple[float, float]]:
    """The customer's anger as steps: from when on it had which value."""
    steps = [(line.start_s, line.anger) for _, line in _lines(report)]
    steps += [(turn.answer.end_s, turn.anger_after) for turn in report.turns]
    return [*sorted(steps), (duration_s, sorted(steps)[-1][1])] if steps else []


def _normal(report: Report) -> dict[str, tuple[float, float, float]]:
    """The trainee's own normal, and how far an answer of usual length strays from it by chance: low, normal, high.

    Pitch in semitones over 1 Hz, level in dBFS, tempo in syllables a second.
    """
    own = report.baseline
    spoken = [turn.answer.speech_s for turn in report.turns if turn.answer.speech_s]
    if own is None or not spoken:
        return {}
    usual_s = min(median(spoken), own.speech_s or median(spoken))
    hz, dbfs, rate = own.pitch.median_hz, own.level.active_dbfs, own.rate.articulation_syllables_per_s
    found = {} if hz is None else {"pitch": _around(12.0 * log2(hz), "pitch", usual_s)}
    found |= {} if dbfs is None else {"level": _around(dbfs, "level", usual_s)}
    by = exp(limit("rate", usual_s))
    return found | ({} if rate is None else {"tempo": (rate / by, rate, rate * by)})


def _around(value: float, quantity: Quantity, speech_s: float) -> tuple[float, float, float]:
    by = limit(quantity, speech_s)
    return value - by, value, value + by


def _highlight(which: str, found: Highlight | None) -> dict[str, Any] | None:
    if found is None:
        return None
    moved = say("replay.moved", change=found.change) if found.change else ""
    text = say(f"replay.{which}_at", clock=clock(found.at_s), turn=found.turn, moved=moved)
    return {"at_s": found.at_s, "text": text}
