"""The pages: consent, the scenarios as cards, what was kept, and the report of an attempt."""

from collections.abc import Awaitable, Callable
from functools import lru_cache, wraps
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import library, replay
from trainer.errors import BadInput, NotFound
from trainer.exports import page as report_page
from trainer.records import Clip, Report, Scenario
from trainer.web import checks, debrief, forms, rendering, warmup
from trainer.web.desk import STAND_IN, Desk, now
from trainer.web.ranges import ranged
from trainer.words import say

PERSON = "trainer-person"
NAME_LONGEST = 80

Page = Callable[[Request, Desk, str], Awaitable[Response]]


def desk(request: HTTPConnection) -> Desk:
    """The desk of this program."""
    found: Desk = request.app.state.desk
    return found


def person(request: HTTPConnection) -> str:
    """Who sits here, as they have said; nobody where they have not agreed to being recorded."""
    named = unquote(request.cookies.get(PERSON, ""))
    return named if named and len(named) <= NAME_LONGEST and desk(request).kept.people.person(named).agreed_at else ""


def agreed(shown: Page) -> Callable[[Request], Awaitable[Response]]:
    """A page for those who have agreed; others are asked first."""

    @wraps(shown)
    async def asking(request: Request) -> Response:
        who = await run_in_threadpool(person, request)
        return await shown(request, desk(request), who) if who else RedirectResponse("/consent", 303)

    return asking


async def consent(request: Request) -> Response:
    """What is kept, where, for how long, who can hear it; and the question."""
    return rendering.page("consent.html", person=person(request), folder=desk(request).kept.root, problem="")


async def agree(request: Request) -> Response:
    """Keep the answer."""
    form = await forms.read(request)
    named = form.get("name", "").strip()
    if not named.isprintable() or not 0 < len(named) <= NAME_LONGEST or form.get("agree") != "yes":
        problem, folder = say("web.consent_missing"), desk(request).kept.root
        return rendering.page("consent.html", 400, person=named, folder=folder, problem=problem)
    await run_in_threadpool(desk(request).kept.people.agree, named, now())
    answer = RedirectResponse("/", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(PERSON, quote(named), forms.YEAR_S, httponly=True, samesite="strict", secure=secure)
    return answer


@agreed
async def choose(request: Request, at: Desk, who: str) -> Response:
    """The scenarios as cards, and what was done before."""
    cards, mine = await run_in_threadpool(lambda: (at.cards(who), at.attempts(who)))
    return rendering.page("choose.html", person=who, cards=cards, attempts=mine[:5])


@agreed
async def call(request: Request, at: Desk, who: str) -> Response:
    """The call itself: its briefing, and then the page at which it takes place."""
    scenario = _scenario(request)
    at.expect(scenario)
    heard = await run_in_threadpool(at.kept.people.baselines, who)
    return rendering.page("call.html", person=who, scenario=scenario, heard=bool(heard), texts=rendering.texts())


@agreed
async def warm_up(request: Request, at: Desk, who: str) -> Response:
    """What the guides say about one's own state of mind, before a call."""
    return rendering.page("warmup.html", person=who, scenario=_scenario(request), cards=warmup.cards())


@agreed
async def soundcheck(request: Request, at: Desk, who: str) -> Response:
    """The sound check, and what the last one told."""
    kept = next(iter(await run_in_threadpool(at.kept.people.baselines, who)), None)
    figures = checks.figures(kept) if kept else ""
    return rendering.page("soundcheck.html", person=who, kept=kept, figures=figures, texts=rendering.texts())


@agreed
async def attempts(request: Request, at: Desk, who: str) -> Response:
    """Everything that is kept of them, and the demo calls."""
    mine, demos = await run_in_threadpool(lambda: (at.attempts(who), at.attempts(STAND_IN)))
    return rendering.page("attempts.html", person=who, attempts=mine, demos=demos)


@agreed
async def attempt(request: Request, at: Desk, who: str) -> Response:
    """The report of an attempt."""
    report = await run_in_threadpool(_report, at, request.path_params["id"], who)
    addresses = {
        turn.number: (_sound(report, turn.number, "line"), _sound(report, turn.number, "answer"))
        for turn in report.turns
    }
    values = report_page.parts(report, addresses)
    answered = await run_in_threadpool(debrief.read, Path(report.folder))
    mine = report.trainee == who
    return rendering.page("attempt.html", chart=True, person=who, debrief=answered, mine=mine, **values)


@agreed
async def look_back(request: Request, at: Desk, who: str) -> Response:
    """Keep what they say of their call themselves."""
    report = await run_in_threadpool(_report, at, request.path_params["id"], who)
    if report.trainee != who:
        raise NotFound(say("web.not_found"))
    form = await forms.read(request)
    await run_in_threadpool(debrief.keep, Path(report.folder), form.get("well", ""), form.get("differently", ""))
    return RedirectResponse(f"/attempts/{quote(report.attempt)}#debrief", 303)


@agreed
async def sound(request: Request, at: Desk, who: str) -> Response:
    """A line or an answer of an attempt, as FLAC."""
    report = await run_in_threadpool(_report, at, request.path_params["id"], who)
    line, answer = (await run_in_threadpool(_sounds, report)).get(request.path_params["turn"], (None, None))
    clip = {"line": line, "answer": answer}.get(request.path_params["which"])
    if clip is None or not len(clip):
        raise NotFound(say("web.not_found"))
    return ranged(report_page.flac(clip), "audio/flac", request.headers.get("range"))


@agreed
async def forget(request: Request, at: Desk, who: str) -> Response:
    """Remove every byte of an attempt of theirs."""
    report = await run_in_threadpool(at.kept.folder, request.path_params["id"])
    if not any(one.attempt == report.name for one in at.attempts(who)):
        raise NotFound(say("web.not_found"))
    await run_in_threadpool(at.kept.forget, report.name)
    return RedirectResponse("/attempts", 303)


async def problem(request: Request, found: Exception) -> Response:
    """A page for what went wrong: one sentence, and the way back."""
    status = 404 if isinstance(found, NotFound) else 400 if isinstance(found, BadInput) else 500
    return rendering.page("problem.html", status, person="", problem=str(found))


async def not_found(request: Request, found: Exception) -> Response:
    """There is no such page, or not in this way."""
    return rendering.page("problem.html", getattr(found, "status_code", 404), person="", problem=say("web.not_found"))


ROUTES = [
    Route("/", choose),
    Route("/consent", consent),
    Route("/consent", agree, methods=["POST"]),
    Route("/call/{id}", call),
    Route("/call/{id}/warmup", warm_up),
    Route("/soundcheck", soundcheck),
    Route("/attempts", attempts),
    Route("/attempts/{id}", attempt),
    Route("/attempts/{id}/debrief", look_back, methods=["POST"]),
    Route("/attempts/{id}/forget", forget, methods=["POST"]),
    Route("/attempts/{id}/{turn:int}/{which}.flac", sound),
    Route("/static/{name}", rendering.static),
]


def _scenario(request: Request) -> Scenario:
    found = library.scenarios().get(request.path_params["id"])
    if found is None:
        raise NotFound(say("web.not_found"))
    return found


def _report(at: Desk, id: str, who: str) -> Report:
    """An attempt of theirs, or of the demo; those of others are not there."""
    report = at.kept.load(id)
    if report.trainee not in (who, STAND_IN):
        raise NotFound(say("web.not_found"))
    return report


def _sound(report: Report, turn: int, which: str) -> str | None:
    if which == "answer" and not report.turns[turn - 1].answer.speech_s:
        return None
    return f"/attempts/{quote(report.attempt)}/{turn}/{which}.flac"


@lru_cache(maxsize=2)
def _sounds(report: Report) -> dict[int, tuple[Clip, Clip]]:
    return replay.sounds(Path(report.folder), report)
