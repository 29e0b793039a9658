"""The one guard before every request, HTTP and WebSocket alike: who asks, from where, by which name, with what token.

A page of somebody else's in the same browser can send requests to this program; it cannot name our Host (a rebound
name is not ours), our Origin or the token. The token comes once in the address, as Jupyter has it, and then lives in a
cookie that only this site sends. A secret link (``trainer.web.entrance``) lives in another, and comes before it: who
opens a coach's link on the owner's machine is the coach there, until they leave.
"""

import hmac
import ipaddress
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trainer.access import Person
from trainer.words import say

LOOPBACK = ("127.0.0.1", "::1", "localhost")
OWN_SITES = ("same-origin", "none")
"""What Sec-Fetch-Site may say: from a page of ours, or typed by a person."""
ENTRANCE = "/in/"
"""Below it secret links are opened: by whoever has one, also out of a mail or a page of somebody else's."""
JOIN = "/join"
"""The door of a course: for whoever knows its code, also by the camera of a telephone."""
FOR_ALL = (ENTRANCE, JOIN, "/static/")
"""What is shown to anybody who reaches us by one of our names: style sheets and scripts say nothing of anybody."""
REFUSED = 4403
"""Close code of a refused WebSocket; before it is accepted, the browser sees HTTP 403."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
    "cache-control": "no-store",
}
CHARTS = "x-has-a-chart"
"""A page with a chart asks for inline styles, which plotly needs, by this header; it goes no further than here."""


@dataclass(frozen=True)
class Entry:
    """What opens the door: the token, the names by which this program is reached, and its port."""

    token: str
    port: int
    names: tuple[str, ...] = LOOPBACK
    any_address: bool = False
    """Also by any IP address: a name can be rebound by somebody else, an address cannot."""
    tls: bool = False
    cookie: str = field(init=False)
    link_cookie: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cookie", f"trainer-{self.port}")
        object.__setattr__(self, "link_cookie", f"trainer-link-{self.port}")

    def knows(self, host: str) -> bool:
        """Whether ``host`` (of the Host header, with its port) is one of our names."""
        try:
            parts = urlsplit(f"//{host}")
            name, port = parts.hostname or "", parts.port or (443 if self.tls else 80)
        except ValueError:
            return False
        return port == self.port and (name in self.names or (self.any_address and _is_address(name)))


def reached_by(host: str, token: str, port: int, tls: bool = False) -> Entry:
    """The entry of a program that listens at ``host``: loopback, one name, or everywhere."""
    if host in LOOPBACK:
        return Entry(token, port, LOOPBACK, tls=tls)
    if host in ("0.0.0.0", "::", ""):
        names = (*LOOPBACK, socket.gethostname().lower(), socket.getfqdn().lower())
        return Entry(token, port, names, any_address=True, tls=tls)
    return Entry(token, port, (*LOOPBACK, host.lower()), tls=tls)


class Guard:
    """An ASGI application around another."""

    def __init__(self, app: ASGIApp, entry: Entry, link: Callable[[str], Person | None]) -> None:
        """``link`` gives whom a secret lets in; it may wait for a disk."""
        self._app = app
        self._entry = entry
        self._link = link

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or answer in its place."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        answer = await self._answer(scope)
        if answer is None:
            await self._app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": REFUSED, "reason": ""})
        else:
            await answer(scope, receive, _with_headers(send))

    async def _answer(self, scope: Scope) -> Response | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if why := self._foreign(scope, headers):
            return PlainTextResponse(say(f"web.refused_{why}"), 403)
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["type"] == "http" and self._is_token(dict(asked).get("token", "")):
            return self._let_in(scope["path"], [pair for pair in asked if pair[0] != "token"])
        found = await self._person(_cookies(headers))
        scope.setdefault("state", {})["person"] = found
        if found or (scope["type"] == "http" and scope["path"].startswith(FOR_ALL)):
            return None
        return PlainTextResponse(say("web.refused_token"), 403)

    def _foreign(self, scope: Scope, headers: Mapping[str, str]) -> str:
        """Which of the three headers is not ours; nothing where all are."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self._entry.knows(host):
            return "host"
        changes = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")
        arrives = not changes and scope["path"].startswith((ENTRANCE, JOIN))
        own = f"{'https' if self._entry.tls else 'http'}://{host}"
        if origin != own and (changes or origin is not None):
            return "origin"
        return "" if arrives or headers.get("sec-fetch-site", "none") in OWN_SITES else "site"

    async def _person(self, cookies: Mapping[str, str]) -> Person | None:
        """Who asks, by a link or by the token."""
        secret = cookies.get(self._entry.link_cookie)
        found = await run_in_threadpool(self._link, secret) if secret else None
        return found or (Person("owner") if self._is_token(cookies.get(self._entry.cookie, "")) else None)

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._entry.token.encode())

    def _let_in(self, path: str, asked: list[tuple[str, str]]) -> Response:
        """To the same page without the token in its address, where it would be shown, kept and sent on."""
        where = "/" + path.lstrip("/\\") + (f"?{urlencode(asked)}" if asked else "")
        answer = RedirectResponse(where, 303)
        answer.set_cookie(
            self._entry.cookie, self._entry.token, httponly=True, samesite="strict", secure=self._entry.tls
        )
        answer.delete_cookie(self._entry.link_cookie, httponly=True, samesite="strict", secure=self._entry.tls)
        return answer


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in message["headers"]}
            style = "'self' 'unsafe-inline'" if given.pop(CHARTS, None) else "'self'"
            kept = [pair for pair in message["headers"] if pair[0].decode("latin-1").lower() != CHARTS]
            ours = {"content-security-policy": POLICY.format(style=style), **HEADERS}
            added = [(name.encode(), value.encode()) for name, value in ours.items() if name not in given]
            message = {**message, "headers": [*kept, *added]}
        await send(message)

    return sending


def _cookies(headers: Mapping[str, str]) -> dict[str, str]:
    try:
        return {name: one.value for name, one in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
