"""An answer said again at a page: its page, and the work behind it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from trainer import again, library
from trainer.access import Person
from trainer.coaching import baseline as own_voice
from trainer.errors import NotFound, TrainerError
from trainer.exports import compared, marked
from trainer.records import Report
from trainer.turns.hearing import Phase
from trainer.web import attempts, calls, doors, rendering, wire
from trainer.web.desk import Desk, now
from trainer.web.doors import about
from trainer.web.ranges import ranged
from trainer.web.sitting import Sitting
from trainer.words import say


@about("change")
async def page(request: Request, at: Desk, who: Person, name: str) -> Response:
    """The line and the first answer to it; and, where it was said again, both beside each other."""
    found, number = await _turn(request, at, name)
    turn = found.turns[number - 1]
    last = await run_in_threadpool(again.latest, Path(found.folder), number)
    values: dict[str, Any] = {"take": None}
    if last:
        take, _, count = last
        words = marked.pieces(take.answer, take.findings)
        values = {"take": take, "count": count, "voice": compared.voice(turn.answer, take), "pieces": words}
        values["rules"] = compared.rules(turn, take)
    return rendering.page(
        "again.html",
        person=who.name,
        report=found,
        turn=turn,
        spoken=library.spoken(found.scenario),
        first=marked.pieces(turn.answer, turn.findings),
        where=f"/attempts/{quote(found.attempt)}",
        sounds={which: attempts.address(found, number, which) for which in attempts.WHICH},
        texts=rendering.texts("again"),
        **values,
    )


@about("change")
async def sound(request: Request, at: Desk, who: Person, name: str) -> Response:
    """The newest answer that was said again, as FLAC."""
    found, number = await _turn(request, at, name)
    last = await run_in_threadpool(again.latest, Path(found.folder), number)
    if last is None:
        raise NotFound(say("web.not_found"))
    return ranged(await run_in_threadpool(last[1].read_bytes), "audio/flac", request.headers.get("range"))


ROUTES = [
    Route("/attempts/{id}/{turn:int}/again", page),
    Route("/attempts/{id}/{turn:int}/again.flac", sound),
]


def work(desk: Desk, who: str, hello: wire.Hello) -> Callable[[Sitting], dict[str, Any]]:
    """The work of saying an answer again: play, listen, compare, keep. Raises Refused where there is no such answer."""
    report = _asked(desk, who, hello)

    def run(sitting: Sitting) -> dict[str, Any]:
        language = library.spoken(report.scenario)
        at, headset = now(), sitting.headset
        trainee = desk.kept.people.person(who)
        own = calls.normal_voice(desk.kept.people.baseline(who, headset.name), language)
        normal = own_voice.reference(own, headset.name, at, trainee.without_rate).normal
        recogniser = desk.recogniser(language)
        asked = again.Again(
            report, hello.turn, headset, recogniser, at, normal, hello.half_duplex, trainee.without_rate
        )

        def show(phase: Phase) -> None:
            sitting.say("phase", phase=phase)

        asked.run(show)
        return {"attempt": report.attempt}

    return run


def _asked(desk: Desk, who: str, hello: wire.Hello) -> Report:
    try:
        report = desk.kept.load(doors.named(desk, Person("trainee", who), "change", hello.attempt))
    except TrainerError as problem:
        raise wire.Refused(wire.UNKNOWN, "unknown") from problem
    if not 0 < hello.turn <= len(report.turns):
        raise wire.Refused(wire.UNKNOWN, "unknown")
    return report


async def _turn(request: Request, at: Desk, name: str) -> tuple[Report, int]:
    """A call, and the number of one of its turns."""
    found = await run_in_threadpool(at.kept.load, name)
    number = request.path_params["turn"]
    if not 0 < number <= len(found.turns):
        raise NotFound(say("web.not_found"))
    return found, number
