"""The doors of the pages: each says what one must be allowed to do behind it, and ``access.authorise`` decides.

    @may("coach")     a page of the site
    @about("hear")    a page about one attempt; to whoever may not, it is not there
    @of_course("teach") a page of one course; the same

Behind a door a page knows who came in.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
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
from trainer.records import Report
from trainer.store import Summary, people
from trainer.store.courses import Course
from trainer.store.index import NOT_OVER
from trainer.store.sharing import Said
from trainer.web.desk import Desk, now, shared
from trainer.words import say

PERSON = "trainer-person"
"""The cookie in which the owner's browser remembers their name."""
NAME_LONGEST = 80

Handler = Callable[[Request], Awaitable[Response]]
Page = Callable[[Request, Desk, Person], Awaitable[Response]]
PageOfCourse = Callable[[Request, Desk, Person, Course], Awaitable[Response]]
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
    return replace(found, name=named if named.isprintable() and len(named) <= NAME_LONGEST else "")


def numbered(typed: str | int) -> int:
    """The number of something kept, as an address or a form says it. Raises NotFound where nothing can have it."""
    if not re.fullmatch(r"[0-9]{1,9}", str(typed)):
        raise NotFound(say("web.not_found"))
    return int(typed)


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
            name = await run_in_threadpool(opened, at, who, action, request.path_params["id"])
            return await shown(request, at, who, name)

        return asking

    return of


def of_course(action: Action) -> Callable[[PageOfCourse], Handler]:
    """A page of the course in its address, for whoever may do this in it."""

    def of(shown: PageOfCourse) -> Handler:
        @wraps(shown)
        async def asking(request: Request) -> Response:
            who, at = visitor(request), desk(request)
            course = await run_in_threadpool(at.courses.get, numbered(request.path_params["course"]))
            if who is None or not admitted(who, action, course):
                raise NotFound(say("web.not_found"))
            return await shown(request, at, who, course)

        return asking

    return of


def admitted(who: Person, action: Action, course: Course) -> bool:
    """Whether they may do this in a course."""
    return access.authorise(who, action, access.Course(course.instructor, course.members))


def named(at: Desk, who: Person, action: Action, id: str) -> str:
    """The attempt with this id, or one that begins so. Raises NotFound where there is none with which they may do this.

    That is said in the same words in both cases: whether somebody else has rehearsed is nobody's business.
    """
    try:
        folder = at.kept.folder(id)
    except NotFound as problem:
        raise NotFound(say("web.not_found")) from problem
    if not access.authorise(who, action, at.shared(str(attempt.read_header(folder).get("trainee", "")), folder.name)):
        raise NotFound(say("web.not_found"))
    return folder.name


def heard_by(at: Desk, who: Person) -> Iterator[Summary]:
    """The attempts that somebody may hear and that are over, the newest first."""
    may_hear = hears(at, who)
    return (one for one in at.index.everybody() if one.state not in NOT_OVER and may_hear(one))


def hears(at: Desk, who: Person) -> Callable[[Summary], bool]:
    """Whether somebody may hear an attempt, for many of them: what people share is read once."""
    said, courses = at.sharing.everybody(), at.courses.rehearsals()

    def may_hear(one: Summary) -> bool:
        trainee = people.name(one.trainee)
        thing = shared(trainee, one.attempt, said.get(trainee, Said()), courses.get(one.attempt))
        return access.authorise(who, "hear", thing)

    return may_hear


def beside(at: Desk, who: Person, report: Report) -> Iterator[Summary]:
    """The other attempts of the same scenario that they may hear, the newest first."""
    for one in heard_by(at, who):
        if one.turns and one.scenario == report.scenario and one.attempt != report.attempt:
            yield one


def opened(at: Desk, who: Person, action: Action, id: str) -> str:
    """``named``; that somebody else's is open is on record before any of it is shown."""
    name = named(at, who, action, id)
    if who.role in access.LISTENERS:
        at.hearings.keep(who, name, now())
    return name
