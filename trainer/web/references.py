"""What the curves of two attempts are held against, so that they can be drawn on top of each other.

Each attempt against the own normal voice of its speaker. Where there is none, pitch and tempo of one speaker against
the mean of the first attempt: they belong to the person, the level does not.
"""

import math
from statistics import median
from typing import Any

from trainer.coaching.baseline import SWITCHED_OFF
from trainer.coaching.compare import percent
from trainer.coaching.quantity import pool
from trainer.coaching.thresholds import Quantity, limit
from trainer.records import Report

DRAWN: dict[str, Quantity] = {"tempo": "rate", "pitch": "pitch", "level": "level"}
"""By the names of the columns of ``trainer.drawing``."""


def references(first: Report, second: Report, one_speaker: bool) -> dict[str, dict[str, Any]]:
    """For each quantity that can be drawn: ``first`` and ``second`` are what to hold the curves of either against
    (syllables/s, semitones over 1 Hz, dBFS), ``against`` says what that is, and ``chance`` how far an answer strays
    from it by chance, downwards and upwards (%, st, dB)."""
    spoken = [turn.answer.speech_s for report in (first, second) for turn in report.turns if turn.answer.speech_s]
    usual_s = median(spoken) if spoken else 0.0
    found = {}
    for name, quantity in DRAWN.items():
        ways = (_normals(quantity, first, second), _mean(quantity, first) if one_speaker else None)
        known = next((way for way in ways if way), None)
        if known and not (name == "tempo" and SWITCHED_OFF in (*first.notes, *second.notes)):
            found[name] = {**known, "chance": _chance(quantity, usual_s)}
    return found


def _normals(quantity: Quantity, first: Report, second: Report) -> dict[str, Any] | None:
    known = [pool([report.baseline], quantity) if report.baseline else None for report in (first, second)]
    return _against("normal", quantity, *(one.value for one in known if one))


def _mean(quantity: Quantity, first: Report) -> dict[str, Any] | None:
    found = None if quantity == "level" else pool((turn.answer for turn in first.turns), quantity)
    return _against("mean", quantity, found.value, found.value) if found else None


def _against(what: str, quantity: Quantity, *values: float) -> dict[str, Any] | None:
    if len(values) < 2:
        return None
    first, second = (math.exp(value) if quantity == "rate" else value for value in values)
    return {"first": first, "second": second, "against": what}


def _chance(quantity: Quantity, speech_s: float) -> tuple[float, float]:
    by = limit(quantity, speech_s)
    return (percent(-by), percent(by)) if quantity == "rate" else (-by, by)
