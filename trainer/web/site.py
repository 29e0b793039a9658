"""The application: the routes behind the guard, and what begins and ends with the program."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from trainer.errors import TrainerError
from trainer.web import pages
from trainer.web.desk import Desk
from trainer.web.guard import Entry, Guard


def site(desk: Desk, entry: Entry) -> Starlette:
    """The whole site, as an ASGI application."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield

    app = Starlette(
        routes=[*pages.ROUTES],
        middleware=[Middleware(Guard, entry=entry)],
        exception_handlers={TrainerError: pages.problem, HTTPException: pages.not_found},
        lifespan=lifespan,
    )
    app.state.desk = desk
    return app
