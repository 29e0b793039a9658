"""The doors of the pages: each says what one must be allowed to do behind it, and ``access.authorise`` decides.

    @may("coach")     a page of the site
    @about("hear")    a page about one attempt; to whoever may not, it is not there

Behind a door a page knows who came in.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import wraps
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from trainer import access, attempt
from trainer.access import SITE, Action, Person
from trainer.errors import NotFound
from trainer.store import people
from trainer.web.desk import STAND_IN, Desk, now
from trainer.words import say

PERSON = "trainer-person"
"""The cookie in which the owner's browser remembers their name."""
NAME_LONGEST = 80

Handler = Callable[[Request], Awaitable[Response]]
Page = Callable[[Request, Desk, Person], Awaitable[Response]]
PageOfAttempt = Callable[[Request, Desk, Person, str], Awaitable[Response]]


def desk(request: HTTPConnection) -> Desk:
    """The desk of this program."""
    found: Desk = request.app.state.desk
    return found


def visitor(request: HTTPConnection) -> Person | None:
    """Who asks, as the guard knows them; the owner of the machine by the name that they have said."""
    found: Person | None = request.scope["state"].get("person")
    if found is None or found.role != "owner":
        return found
    named = people.name(unquote(request.cookies.get(PERSON, "")))
    return replace(found, name=named if len(named) <= NAME_LONGEST else "")


def agreed(at: Desk, who: Person | None) -> bool:
    """Whether they may rehearse, and have agreed to being recorded. Reads a file."""
    may_rehearse = who is not None and access.authorise(who, "rehearse", SITE)
    return bool(may_rehearse and who and who.name and at.kept.people.person(who.name).agreed_at)


def may(action: Action) -> Callable[[Page], Handler]:
    """A page of the site, for whoever may do this."""

    def of(shown: Page) -> Handler:
        @wraps(shown)
        async def asking(request: Request) -> Response:
            who = visitor(request)
            if who is None or not access.authorise(who, action, SITE):
                raise HTTPException(403)
            return await shown(request, desk(request), who)

        return asking

    return of


def about(action: Action) -> Callable[[PageOfAttempt], Handler]:
    """A page about the attempt in its address, for whoever may do this with it; speakers must have agreed first."""

    def of(shown: PageOfAttempt) -> Handler:
        @wraps(shown)
        async def asking(request: Request) -> Response:
            who, at = visitor(request), desk(request)
            if who is None:
                raise HTTPException(403)
            if access.authorise(who, "rehearse", SITE) and not await run_in_threadpool(agreed, at, who):
                return RedirectResponse("/consent", 303)
            name = await run_in_threadpool(_opened, at, who, action, request.path_params["id"])
            return await shown(request, at, who, name)

        return asking

    return of


def named(at: Desk, who: Person, action: Action, id: str) -> str:
    """The attempt with this id, or one that begins so. Raises NotFound where there is none with which they may do this.

    That is said in the same words in both cases: whether somebody else has rehearsed is nobody's business.
    """
    try:
        folder = at.kept.folder(id)
    except NotFound as problem:
        raise NotFound(say("web.not_found")) from problem
    trainee = people.name(str(attempt.read_header(folder).get("trainee", "")))
    shared = at.sharing.of(trainee).covers(folder.name)
    if not access.authorise(who, action, access.Attempt(trainee, shared, trainee == STAND_IN)):
        raise NotFound(say("web.not_found"))
    return folder.name


def _opened(at: Desk, who: Person, action: Action, id: str) -> str:
    """``named``; that somebody else's is open is on record before any of it is shown."""
    name = named(at, who, action, id)
    if who.role in access.LISTENERS:
        at.hearings.keep(who, name, now())
    return name
