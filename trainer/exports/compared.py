"""Answers to the same line beside each other: the figures of both, the change with its chance, and the rules."""

from dataclasses import dataclass

from trainer import library
from trainer.again import Take
from trainer.coaching.baseline import SWITCHED_OFF
from trainer.exports import marked
from trainer.records import Answer, Comparison, Finding, LevelChange, Measures, PitchChange, RateChange, Turn
from trainer.words import number, reason, say

Change = RateChange | PitchChange | LevelChange
Said = Turn | Take
"""An answer with what was found in it."""


@dataclass(frozen=True)
class Row:
    """A line of a table: its name, then the first time, this time, and what is to be said; ``state`` is that of the
    cell number ``at``."""

    cells: tuple[str, ...]
    state: str = ""
    at: int = 2


def voice(first: Answer, take: Take) -> list[Row]:
    """Tempo, pitch and volume, or vocal effort where only that can be compared."""
    return [
        Row(
            (
                say(f"again.{name}"),
                _figure(name, first),
                _figure(name, take.answer),
                _figure(name, take.normal) if take.normal else say("again.none"),
                told(change),
            )
        )
        for name, change in changes(take.comparison).items()
    ]


def changes(found: Comparison) -> dict[str, Change]:
    """What is told of a comparison, by its name: effort in place of volume where only that can be compared."""
    loudness = "effort" if found.volume.verdict == "not_measurable" != found.effort.verdict else "level"
    known: dict[str, Change] = {
        "tempo": found.rate,
        "pitch": found.pitch,
        loudness: found.effort if loudness == "effort" else found.volume,
    }
    return {name: change for name, change in known.items() if change.reason != SWITCHED_OFF}


def told(change: Change) -> str:
    """A change with its figures: by how much, and by how much chance alone explains."""
    value, limit, unit = _values(change)
    if value is None or limit is None:
        return say("again.not_measurable", why=reason(change.reason or "not_measured"))
    return say("again.by", verdict=say(f"again.{change.verdict}"), change=value, unit=unit, limit=limit)


def rules(first: Said, second: Said) -> list[Row]:
    """Every rule that was kept or broken the first time or the second, with the words that say so the second time."""
    before, after = _known(first.findings), _known(second.findings)
    return [
        Row(
            (
                library.title(rule),
                _state(before.get(rule)),
                _state(after.get(rule)),
                marked.quoted(second.answer, after[rule]) if rule in after else "",
            ),
            state=after[rule].state if rule in after else "",
        )
        for rule in dict.fromkeys((*before, *after))
    ]


def _known(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {one.rule: one for one in findings if one.state in ("kept", "broken")}


def _state(found: Finding | None) -> str:
    return say(f"report.state_{found.state}") if found else say("again.none")


def _figure(name: str, heard: Answer | Measures) -> str:
    value = {
        "tempo": heard.rate.articulation_syllables_per_s,
        "pitch": heard.pitch.median_hz,
        "level": heard.level.active_dbfs,
        "effort": heard.effort.alpha_ratio_db,
    }[name]
    return say("again.none") if value is None else number(value, ".1f" if name in ("tempo", "effort") else ".0f")


def _values(change: Change) -> tuple[float | None, float | None, str]:
    if isinstance(change, RateChange):
        return change.change_percent, change.threshold_percent, "%"
    if isinstance(change, PitchChange):
        return change.change_st, change.threshold_st, "st"
    return change.change_db, change.threshold_db, "dB"
