"""In which language the pages are read: as chosen on the page, and until then as the browser asks (Accept-Language)."""

import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from trainer import words
from trainer.access import Person
from trainer.web import doors, forms
from trainer.web.desk import Desk

COOKIE = "trainer-language"
_WISH = re.compile(r"\s*([a-z]{2,3})(?:-[\w-]*)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*", re.IGNORECASE)


class Read:
    """An ASGI application around another: everything within is said in the reader's language."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through in the language of its reader."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        with words.reading(read_by(Headers(scope=scope))):
            await self._app(scope, receive, send)


def read_by(headers: Headers) -> str:
    """The language chosen, or the one of ours that the browser wants most (RFC 9110, section 12.5.4)."""
    try:
        chosen = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        chosen = None
    if chosen and chosen.value in words.languages():
        return chosen.value
    wishes = [_WISH.fullmatch(one) for one in headers.get("accept-language", "")[:400].split(",")]
    known = [(float(one[2] or 1.0), one[1].lower()) for one in wishes if one and one[1].lower() in words.languages()]
    return max(known, key=lambda wish: wish[0], default=(1.0, words.DEFAULT_LANGUAGE))[1]


@doors.may("open")
async def choose(request: Request, at: Desk, who: Person) -> Response:
    """Keep the language, and go back to the page on which it was chosen."""
    wanted = (await forms.read(request)).get("language", "")
    back = urlsplit(request.headers.get("referer", "/")).path
    answer = RedirectResponse("/" + back.lstrip("/\\"), 303)
    if wanted in words.languages():
        answer.set_cookie(
            COOKIE, wanted, forms.YEAR_S, httponly=True, samesite="strict", secure=request.url.scheme == "https"
        )
    return answer


ROUTES = [Route("/language", choose, methods=["POST"])]
