"""Coming in by a secret link, and the page on which the owner of the machine hands links out and takes them back.

A link is opened in two steps: the address shows as whom one comes in, and only the button there does it. A page of
somebody else's can lead a browser to an address, but it cannot press our button; so nobody finds themselves recorded
under another's name.
"""

import socket

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import access
from trainer.access import Person
from trainer.errors import BadInput
from trainer.web import doors, forms, rendering
from trainer.web.desk import Desk, now
from trainer.web.guard import LOOPBACK, Entry
from trainer.words import say


async def arrive(request: Request) -> Response:
    """As whom a link lets in."""
    who = await run_in_threadpool(doors.desk(request).links.person, request.path_params["secret"])
    return rendering.page("in.html", 200 if who else 404, person="", who=who, left=False)


async def come_in(request: Request) -> Response:
    """Come in by a link."""
    secret = request.path_params["secret"]
    if await run_in_threadpool(doors.desk(request).links.person, secret) is None:
        return rendering.page("in.html", 404, person="", who=None, left=False)
    return let_in(request, secret, "/")


@doors.may("open")
async def leave(request: Request, at: Desk, who: Person) -> Response:
    """This browser forgets the link by which it came in."""
    answer = rendering.page("in.html", person="", who=who, left=True)
    answer.delete_cookie(request.app.state.entry.link_cookie, httponly=True, samesite="strict")
    return answer


@doors.may("admit")
async def links(request: Request, at: Desk, who: Person) -> Response:
    """Every link that was handed out."""
    return await _links(request, at, who)


@doors.may("admit")
async def make(request: Request, at: Desk, who: Person) -> Response:
    """Make a link, and show its address this once."""
    form = await forms.read(request)
    named = _named(form)
    wanted = next((one for one in access.BY_LINK if one == form.get("role", "")), None)
    if wanted is None:
        raise BadInput(say("sharing.link_missing"))
    secret = await run_in_threadpool(at.links.make, wanted, named, now())
    return await _links(request, at, who, f"{_origin(request)}/in/{secret}", named)


@doors.may("admit")
async def teach(request: Request, at: Desk, who: Person) -> Response:
    """The owner goes on as an instructor of that name in this browser, by a link made on the spot."""
    secret = await run_in_threadpool(at.links.make, "instructor", _named(await forms.read(request)), now())
    return let_in(request, secret, "/courses")


@doors.may("admit")
async def revoke(request: Request, at: Desk, who: Person) -> Response:
    """A link that from now on lets nobody in."""
    await run_in_threadpool(at.links.revoke, doors.numbered(request.path_params["number"]), now())
    return RedirectResponse("/links", 303)


ROUTES = [
    Route("/in/{secret}", arrive),
    Route("/in/{secret}", come_in, methods=["POST"]),
    Route("/leave", leave, methods=["POST"]),
    Route("/links", links),
    Route("/links", make, methods=["POST"]),
    Route("/links/teach", teach, methods=["POST"]),
    Route("/links/{number:int}/revoke", revoke, methods=["POST"]),
]


def _named(form: dict[str, str]) -> str:
    named = form.get("name", "").strip()
    if not named.isprintable() or not 0 < len(named) <= doors.NAME_LONGEST:
        raise BadInput(say("sharing.link_missing"))
    return named


def let_in(request: Request, secret: str, where: str) -> Response:
    """To a page, with the link in this browser's cookie."""
    answer = RedirectResponse(where, 303)
    entry: Entry = request.app.state.entry
    answer.set_cookie(entry.link_cookie, secret, forms.YEAR_S, httponly=True, samesite="strict", secure=entry.tls)
    return answer


async def _links(request: Request, at: Desk, who: Person, made: str = "", made_for: str = "") -> Response:
    known, only = await run_in_threadpool(lambda: (at.links.all(), at.settings.coaching_only))
    here_only = request.url.hostname in LOOPBACK and not request.app.state.entry.any_address
    return rendering.page(
        "links.html",
        person=who.name,
        links=known,
        roles=access.BY_LINK,
        made=made,
        made_for=made_for,
        here_only=here_only,
        coaching_only=only,
    )


def _origin(request: Request) -> str:
    """By which others reach this program: not as localhost, where it listens to the network."""
    entry: Entry = request.app.state.entry
    if request.url.hostname in LOOPBACK and entry.any_address:
        return f"{request.url.scheme}://{socket.getfqdn()}:{entry.port}"
    return f"{request.url.scheme}://{request.url.netloc}"
