"""The pages before and at a call: consent, the scenarios as cards, the warm-up, the call, the sound check."""

from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import library
from trainer.coaching.thresholds import shipped_thresholds
from trainer.errors import BadInput, NotFound
from trainer.records import Scenario
from trainer.web import checks, forms, rendering, warmup
from trainer.web.desk import Desk, now
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
    late_s = shipped_thresholds().turns.late_ear_from_s
    return rendering.page(
        "soundcheck.html", person=who, kept=kept, figures=figures, late_s=late_s, texts=rendering.texts()
    )


async def https(request: Request) -> Response:
    """Why there is no microphone on plain http, and what those who run the machines do about it."""
    origin = str(request.base_url).rstrip("/")
    return rendering.page("https.html", person=await run_in_threadpool(person, request), origin=origin)


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
    Route("/https", https),
    Route("/static/{name}", rendering.static),
]


def _scenario(request: Request) -> Scenario:
    found = library.scenarios().get(request.path_params["id"])
    if found is None:
        raise NotFound(say("web.not_found"))
    return found
