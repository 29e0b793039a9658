"""The pages of sharing: what one shares and who has heard it; and, for those who listen, what is shared with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import access
from trainer.access import Person
from trainer.store import Summary, people
from trainer.store.hearings import Heard
from trainer.web import assignments, doors, forms, rendering
from trainer.web.desk import STAND_IN, Desk, now, shared
from trainer.web.pages import agreed


@dataclass(frozen=True)
class Own:
    """A call of one's own: with whom it is shared, and who has heard it when."""

    attempt: Summary
    standing: access.Attempt
    heard: list[Heard]


@dataclass(frozen=True)
class Shared:
    """A call of somebody's who shares it; whoever looks has ``opened`` it, and its speaker ``wrote`` since."""

    attempt: Summary
    opened: bool
    wrote: bool


@agreed
async def mine(request: Request, at: Desk, who: str) -> Response:
    """What they share, with whom, and who has heard it."""
    values = await run_in_threadpool(_mine, at, who)
    return rendering.page("sharing.html", person=who, **values)


@agreed
async def share_all(request: Request, at: Desk, who: str) -> Response:
    """Share everything, also what comes; or nothing any more."""
    everything = (await forms.read(request)).get("shared") == "yes"
    await run_in_threadpool(at.sharing.say, who, everything, now())
    return RedirectResponse("/sharing", 303)


@doors.about("change")
async def share(request: Request, at: Desk, who: Person, name: str) -> Response:
    """Share one call, or take it back."""
    form = await forms.read(request)
    await run_in_threadpool(at.sharing.say, who.name, form.get("shared") == "yes", now(), name)
    here = f"/attempts/{quote(name)}" if form.get("back") == "attempt" else "/sharing"
    return RedirectResponse(f"{here}#sharing", 303)


@doors.may("coach")
async def coaching(request: Request, at: Desk, who: Person) -> Response:
    """What is shared with those who listen: first what needs them, an answer to what was written before a new call."""
    found = await run_in_threadpool(lambda: sorted(_shared(at, who), key=lambda one: (not one.wrote, one.opened)))
    given, choices = await run_in_threadpool(lambda: (assignments.given(at, who), assignments.choices(at, who)))
    values: dict[str, Any] = {"shared": found, "given": given, "choices": choices}
    return rendering.page("coaching.html", person=who.name, role=who.role, **values)


ROUTES = [
    Route("/sharing", mine),
    Route("/sharing", share_all, methods=["POST"]),
    Route("/attempts/{id}/share", share, methods=["POST"]),
    Route("/coaching", coaching),
]


def _mine(at: Desk, who: str) -> dict[str, Any]:
    said, attempts, courses = at.sharing.of(who), at.attempts(who), at.courses.rehearsals()
    heard = at.hearings.of(one.attempt for one in attempts)
    own = [
        Own(one, shared(who, one.attempt, said, courses.get(one.attempt)), heard.get(one.attempt, []))
        for one in attempts
    ]
    values: dict[str, Any] = {"everything": said.everything, "attempts": own, "listeners": at.links.listeners()}
    values["courses"] = at.courses.attended(who)
    return values | {"given": [one.id for one in values["courses"] if said.course(one.id)]}


def _shared(at: Desk, who: Person) -> Iterator[Shared]:
    opened, wrote = at.hearings.by(who), at.comments.latest_of_speakers()
    for one in doors.heard_by(at, who):
        if people.name(one.trainee) != STAND_IN:
            last = opened.get(one.attempt, "")
            yield Shared(one, bool(last), bool(last) and wrote.get(one.attempt, "") > last)
