"""The port: opened before anything is loaded, with one line for what can go wrong with it."""

import secrets
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trainer.errors import BadInput
from trainer.web.desk import Desk
from trainer.web.guard import Entry, reached_by
from trainer.web.site import site
from trainer.words import say

FRAME_LARGEST = 65_536
"""Bytes of a message on the WebSocket; ours have 644, or a few hundred."""
ENDS_WITHIN_S = 10


@dataclass(frozen=True)
class Place:
    """Where the site is to be found."""

    host: str = "127.0.0.1"
    port: int = 8765
    tls_cert: Path | None = None
    tls_key: Path | None = None
    token: str = ""


def opened(place: Place) -> socket.socket:
    """A socket that listens at the place. Raises BadInput where that cannot be."""
    try:
        family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
        return socket.create_server((place.host, place.port), family=family, backlog=128)
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise BadInput(say("web.cannot_listen", host=place.host, port=place.port, problem=why)) from problem


def serve(desk: Desk, place: Place, tell: Callable[[str], None], opens: bool = False) -> None:
    """Serve until an interrupt; ``tell`` is given the address once it can be opened."""
    import uvicorn

    listener = opened(place)
    port = listener.getsockname()[1]
    entry = reached_by(place.host, place.token or secrets.token_urlsafe(24), port, tls=place.tls_cert is not None)
    config = uvicorn.Config(
        site(desk, entry),
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        ws_max_size=FRAME_LARGEST,
        ws_per_message_deflate=False,
        proxy_headers=False,
        server_header=False,
        ssl_certfile=place.tls_cert,
        ssl_keyfile=place.tls_key,
        timeout_graceful_shutdown=ENDS_WITHIN_S,
    )
    try:
        config.load()
    except OSError as problem:
        listener.close()
        raise BadInput(say("web.bad_certificate", file=place.tls_cert, problem=problem)) from problem
    desk.warm_up()
    address = shown(entry, place.host)
    tell(address)
    if opens:
        webbrowser.open(address)
    uvicorn.Server(config).run(sockets=[listener])


def shown(entry: Entry, host: str) -> str:
    """The address, with its token, that a person opens."""
    name = "localhost" if host in ("127.0.0.1", "::1") else socket.getfqdn() if host in ("0.0.0.0", "::") else host
    return f"{'https' if entry.tls else 'http'}://{name}:{entry.port}/?token={entry.token}"
