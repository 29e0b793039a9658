"""The WebSocket: a page says hello, and then sound goes up, lines and events go down, until one of them is done."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from trainer.sound import Pcm
from trainer.web import agains, calls, checks, doors, pages
from trainer.web import wire as protocol
from trainer.web.desk import Desk
from trainer.web.sitting import Queue, Sitting, Sittings

HELLO_WITHIN_S = 10.0
LAST_EVENTS = ('{"type":"over"', '{"type":"failed"')


async def wire(socket: WebSocket) -> None:
    """One connection, from its first message to its close code."""
    who = await run_in_threadpool(pages.person, socket)
    await socket.accept()
    try:
        hello = await _hello(socket)
        if not who:
            raise protocol.Refused(protocol.AGAINST_THE_RULES, "not_agreed")
        sitting = _sitting(socket, who, hello)
        await _talk(socket, sitting, sitting.attach(hello))
    except protocol.Refused as problem:
        await _close(socket, problem.code, str(problem))
    except WebSocketDisconnect:
        return


async def _hello(socket: WebSocket) -> protocol.Hello:
    try:
        first = await asyncio.wait_for(socket.receive(), HELLO_WITHIN_S)
    except TimeoutError as problem:
        raise protocol.Refused(protocol.AGAINST_THE_RULES, "not_understood") from problem
    found = _message(first)
    if not isinstance(found, protocol.Hello):
        raise protocol.Refused(protocol.NOT_UNDERSTOOD, "not_understood")
    return found


def _sitting(socket: WebSocket, who: str, hello: protocol.Hello) -> Sitting:
    """The one that goes on already, or a new one."""
    known: Sittings = socket.app.state.sittings
    if hello.sitting:
        return known.find(who, hello.sitting)
    desk = doors.desk(socket)
    work = _work(desk, who, hello)
    begun = known.begin(who, hello)
    begun.begin(work)
    return begun


def _work(desk: Desk, who: str, hello: protocol.Hello) -> Callable[[Sitting], dict[str, Any]]:
    """What is to be done at the headset. Raises Refused where there is no such thing."""
    if hello.work == "again":
        return agains.work(desk, who, hello)
    if hello.work == "soundcheck":
        return checks.check(desk)
    calls.check(hello)
    return calls.call(desk)


async def _talk(socket: WebSocket, sitting: Sitting, queue: Queue) -> None:
    """Both directions, until the page is gone."""
    down = asyncio.create_task(_down(socket, queue))
    try:
        while True:
            found = _message(await socket.receive())
            if sitting.listens_to(queue):  # another tab may have come meanwhile
                _up(sitting, found)
    finally:
        sitting.detach(queue)
        down.cancel()


def _up(sitting: Sitting, found: protocol.Message | tuple[int, Pcm]) -> None:
    if isinstance(found, tuple):
        sitting.headset.take(*found)
    elif isinstance(found, protocol.Hello):
        raise protocol.Refused(protocol.AGAINST_THE_RULES, "not_understood")
    else:
        sitting.headset.told(found)


def _message(received: Mapping[str, Any]) -> protocol.Message | tuple[int, Pcm]:
    if received["type"] == "websocket.disconnect":
        code = received.get("code")
        raise WebSocketDisconnect(code if isinstance(code, int) else 1005)
    data, text = received.get("bytes"), received.get("text")
    return protocol.frame(data) if isinstance(data, bytes) else protocol.message(str(text))


async def _down(socket: WebSocket, queue: Queue) -> None:
    """What there is for the page, until there is an end to tell, or another tab has it."""
    over = False
    while not over:
        message = await queue.get()
        if message is None:
            taken = protocol.Refused(protocol.TAKEN_OVER, "taken_over")
            await _close(socket, taken.code, str(taken))
            return
        over = isinstance(message, str) and message.startswith(LAST_EVENTS)
        try:
            await (socket.send_bytes(message) if isinstance(message, bytes) else socket.send_text(message))
        except (RuntimeError, WebSocketDisconnect):  # the page is gone, and will ask again
            return
    await _close(socket, protocol.DONE, "")


async def _close(socket: WebSocket, code: int, why: str) -> None:
    """Close; a reason has 123 bytes at most."""
    try:
        await socket.close(code, why.encode()[:123].decode("utf-8", "ignore"))
    except (RuntimeError, WebSocketDisconnect):  # the page was quicker
        return
