"""Exemplary answers: a coach marks one, its speaker agrees or not, and those of speakers who agree make a library."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import access
from trainer.access import Action, Person
from trainer.errors import NotFound, TrainerError
from trainer.records import Turn
from trainer.store.clips import Clip
from trainer.web import attempts, comments, doors, forms, rendering
from trainer.web.desk import Desk, now
from trainer.web.ranges import ranged
from trainer.words import say

PageOfClip = Callable[[Request, Desk, Person, Clip], Awaitable[Response]]


@dataclass(frozen=True)
class Example:
    """A clip in the library, with the turn that it shows; without the name of its speaker."""

    clip: Clip
    scenario: str
    turn: Turn


def about_clip(action: Action) -> Callable[[PageOfClip], doors.Handler]:
    """A page about the clip in its address, for whoever may do this with it; to others it is not there."""

    def of(shown: PageOfClip) -> doors.Handler:
        @doors.may("open")
        @wraps(shown)
        async def asking(request: Request, at: Desk, who: Person) -> Response:
            found = await run_in_threadpool(at.clips.get, doors.numbered(request.path_params["number"]))
            if not access.authorise(who, action, access.Clip(found.trainee, bool(found.agreed_at))):
                raise NotFound(say("web.not_found"))
            return await shown(request, at, who, found)

        return asking

    return of


@doors.about("overrule")
async def mark(request: Request, at: Desk, who: Person, name: str) -> Response:
    """Mark an answer as exemplary, and say why; its speaker is asked."""
    reason = comments.text(await forms.read(request), "reason")
    number = request.path_params["turn"]
    found = await run_in_threadpool(at.kept.load, name)
    if not any(turn.number == number and turn.answer.speech_s for turn in found.turns):
        raise NotFound(say("web.not_found"))
    await run_in_threadpool(at.clips.mark, name, found.trainee, number, who, now(), reason)
    return RedirectResponse(f"/attempts/{name}/comments#turn-{number}", 303)


@about_clip("change")
async def agree(request: Request, at: Desk, who: Person, clip: Clip) -> Response:
    """Its speaker agrees that it stands in the library, or does not any more."""
    agrees = (await forms.read(request)).get("agree") == "yes"
    await run_in_threadpool(at.clips.agree, clip.id, now() if agrees else "")
    return RedirectResponse(f"/attempts/{clip.attempt}/comments#turn-{clip.turn}", 303)


@doors.may("open")
async def library(request: Request, at: Desk, who: Person) -> Response:
    """The library: line and answer of each clip, to read and to hear."""
    examples = await run_in_threadpool(lambda: [one for clip in at.clips.library() if (one := _example(at, clip))])
    return rendering.page("clips.html", person=who.name, role=who.role, examples=examples)


@about_clip("hear")
async def sound(request: Request, at: Desk, who: Person, clip: Clip) -> Response:
    """The line or the answer of a clip, as FLAC; that somebody else's was opened is on record first."""
    if who.name != clip.trainee or who.role not in access.SPEAKERS:
        await run_in_threadpool(at.hearings.keep, who, clip.attempt, now())
    body = await run_in_threadpool(attempts.flac, at, clip.attempt, clip.turn, request.path_params["which"])
    return ranged(body, "audio/flac", request.headers.get("range"))


ROUTES = [
    Route("/clips", library),
    Route("/clips/{number:int}/{which}.flac", sound),
    Route("/clips/{number:int}/agree", agree, methods=["POST"]),
    Route("/attempts/{id}/{turn:int}/exemplary", mark, methods=["POST"]),
]


def _example(at: Desk, clip: Clip) -> Example | None:
    """None where its attempt is not there any more."""
    try:
        report = at.kept.load(clip.attempt)
    except TrainerError:
        return None
    return next((Example(clip, report.scenario, turn) for turn in report.turns if turn.number == clip.turn), None)
