"""The pages of what was done: the list of attempts, the report of one, its sounds, and one's own words about it."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import replay
from trainer.access import LISTENERS, SPEAKERS, Person
from trainer.coaching import progress as over_calls
from trainer.coaching.thresholds import shipped_thresholds
from trainer.errors import NotFound
from trainer.exports import page as report_page
from trainer.records import Clip, Report
from trainer.store import Summary, people
from trainer.web import debrief, doors, forms, rendering, trends
from trainer.web.desk import STAND_IN, Desk
from trainer.web.doors import about
from trainer.web.pages import agreed
from trainer.web.ranges import ranged
from trainer.words import say


@agreed
async def attempts(request: Request, at: Desk, who: str) -> Response:
    """Everything that is kept of them, and the demo calls."""
    mine, demos = await run_in_threadpool(lambda: (at.attempts(who), at.attempts(STAND_IN)))
    return rendering.page("attempts.html", person=who, attempts=mine, demos=demos)


@about("hear")
async def attempt(request: Request, at: Desk, who: Person, name: str) -> Response:
    """The report of an attempt."""
    found = await run_in_threadpool(at.kept.load, name)
    addresses = {
        one.number: (address(found, one.number, "line"), address(found, one.number, "answer")) for one in found.turns
    }
    values = report_page.parts(found, addresses)
    answered = await run_in_threadpool(debrief.read, Path(found.folder))
    values |= await run_in_threadpool(around, at, who, found)
    mine = values["mine"]
    again = f"/attempts/{quote(found.attempt)}" if mine else ""
    values |= {"debrief": answered, "again": again, "replay": f"/attempts/{quote(name)}/replay"}
    values["standing"] = await run_in_threadpool(at.shared, found.trainee, name)
    values["heard"] = (await run_in_threadpool(at.hearings.of, [name])).get(name, []) if mine else []
    return rendering.page("attempt.html", chart=True, person=who.name, role=who.role, **values)


@agreed
async def progress(request: Request, at: Desk, who: str) -> Response:
    """Their calls against each other: the voice against their own normal, and the rules."""
    known = shipped_thresholds().progress
    calls = await run_in_threadpool(at.reports, who, known.calls)
    rules, pictures = over_calls.rules(calls), trends.pictures(calls)
    always = [one for one in rules if one.whole.kept == one.whole.occasions]
    values: dict[str, Any] = {"calls": calls, "pictures": pictures, "rules": rules, "recent": known.recent_calls}
    values["always"] = [trends.row(one) for one in always]
    values["mend"] = [trends.row(one) for one in rules if one not in always]
    values["beside"] = _first_and_latest(await run_in_threadpool(at.attempts, who))
    return rendering.page("progress.html", person=who, **values)


@about("change")
async def look_back(request: Request, at: Desk, who: Person, name: str) -> Response:
    """Keep what they say of their call themselves."""
    found = await run_in_threadpool(at.kept.load, name)
    form = await forms.read(request)
    await run_in_threadpool(debrief.keep, Path(found.folder), form.get("well", ""), form.get("differently", ""))
    return RedirectResponse(f"/attempts/{quote(found.attempt)}#debrief", 303)


@about("hear")
async def sound(request: Request, at: Desk, who: Person, name: str) -> Response:
    """A line or an answer of an attempt, as FLAC."""
    body = await run_in_threadpool(flac, at, name, request.path_params["turn"], request.path_params["which"])
    return ranged(body, "audio/flac", request.headers.get("range"))


@about("change")
async def forget(request: Request, at: Desk, who: Person, name: str) -> Response:
    """Remove every byte of an attempt of theirs."""
    await run_in_threadpool(at.kept.forget, name)
    return RedirectResponse("/attempts", 303)


ROUTES = [
    Route("/progress", progress),
    Route("/attempts", attempts),
    Route("/attempts/{id}", attempt),
    Route("/attempts/{id}/debrief", look_back, methods=["POST"]),
    Route("/attempts/{id}/forget", forget, methods=["POST"]),
    Route("/attempts/{id}/{turn:int}/{which}.flac", sound),
]
WHICH = ("line", "answer")


def around(at: Desk, who: Person, report: Report) -> dict[str, Any]:
    """What else there is of a call: whether it is one's own, whether it is talked about and how much, and whether it
    can be put beside another."""
    mine = who.role in SPEAKERS and people.name(report.trainee) == who.name
    remarks = len(at.comments.of(report.attempt)) + len(at.overrulings.of(report.attempt))
    beside = any(doors.beside(at, who, report))
    return {"mine": mine, "talks": mine or who.role in LISTENERS, "remarks": remarks, "beside": beside}


def address(report: Report, turn: int, which: str) -> str | None:
    """Where a turn's "line" or "answer" is to be heard; None where nothing was said."""
    if which == "answer" and not report.turns[turn - 1].answer.speech_s:
        return None
    return f"/attempts/{quote(report.attempt)}/{turn}/{which}.flac"


def flac(at: Desk, name: str, turn: int, which: str) -> bytes:
    """A turn's "line" or "answer" as FLAC. Raises NotFound where there is none."""
    line, answer = _sounds(at.kept.load(name)).get(turn, (None, None))
    clip = {"line": line, "answer": answer}.get(which)
    if clip is None or not len(clip):
        raise NotFound(say("web.not_found"))
    return report_page.flac(clip)


def _first_and_latest(mine: list[Summary]) -> tuple[str, str] | None:
    """Of the scenario that was rehearsed last of those rehearsed twice: the first attempt and the latest."""
    done = [one for one in mine if one.turns]
    for latest in done:
        first = [one for one in done if one.scenario == latest.scenario][-1]
        if first != latest:
            return first.attempt, latest.attempt
    return None


@lru_cache(maxsize=2)
def _sounds(report: Report) -> dict[int, tuple[Clip, Clip]]:
    return replay.sounds(Path(report.folder), report)
