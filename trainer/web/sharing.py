"""The pages of sharing: what one shares and who has heard it; and, for those who listen, what is shared with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer.access import Person
from trainer.store import Summary, people
from trainer.store.hearings import Heard
from trainer.store.index import NOT_OVER
from trainer.web import doors, forms, rendering
from trainer.web.desk import STAND_IN, Desk, now
from trainer.web.pages import agreed


@dataclass(frozen=True)
class Own:
    """A call of one's own: whether it is shared, and who has heard it when."""

    attempt: Summary
    shared: bool
    heard: list[Heard]


@dataclass(frozen=True)
class Shared:
    """A call of somebody's who shares it, and whether whoever looks has opened it already."""

    attempt: Summary
    opened: bool


@agreed
async def mine(request: Request, at: Desk, who: str) -> Response:
    """What they share, with whom, and who has heard it."""
    values = await run_in_threadpool(_mine, at, who)
    return rendering.page("sharing.html", person=who, **values)


@agreed
async def share_all(request: Request, at: Desk, who: str) -> Response:
    """Share everything, also what comes; or nothing any more."""
    shared = (await forms.read(request)).get("shared") == "yes"
    await run_in_threadpool(at.sharing.say, who, shared, now())
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
    """What is shared with those who listen: first what they have not opened yet."""
    shared = await run_in_threadpool(lambda: sorted(_shared(at, who), key=lambda one: one.opened))
    return rendering.page("coaching.html", person=who.name, role=who.role, shared=shared)


ROUTES = [
    Route("/sharing", mine),
    Route("/sharing", share_all, methods=["POST"]),
    Route("/attempts/{id}/share", share, methods=["POST"]),
    Route("/coaching", coaching),
]


def _mine(at: Desk, who: str) -> dict[str, Any]:
    said, attempts = at.sharing.of(who), at.attempts(who)
    heard = at.hearings.of(one.attempt for one in attempts)
    own = [Own(one, said.covers(one.attempt), heard.get(one.attempt, [])) for one in attempts]
    return {"everything": said.everything, "attempts": own, "listeners": at.links.listeners()}


def _shared(at: Desk, who: Person) -> Iterator[Shared]:
    said, opened = at.sharing.everybody(), at.hearings.by(who)
    for one in at.index.everybody():
        trainee = people.name(one.trainee)
        if trainee in said and trainee != STAND_IN and one.state not in NOT_OVER and said[trainee].covers(one.attempt):
            yield Shared(one, one.attempt in opened)
