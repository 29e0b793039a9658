"""The application: the routes behind the guard, and what begins and ends with the program."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute

from trainer.errors import TrainerError
from trainer.web import (
    agains,
    assignments,
    attempts,
    clips,
    comments,
    comparisons,
    courses,
    demos,
    entrance,
    joining,
    languages,
    live,
    outcome,
    pages,
    replays,
    rounds,
    sharing,
    spoken,
)
from trainer.web.desk import Desk
from trainer.web.guard import Entry, Guard
from trainer.web.headset import USUAL_WAITS, Waits
from trainer.web.sitting import Sittings
from trainer.web.socket import wire
from trainer.web.whereabouts import Whereabouts

ROUTES = [
    *pages.ROUTES,
    *agains.ROUTES,
    *demos.ROUTES,
    *replays.ROUTES,
    *comparisons.ROUTES,
    *attempts.ROUTES,
    *languages.ROUTES,
    *entrance.ROUTES,
    *sharing.ROUTES,
    *assignments.ROUTES,
    *comments.ROUTES,
    *spoken.ROUTES,
    *clips.ROUTES,
    *joining.ROUTES,
    *courses.ROUTES,
    *rounds.ROUTES,
    *outcome.ROUTES,
]
SOCKETS = [WebSocketRoute("/wire", wire), WebSocketRoute("/courses/{course:int}/live", live.live)]
ENDS_WITHIN_S = 20.0
"""So long the end of the program waits for calls to be kept."""


def site(desk: Desk, entry: Entry, waits: Waits = USUAL_WAITS) -> Starlette:
    """The whole site, as an ASGI application."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(app.state.sittings.close, ENDS_WITHIN_S)

    app = Starlette(
        routes=[*ROUTES, *SOCKETS],
        middleware=[Middleware(languages.Read), Middleware(Guard, entry=entry, link=desk.links.person)],
        exception_handlers={TrainerError: pages.problem, HTTPException: pages.not_found},
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.state.entry = entry
    app.state.demo = demos.Demo()
    app.state.tries = joining.Tries()
    app.state.whereabouts = Whereabouts()
    app.state.sittings = Sittings(waits, app.state.whereabouts.follow)
    return app
