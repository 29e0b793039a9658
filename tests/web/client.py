"""The protocol spoken from Python: a page without a browser, for tests and for load."""

import json
import queue
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
from starlette.testclient import TestClient, WebSocketTestSession

from tests.web.site import HOME

BLOCK = 320
HELLO = {"protocol": 1, "work": "call", "scenario": "late-delivery", "rate_hz": 16_000, "microphone": "test microphone"}
QUIET = np.zeros(BLOCK, "<i2")


def frame(number: int, samples: "np.typing.NDArray[np.int16]" = QUIET) -> bytes:
    return struct.pack("<I", number) + samples.astype("<i2").tobytes()


class Socket(Protocol):
    """A WebSocket as Starlette's test client has it."""

    def send_text(self, text: str) -> None: ...

    def send_bytes(self, data: bytes) -> None: ...

    def receive(self) -> dict[str, Any]: ...


class Page:
    """A page at the end of a WebSocket: it sends frames on its own sample clock, and answers lines as a page does."""

    def __init__(self, socket: Socket, **hello: Any) -> None:
        self.socket = socket
        self.events: list[dict[str, Any]] = []
        self.lines: list[tuple[int, np.ndarray]] = []
        self.sent = self.kept = 0
        self.say("hello", **{**HELLO, **hello})
        self.welcome = self.hear("welcome")
        self.sent = self.welcome["next"]

    def say(self, kind: str, **data: Any) -> None:
        self.socket.send_text(json.dumps({"type": kind, **data}))

    def frames(self, samples: "np.typing.NDArray[np.int16]") -> None:
        """Send whole frames of sound."""
        for at in range(0, len(samples) - BLOCK + 1, BLOCK):
            self.socket.send_bytes(frame(self.sent, samples[at : at + BLOCK]))
            self.sent += 1

    def hear(self, kind: str, until: Callable[[dict[str, Any]], bool] = lambda event: True) -> dict[str, Any]:
        """Receive until an event of that kind comes."""
        for event in self.incoming():
            if event["type"] == kind and until(event):
                return event
        raise AssertionError(f"no {kind}")

    def incoming(self) -> Iterator[dict[str, Any]]:
        while True:
            message = self.socket.receive()
            if message["type"] == "websocket.close":
                raise AssertionError(f"closed: {message}")
            if message.get("bytes"):
                data = message["bytes"]
                if data[:4] == b"\0\0\0\0":  # what sounds where no line is played
                    continue
                self.lines.append((struct.unpack_from("<I", data)[0], np.frombuffer(data, "<i2", -1, 4)))
                yield {"type": "sound", "line": self.lines[-1][0]}
                continue
            event = json.loads(message["text"])
            self.events.append(event)
            self.kept = event.get("frames", self.kept)
            yield event

    @contextmanager
    def microphone(self) -> Iterator["queue.SimpleQueue[np.typing.NDArray[np.int16]]"]:
        """A microphone that never stops: what is put into the queue, and silence where there is nothing."""
        said: queue.SimpleQueue[np.typing.NDArray[np.int16]] = queue.SimpleQueue()
        off = threading.Event()

        def run() -> None:
            while not off.wait(0.001):
                self.frames(QUIET if said.empty() else said.get())

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield said
        finally:
            off.set()
            thread.join()

    def listen(self, delay_s: float = 0.1) -> int:
        """Play the line that comes next, as a page does: say when it is heard; the number of frames that it lasts."""
        number = self.hear("sound")["line"]
        self.say("starts", line=number, sample=self.sent * BLOCK + round(delay_s * 16_000))
        return -(-(len(self.lines[-1][1]) + round(delay_s * 16_000)) // BLOCK)


def connect(client: TestClient) -> WebSocketTestSession:
    return client.websocket_connect("ws://localhost:8765/wire", headers={"origin": HOME})
