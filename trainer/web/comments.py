"""The page on which coach and trainee talk about a call: comments, notes, overruled findings. Both see the same."""

import math
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import access, corrections
from trainer.access import Person
from trainer.errors import BadInput, NotFound
from trainer.exports import page as report_page
from trainer.exports.translated import translated
from trainer.records import Clip, Report, Span, Turn
from trainer.store import people
from trainer.store.comments import Thread, When, threads
from trainer.store.notes import QUESTIONS
from trainer.store.overrulings import OF_WORDS, STATES, Overruling
from trainer.web import attempts, forms, rendering
from trainer.web.desk import Desk, now
from trainer.web.doors import about, numbered
from trainer.words import say

LONGEST = 2000
"""Characters of a comment, a reason or a note."""
SPOKEN_LONGEST_S = 120
"""Of a spoken comment: our choice, a long thing to say about an answer."""
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,5}(?:[.,]\d{1,3})?)")


@about("comment")
async def page(request: Request, at: Desk, who: Person, name: str) -> Response:
    """The turns of a call, with all that was said about them."""
    return rendering.page("comments.html", **await run_in_threadpool(_page, at, who, name))


@about("comment")
async def comment(request: Request, at: Desk, who: Person, name: str) -> Response:
    """Say something, or answer what was said."""
    form = await forms.read(request)
    return RedirectResponse(await run_in_threadpool(keep, at, who, name, form), 303)


@about("overrule")
async def overrule(request: Request, at: Desk, who: Person, name: str) -> Response:
    """Say that a finding is otherwise, and why."""
    form = await forms.read(request)
    turn = request.path_params["turn"]
    found = await run_in_threadpool(at.kept.load, name)
    known = {one.rule for turns in found.turns if turns.number == turn for one in turns.findings}
    rule, state = form.get("rule", ""), form.get("state", "")
    if rule not in known or state not in states(rule):
        raise NotFound(say("web.not_found"))
    reason = text(form, "reason")
    if state in OF_WORDS:
        await run_in_threadpool(corrections.keep, found, turn, rule, state == "said", reason)
    await run_in_threadpool(at.overrulings.say, name, who, now(), turn, rule, state, reason)
    return _back(name, f"turn-{turn}")


@about("overrule")
async def note(request: Request, at: Desk, who: Person, name: str) -> Response:
    """Keep the notes by the guides' questions."""
    form = await forms.read(request)
    texts = {one: form.get(one, "").strip()[:LONGEST] for one in QUESTIONS}
    await run_in_threadpool(at.notes.keep, name, who, now(), texts)
    return _back(name, "notes")


@about("comment")
async def withdraw(request: Request, at: Desk, who: Person, name: str) -> Response:
    """Take back a comment or an overruling of one's own."""
    number, which = numbered(request.path_params["number"]), request.path_params["which"]
    known: dict[str, Any] = {"comments": at.comments, "overrulings": at.overrulings}
    if which not in known:
        raise NotFound(say("web.not_found"))
    found = next((one for one in await run_in_threadpool(known[which].of, name) if one.id == number), None)
    if found is None or not access.authorise(who, "withdraw", access.Written(Person(found.role, found.person))):
        raise NotFound(say("web.not_found"))
    await run_in_threadpool(known[which].withdraw, number)
    if isinstance(found, Overruling):
        await run_in_threadpool(_uncorrect, at, name, found)
    return _back(name, "threads")


ROUTES = [
    Route("/attempts/{id}/comments", page),
    Route("/attempts/{id}/comments", comment, methods=["POST"]),
    Route("/attempts/{id}/notes", note, methods=["POST"]),
    Route("/attempts/{id}/{turn:int}/overrule", overrule, methods=["POST"]),
    Route("/attempts/{id}/{which}/{number:int}/withdraw", withdraw, methods=["POST"]),
]


def keep(at: Desk, who: Person, name: str, form: Mapping[str, str], clip: Clip | None = None) -> str:
    """Keep a comment as a form says it, or as it was spoken (it may have a text all the same); where it stands now."""
    found = at.kept.load(name)
    answers = numbered(form["answers"]) if form.get("answers") else None
    span = when(form.get("start", ""), form.get("end", ""), _ends_s(found))
    written = "" if clip is not None and not form.get("text", "").strip() else text(form, "text")
    at.comments.say(name, who, now(), written, span, answers, clip)
    return _place(name, "threads" if answers or span is None else _turn_at(found, span))


def states(rule: str) -> tuple[str, ...]:
    """What a coach may say of a finding in place of what was found."""
    return OF_WORDS if rule in corrections.of_words() else STATES


def text(form: Mapping[str, str], field: str) -> str:
    """What was written in a field. Raises BadInput for nothing, or too much."""
    found = form.get(field, "").strip()
    if not 0 < len(found) <= LONGEST:
        raise BadInput(say("comments.no_text", longest=LONGEST))
    return found


def when(start: str, end: str, ends_s: float) -> When:
    """A stretch, a moment, or nothing (the whole call), as typed: "1:02.5" or "62.5". Raises BadInput for others."""
    if not start.strip():
        return None
    start_s = _seconds(start)
    end_s = _seconds(end) if end.strip() else None
    if start_s > ends_s or (end_s is not None and not start_s <= end_s):
        raise BadInput(say("comments.no_moment"))
    return start_s if end_s is None or end_s == start_s else (start_s, min(end_s, ends_s))


def clock(at_s: float) -> str:
    """A moment of a call as it is typed and shown, to the tenth of a second: "1:02.5"."""
    tenths = math.floor(at_s * 10 + 0.5)
    return f"{tenths // 600}:{tenths % 600 // 10:02d}.{tenths % 10}"


def _seconds(typed: str) -> float:
    found = _CLOCK.fullmatch(typed.strip())
    if found is None:
        raise BadInput(say("comments.no_moment"))
    return int(found[1] or 0) * 60 + float(found[2].replace(",", "."))


def _uncorrect(at: Desk, name: str, withdrawn: Overruling) -> None:
    """The correction goes with the overruling that made it; what another coach says of the same stands again."""
    turn, rule = withdrawn.turn, withdrawn.rule
    corrections.withdraw(at.kept.load(name), turn, rule)
    for one in at.overrulings.of(name):
        if (one.turn, one.rule) == (turn, rule) and one.state in OF_WORDS:
            corrections.keep(at.kept.load(name), turn, rule, one.state == "said", one.reason)


def _page(at: Desk, who: Person, name: str) -> dict[str, Any]:
    found = translated(at.kept.load(name))
    places = {turn.number: _places(found, turn) for turn in found.turns}
    shown = report_page.parts(found, places)
    said = threads(at.comments.of(name))
    return {
        "person": who.name,
        "role": who.role,
        "who": who,
        "listens": who.role in access.LISTENERS,
        "mine": who.role in access.SPEAKERS and people.name(found.trainee) == who.name,
        "clock": clock,
        "lead_s": report_page.LEAD_IN_S,
        "states": states,
        "questions": QUESTIONS,
        "after": at.notes.of(name),
        "overrulings": at.overrulings.of(name),
        "clips": at.clips.of(name),
        "threads": {turn.number: [one for one in said if _is_in(found, turn, one)] for turn in found.turns},
        "spoken_longest_s": SPOKEN_LONGEST_S,
        "texts": rendering.texts("comments"),
        "on_the_whole": [one for one in said if one.first.start_s is None],
        **shown,
    }


def _places(report: Report, turn: Turn) -> tuple[str | None, str | None]:
    return attempts.address(report, turn.number, "line"), attempts.address(report, turn.number, "answer")


def _is_in(report: Report, turn: Turn, thread: Thread) -> bool:
    return thread.first.start_s is not None and _turn(report, thread.first.start_s) == turn.number


def _turn(report: Report, at_s: float) -> int:
    """The turn in which a moment lies: from its line to the next one's."""
    return max((turn.number for turn in report.turns if turn.line.start_s <= at_s), default=1)


def _turn_at(report: Report, span: Span | float) -> str:
    return f"turn-{_turn(report, span if isinstance(span, float) else span[0])}"


def _ends_s(report: Report) -> float:
    """The end of the last that was said."""
    ends = [end for turn in report.turns for end in (turn.line.end_s, turn.answer.end_s)]
    return max([*ends, report.closing.end_s if report.closing else 0.0])


def _back(name: str, place: str) -> Response:
    return RedirectResponse(_place(name, place), 303)


def _place(name: str, place: str) -> str:
    return f"/attempts/{quote(name)}/comments#{place}"
