"""What stands on a page of a course and changes by itself: parts of it, sent whole when they are not what they were.

One WebSocket for each open page, under the same guard as every page. A page says where it is, and gets its parts as
HTML, the same that it had when it was opened.
"""

import asyncio
import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from trainer.access import SPEAKERS, Person
from trainer.errors import NotFound
from trainer.store.courses import Course
from trainer.web import doors, parts
from trainer.web.guard import Entry
from trainer.web.whereabouts import Whereabouts, at_page

NOT_HERE = 4404
"""Close code: there is no such course for whoever asks; the page does not come back."""
TOGETHER_S = 0.05
"""What changes within this is sent at once: our choice, far below the second within which a board is to follow."""
LONGEST = 1000


async def live(socket: WebSocket) -> None:
    """One connection, until its page is gone."""
    who = doors.visitor(socket)
    await socket.accept()
    course = await run_in_threadpool(_course, socket, who)
    if who is None or course is None:
        await socket.close(NOT_HERE)
        return
    watch = whereabouts(socket).watch(course.id, board=who.role not in SPEAKERS)
    if who.role in SPEAKERS:
        whereabouts(socket).came(who.name, socket, at_page(""))
    reading = asyncio.create_task(_read(socket, who))
    try:
        await _tell(socket, who, watch.woken, reading)
    except WebSocketDisconnect:
        pass
    finally:
        whereabouts(socket).unwatch(watch)
        reading.cancel()
        if who.role in SPEAKERS:
            whereabouts(socket).went(who.name, socket)


def whereabouts(socket: Any) -> Whereabouts:
    """Those of this program."""
    found: Whereabouts = socket.app.state.whereabouts
    return found


async def _tell(socket: WebSocket, who: Person, woken: asyncio.Event, reading: "asyncio.Task[None]") -> None:
    """Send what is new whenever somebody wakes us."""
    sent: parts.Parts = {}
    while not reading.done():
        woken.clear()
        course = await run_in_threadpool(_course, socket, who)
        if course is None:
            await socket.close(NOT_HERE)
            return
        found = await run_in_threadpool(_parts, socket, who, course)
        new = {name: text for name, text in found.items() if sent.get(name) != text}
        if new:
            await socket.send_text(json.dumps(new))
            sent |= new
        waking = asyncio.create_task(woken.wait())
        await asyncio.wait({reading, waking}, return_when=asyncio.FIRST_COMPLETED)
        waking.cancel()
        await asyncio.sleep(TOGETHER_S)


async def _read(socket: WebSocket, who: Person) -> None:
    """Where the page is, each time that it says so."""
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        place = str(message.get("text") or "")[:LONGEST]
        if who.role in SPEAKERS:
            whereabouts(socket).came(who.name, socket, at_page(place))


def _parts(socket: WebSocket, who: Person, course: Course) -> parts.Parts:
    if who.role in SPEAKERS:
        return parts.of_member(doors.desk(socket), course, who.name)
    return parts.of_instructor(doors.desk(socket), course, whereabouts(socket))


def _course(socket: WebSocket, who: Person | None) -> Course | None:
    """The course in the address, as it is now; None where it is not theirs, or their link was taken back."""
    at = doors.desk(socket)
    entry: Entry = socket.app.state.entry
    secret = socket.cookies.get(entry.link_cookie)
    try:
        course = at.courses.get(doors.numbered(socket.path_params["course"]))
    except NotFound:
        return None
    if who is None or (who.role != "owner" and (secret is None or at.links.person(secret) != who)):
        return None
    return course if doors.admitted(who, "attend", course) or doors.admitted(who, "teach", course) else None
