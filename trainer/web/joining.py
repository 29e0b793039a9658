"""The door of a course: whoever reaches this program and knows its code comes in, with a name that they choose.

They get a secret link as others do, made on the spot and kept by their browser. Who is known here already joins as
who they are.
"""

import time
from collections import deque

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import access
from trainer.access import SITE, Person
from trainer.errors import BadInput
from trainer.store import people
from trainer.store.courses import Course
from trainer.web import doors, forms, rendering
from trainer.web.desk import STAND_IN, Desk, now
from trainer.web.entrance import let_in
from trainer.words import say

WRONG_A_MINUTE = 60
"""So many wrong codes are looked at in a minute; at that pace half of all codes take eleven years. Our choice."""


class Tries:
    """The wrong codes of the last minute, whoever typed them: an address is soon changed."""

    def __init__(self) -> None:
        self._wrong: deque[float] = deque()

    def too_many(self) -> bool:
        """Whether no code is looked at now."""
        while self._wrong and time.monotonic() - self._wrong[0] > 60.0:
            self._wrong.popleft()
        return len(self._wrong) >= WRONG_A_MINUTE

    def wrong(self) -> None:
        """One more."""
        self._wrong.append(time.monotonic())


async def ask(request: Request) -> Response:
    """The code, where it does not stand in the address, and the name."""
    return _page(request, request.path_params.get("code", ""))


async def join(request: Request) -> Response:
    """Come in."""
    form = await forms.read(request)
    tries: Tries = request.app.state.tries
    if tries.too_many():
        return _page(request, "", say("courses.wait"), 429)
    at, code = doors.desk(request), form.get("code", "")
    course = await run_in_threadpool(at.courses.by_code, code)
    if course is None:
        tries.wrong()
        return _page(request, code, say("courses.no_such_code"), 404)
    try:
        return await _come_in(request, at, course, form.get("name", "").strip())
    except BadInput as problem:
        return _page(request, code, str(problem), 400)


ROUTES = [
    Route("/join", ask),
    Route("/join", join, methods=["POST"]),
    Route("/join/{code}", ask),
]


async def _come_in(request: Request, at: Desk, course: Course, name: str) -> Response:
    page, who = f"/courses/{course.id}", _known(request)
    if who:
        await run_in_threadpool(at.courses.join, course.id, who.name, now())
        answer: Response = RedirectResponse(page, 303)
    else:
        answer = let_in(request, await run_in_threadpool(_new, at, course, name), page)
    request.app.state.whereabouts.changed(course.id)
    return answer


def _new(at: Desk, course: Course, name: str) -> str:
    """The link of somebody new. Raises BadInput where the name is none, or somebody here has it."""
    if not name.isprintable() or not 0 < len(name) <= doors.NAME_LONGEST:
        raise BadInput(say("courses.name_missing"))
    at.index.refresh()
    if people.name(name).casefold() == STAND_IN or at.kept.people.folder(name).exists():
        raise BadInput(say("courses.name_taken", name=name))
    return at.courses.enter(course.id, name, now())


def _known(request: Request) -> Person | None:
    """Who asks, if they rehearse here under a name already."""
    who = doors.visitor(request)
    return who if who and who.name and access.authorise(who, "rehearse", SITE) else None


def _page(request: Request, code: str, problem: str = "", status: int = 200) -> Response:
    return rendering.page("join.html", status, person="", code=code[:20], who=_known(request), problem=problem)
