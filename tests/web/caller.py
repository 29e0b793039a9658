"""A page at a program of its own, over a real WebSocket: somebody who comes in by the address and calls."""

import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect


class _Socket:
    """A real connection with the methods of Starlette's test client."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    def send_raw(self, data: bytes) -> None:
        """Bytes that no WebSocket library would send."""
        self._connection.socket.sendall(data)

    def send_text(self, text: str) -> None:
        self._connection.send(text)

    def send_bytes(self, data: bytes) -> None:
        self._connection.send(data)

    def receive(self) -> dict[str, Any]:
        try:
            message = self._connection.recv()
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else 1006
            return {"type": "websocket.close", "code": code, "reason": closed.rcvd.reason if closed.rcvd else ""}
        kind = "text" if isinstance(message, str) else "bytes"
        return {"type": "websocket.send", kind: message}


def agreed(address: str, name: str) -> str:
    """Come in by an address with its token and agree to being recorded; the cookies of it."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    home = address.split("/?")[0]
    opener.open(address).close()
    form = urllib.parse.urlencode({"name": name, "agree": "yes"}).encode()
    opener.open(urllib.request.Request(f"{home}/consent", form, {"origin": home})).close()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


@contextmanager
def calling(address: str, cookies: str) -> Iterator[_Socket]:
    """A connection to the wire of the program at that address."""
    home = address.split("/?")[0]
    wire = home.replace("http", "ws", 1) + "/wire"
    headers = {"Cookie": cookies}
    with connect(wire, origin=home, additional_headers=headers, max_size=None, compression=None) as made:  # type: ignore[arg-type]
        yield _Socket(made)
