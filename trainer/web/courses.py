"""A course as its instructor has it: opened, shown with its code, its scenarios assigned or pushed, and closed."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import library
from trainer.access import Person
from trainer.errors import BadInput
from trainer.store.courses import Course
from trainer.web import addresses, doors, forms, parts, rendering
from trainer.web.desk import Desk, now
from trainer.words import say

TITLE_LONGEST = 80


@doors.may("teach")
async def courses(request: Request, at: Desk, who: Person) -> Response:
    """Their courses."""
    mine = await run_in_threadpool(at.courses.of, who.name)
    return rendering.page("courses.html", person=who.name, role=who.role, courses=mine)


@doors.may("teach")
async def begin(request: Request, at: Desk, who: Person) -> Response:
    """Open a course."""
    title = (await forms.read(request)).get("title", "").strip()
    if not title.isprintable() or not 0 < len(title) <= TITLE_LONGEST:
        raise BadInput(say("courses.title_missing"))
    number = await run_in_threadpool(at.courses.open, title, who.name, now())
    return RedirectResponse(f"/courses/{number}/board", 303)


@doors.of_course("teach")
async def board(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """The code, where everybody is, and what is rehearsed."""
    reached = await run_in_threadpool(addresses.reach, request)  # without a network, names are long looked for
    values: dict[str, Any] = {"course": course, "reached": reached}
    values["scenarios"] = await run_in_threadpool(parts.scenarios)
    values["picture"] = (
        addresses.picture(f"{reached[0]}/join/{course.code}") if reached and not course.closed_at else ""
    )
    values["parts"] = await run_in_threadpool(parts.of_instructor, at, course, request.app.state.whereabouts)
    return rendering.page("board.html", person=who.name, role=who.role, **values)


@doors.of_course("teach")
async def rehearse(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """Assign a scenario, push it to everybody, or take it away again."""
    form = await forms.read(request)
    scenario, does = form.get("scenario", ""), form.get("does", "")
    if does == "calm":
        await run_in_threadpool(at.programme.push, course.id, "", now())
    elif does == "drop":
        await run_in_threadpool(at.programme.drop, course.id, scenario)
    elif scenario not in await run_in_threadpool(library.scenarios):
        raise BadInput(say("web.wire_no_scenario"))
    elif does == "push":
        await run_in_threadpool(at.programme.push, course.id, scenario, now())
    else:
        await run_in_threadpool(at.programme.assign, course.id, scenario)
    request.app.state.whereabouts.changed(course.id)
    return RedirectResponse(f"/courses/{course.id}/board#programme", 303)


@doors.of_course("teach")
async def remove(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """Somebody takes no part any more: a name that is no name, or a telephone that joined twice."""
    await run_in_threadpool(at.courses.remove, course.id, (await forms.read(request)).get("person", ""))
    request.app.state.whereabouts.changed(course.id)
    return RedirectResponse(f"/courses/{course.id}/board", 303)


@doors.of_course("teach")
async def close(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """The course is over."""
    await run_in_threadpool(at.courses.close, course.id, now())
    request.app.state.whereabouts.changed(course.id)
    return RedirectResponse(f"/courses/{course.id}/board", 303)


@doors.of_course("attend")
async def attend(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """The page of whoever takes part: what is to be rehearsed, and whether its instructor hears it."""
    given = (await run_in_threadpool(at.sharing.of, who.name)).course(course.id)
    values: dict[str, Any] = {"course": course, "given": given}
    values["parts"] = await run_in_threadpool(parts.of_member, at, course, who.name)
    return rendering.page("course.html", person=who.name, role=who.role, **values)


@doors.of_course("attend")
async def share(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """Share all of one's calls in it with its instructor, or take them back."""
    form = await forms.read(request)
    await run_in_threadpool(at.sharing.say, who.name, form.get("shared") == "yes", now(), course=course.id)
    return RedirectResponse(f"/courses/{course.id}#sharing", 303)


ROUTES = [
    Route("/courses", courses),
    Route("/courses", begin, methods=["POST"]),
    Route("/courses/{course:int}", attend),
    Route("/courses/{course:int}/share", share, methods=["POST"]),
    Route("/courses/{course:int}/board", board),
    Route("/courses/{course:int}/programme", rehearse, methods=["POST"]),
    Route("/courses/{course:int}/members", remove, methods=["POST"]),
    Route("/courses/{course:int}/close", close, methods=["POST"]),
]
