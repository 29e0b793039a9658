"""Two attempts of one scenario side by side: the answers to one line, heard in turn and drawn on top of each other.

People are not held against each other: of two speakers both are heard and drawn, each against their own normal voice,
and nothing is said of what differs.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from trainer import library, replay
from trainer.access import Person
from trainer.coaching import attempts as two
from trainer.errors import NotFound
from trainer.exports import compared, marked
from trainer.exports.page import inert
from trainer.exports.translated import translated
from trainer.records import Report, Turn
from trainer.store import Summary, people
from trainer.web import attempts, doors, rendering
from trainer.web.desk import Desk
from trainer.web.references import references
from trainer.words import say

SIDES = ("first", "second")


@doors.about("hear")
async def page(request: Request, at: Desk, who: Person, name: str) -> Response:
    """The attempt beside another of the same scenario: ``with``, or the first of its speaker, or their latest."""
    asked = request.query_params.get("with", "")
    return rendering.page("compare.html", **await run_in_threadpool(_page, at, who, name, asked))


ROUTES = [Route("/attempts/{id}/compare", page)]


def _page(at: Desk, who: Person, name: str, asked: str) -> dict[str, Any]:
    here = at.kept.load(name)
    known = sorted(doors.beside(at, who, here), key=lambda one: not _of(here, one))
    wanted = asked or _usual(here, known)
    chosen = doors.opened(at, who, "hear", wanted) if wanted else ""
    values: dict[str, Any] = {"person": who.name, "role": who.role, "here": here, "others": known, "chosen": chosen}
    values |= {"title": library.called(here.scenario), "pair": None}
    if chosen:
        there = at.kept.load(chosen)
        if there.scenario != here.scenario or there.attempt == here.attempt:
            raise NotFound(say("compare.not_one_scenario"))
        values |= _beside(*sorted((here, there), key=lambda one: (one.started_at, one.attempt)))
    return values


def _usual(here: Report, known: Sequence[Summary]) -> str:
    """The first attempt of its speaker, or their latest where this is the first; nothing without another."""
    own = [one.attempt for one in known if _of(here, one)]
    return "" if not own else own[0] if here.attempt < own[-1] else own[-1]


def _of(report: Report, one: Summary) -> bool:
    return people.name(one.trainee) == people.name(report.trainee)


def _beside(first: Report, second: Report) -> dict[str, Any]:
    reports = (translated(first), translated(second))
    one_speaker = people.name(first.trainee) == people.name(second.trainee)
    found = two.pairs(*reports)
    addresses = [f"/attempts/{quote(one.attempt)}/replay.bin" for one in reports]
    drawn = {
        "tracks": dict(zip(SIDES, addresses, strict=True)),
        "references": references(first, second, one_speaker),
        "lines": [_spans(pair) for pair in found],
    }
    return {
        "pair": [_attempt(report, one_speaker) for report in reports],
        "spoken": library.spoken(first.scenario),
        "whole": _sentence("whole", *reports, found) if one_speaker else say("compare.two_people"),
        "anger": [report.turns[-1].anger_after for report in reports] if one_speaker else None,
        "lines": [_line(pair, reports, one_speaker) for pair in found],
        "drawn": inert(drawn),
        "on_top": drawn["references"],
        "texts": rendering.texts("compare"),
    }


def _attempt(report: Report, one_speaker: bool) -> dict[str, Any]:
    at = report.started_at[:16].replace("T", " ")
    where = f"/attempts/{quote(report.attempt)}"
    return {"called": at if one_speaker else f"{report.trainee}, {at}", "where": where}


def _line(pair: two.Pair, reports: tuple[Report, Report], one_speaker: bool) -> dict[str, Any]:
    turns = (pair.first, pair.second)
    answers = [_answer(report, turn) if turn else None for report, turn in zip(reports, turns, strict=True)]
    both = one_speaker and pair.met
    return {
        "texts": list(dict.fromkeys(turn.line.text for turn in turns if turn)),
        "answers": answers,
        "both": all(one and one["sound"] for one in answers),
        "told": _sentence("line", *reports, (pair,)) if both else "",
        "rules": compared.rules(pair.first, pair.second) if one_speaker and pair.first and pair.second else [],
    }


def _answer(report: Report, turn: Turn) -> dict[str, Any]:
    return {
        "turn": turn.number,
        "pieces": marked.pieces(turn.answer, turn.findings) if turn.answer.text else (),
        "line": attempts.address(report, turn.number, "line"),
        "sound": attempts.address(report, turn.number, "answer"),
        "replay": f"/attempts/{quote(report.attempt)}/replay#t={turn.line.start_s:.2f}",
    }


def _spans(pair: two.Pair) -> dict[str, Any]:
    """When either answer lasts, and from when on its sound is heard; seconds of the call."""
    spans = {}
    for side, turn in zip(SIDES, (pair.first, pair.second), strict=True):
        answer = turn.answer if turn else None
        if answer and answer.speech_s:
            begins_s = max(0.0, answer.start_s - replay.AROUND_S)
            spans[side] = {"start_s": answer.start_s, "end_s": answer.end_s, "begins_s": begins_s}
    return spans


def _sentence(which: str, first: Report, second: Report, found: Sequence[two.Pair]) -> str:
    """What changed, with its figures: over all lines, or over one."""
    changed = compared.changes(two.change(first, second, found))
    parts = [say(f"compare.{name}", told=compared.told(change)) for name, change in changed.items()]
    return say(f"compare.{which}", lines=sum(len(pair.met) for pair in found), parts="; ".join(parts))
