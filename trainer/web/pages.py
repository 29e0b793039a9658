"""The pages before and at a call: consent, the scenarios as cards, the warm-up, the call, the sound check."""

from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import access, library
from trainer.access import Person
from trainer.coaching.thresholds import shipped_thresholds
from trainer.errors import BadInput, NotFound
from trainer.records import Scenario
from trainer.web import assignments, checks, doors, forms, rendering, warmup
from trainer.web.desk import Desk, now
from trainer.web.doors import desk, visitor
from trainer.words import say

Page = Callable[[Request, Desk, str], Awaitable[Response]]


def person(request: HTTPConnection) -> str:
    """Who rehearses here; nobody where they may not, or have not agreed to being recorded."""
    who = visitor(request)
    return who.name if who and doors.agreed(desk(request), who) else ""


def agreed(shown: Page) -> Callable[[Request], Awaitable[Response]]:
    """A page for those who rehearse and have agreed; others who rehearse are asked first."""

    @doors.may("rehearse")
    @wraps(shown)
    async def asking(request: Request, at: Desk, who: Person) -> Response:
        ready = await run_in_threadpool(doors.agreed, at, who)
        return await shown(request, at, who.name) if ready else RedirectResponse("/consent", 303)

    return asking


@doors.may("rehearse")
async def consent(request: Request, at: Desk, who: Person) -> Response:
    """What is kept, where, for how long, who can hear it; and the question."""
    named = await run_in_threadpool(person, request)
    return rendering.page("consent.html", person=named, who=who, folder=at.kept.root, problem="")


@doors.may("rehearse")
async def agree(request: Request, at: Desk, who: Person) -> Response:
    """Keep the answer; who came in by a link has the name that the link was made for, and goes on in their course."""
    form = await forms.read(request)
    named = form.get("name", "").strip() if who.role == "owner" else who.name
    if not named.isprintable() or not 0 < len(named) <= doors.NAME_LONGEST or form.get("agree") != "yes":
        problem, folder = say("web.consent_missing"), at.kept.root
        return rendering.page("consent.html", 400, person=named, who=who, folder=folder, problem=problem)
    await run_in_threadpool(at.kept.people.agree, named, now())
    course = await run_in_threadpool(at.courses.current, named)
    answer = RedirectResponse(f"/courses/{course.id}" if course else "/", 303)
    if who.role == "owner":
        secure = request.url.scheme == "https"
        answer.set_cookie(doors.PERSON, quote(named), forms.YEAR_S, httponly=True, samesite="strict", secure=secure)
    return answer


async def home(request: Request) -> Response:
    """The first page of whoever comes in: to rehearse, or to listen; who only takes part in a course is led there."""
    who = visitor(request)
    if who and access.authorise(who, "coach", access.SITE):
        return RedirectResponse("/coaching", 303)
    if who and who.name and not await run_in_threadpool(doors.agreed, desk(request), who):
        course = await run_in_threadpool(desk(request).courses.current, who.name)
        if course is not None:
            return RedirectResponse(f"/courses/{course.id}", 303)
    return await choose(request)


@agreed
async def choose(request: Request, at: Desk, who: str) -> Response:
    """The scenarios as cards, and what was done before."""
    cards, mine = await run_in_threadpool(lambda: (at.cards(who), at.attempts(who)))
    assigned = await run_in_threadpool(assignments.asked_of, at, who)
    return rendering.page("choose.html", person=who, cards=cards, assigned=assigned, attempts=mine[:5])


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
    late_s = shipped_thresholds().turns.late_ear_from_s
    return rendering.page(
        "soundcheck.html", person=who, kept=kept, figures=figures, late_s=late_s, texts=rendering.texts()
    )


@doors.may("open")
async def https(request: Request, at: Desk, who: Person) -> Response:
    """Why there is no microphone on plain http, and what those who run the machines do about it."""
    origin = str(request.base_url).rstrip("/")
    return rendering.page("https.html", person=await run_in_threadpool(person, request), origin=origin)


async def problem(request: Request, found: Exception) -> Response:
    """A page for what went wrong: one sentence, and the way back."""
    status = 404 if isinstance(found, NotFound) else 400 if isinstance(found, BadInput) else 500
    return rendering.page("problem.html", status, person="", problem=str(found))


async def not_found(request: Request, found: Exception) -> Response:
    """There is no such page, or not in this way, or not for them."""
    status = getattr(found, "status_code", 404)
    sentence = say("sharing.not_for_you" if status == 403 else "web.not_found")
    return rendering.page("problem.html", status, person="", problem=sentence)


ROUTES = [
    Route("/", home),
    Route("/consent", consent),
    Route("/consent", agree, methods=["POST"]),
    Route("/call/{id}", call),
    Route("/call/{id}/warmup", warm_up),
    Route("/soundcheck", soundcheck),
    Route("/https", https),
    Route("/static/{name}", rendering.static),
]


def _scenario(request: Request) -> Scenario:
    found = library.scenarios().get(request.path_params["id"])
    if found is None:
        raise NotFound(say("web.not_found"))
    return found
