"""What goes on at a page's headset: a call or a sound check, in a thread of its own, whether the page is there or not.

Everything for the page goes through ``say`` and ``send``, from any thread; it is put into the queue of the connection
that there is, on the loop. Events that tell the course are kept, and told again to a page that comes back.
"""

import asyncio
import logging
import secrets
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from trainer.errors import TrainerError
from trainer.web import wire
from trainer.web.headset import USUAL_WAITS, PageHeadset, Waits
from trainer.words import say

COURSE = ("line", "turn", "went_on", "part", "over", "failed")
MOST = 64
"""Calls at once in one program; more than a class has seats."""
KEPT_S = 900.0
"""So long one that is over can still be asked what became of it."""

Follow = Callable[[str, wire.Hello, str, dict[str, Any]], None]
"""Is told of every event of a person's sitting, with its data, on the loop."""
Loop = asyncio.AbstractEventLoop
Queue = asyncio.Queue[str | bytes | None]
_log = logging.getLogger(__name__)


class Sitting:
    """One call or sound check at a page."""

    def __init__(
        self, person: str, hello: wire.Hello, loop: Loop, waits: Waits = USUAL_WAITS, follow: Follow | None = None
    ) -> None:
        self.id = secrets.token_urlsafe(12)
        self.person = person
        self.hello = hello
        self.headset = PageHeadset(hello, self.send, waits)
        self.over_since_s: float | None = None
        self._loop = loop
        self._follow = follow
        self._course: list[str] = []
        self._queue: Queue | None = None
        self._thread: threading.Thread | None = None

    def begin(self, work: "Callable[[Sitting], dict[str, Any]]") -> None:
        """Do the work, in a thread; what it gives is told as "over", an error as "failed"."""
        run = copy_context().run  # in the language of the page that began it
        self._thread = threading.Thread(target=run, args=(self._run, work), name=f"sitting-{self.id}", daemon=True)
        self._thread.start()

    def say(self, kind: str, **data: Any) -> None:
        """An event for the page."""
        self._on_loop(wire.text(kind, **data), kind in COURSE)
        if self._follow:
            follow = self._follow
            self._soon(lambda: follow(self.person, self.hello, kind, data))

    def send(self, message: str | bytes) -> None:
        """Something for the page that is there now."""
        self._on_loop(message, False)

    def attach(self, hello: wire.Hello) -> Queue:
        """A page comes, or comes back; one that was there before is sent away. On the loop."""
        if self._queue is not None:
            self._queue.put_nowait(None)
        self._queue = asyncio.Queue()
        self.headset.here(True, hello)
        self._queue.put_nowait(wire.text("welcome", protocol=wire.VERSION, sitting=self.id, next=self.headset.next))
        for event in self._course:
            self._queue.put_nowait(event)
        self._queue.put_nowait(self.headset.resting)
        unheard = self.headset.unheard
        if unheard and unheard[0] != hello.line:
            self._queue.put_nowait(unheard[1])
        return self._queue

    def listens_to(self, queue: Queue) -> bool:
        """Whether the page with this queue is the one that is there."""
        return self._queue is queue

    def detach(self, queue: Queue) -> None:
        """The connection is gone. On the loop."""
        if self._queue is queue:
            self._queue = None
            self.headset.here(False)

    def join(self, timeout_s: float) -> None:
        """Wait for the end of the work."""
        if self._thread:
            self._thread.join(timeout_s)

    def _run(self, work: "Callable[[Sitting], dict[str, Any]]") -> None:
        try:
            self.say("over", **work(self))
        except TrainerError as problem:
            self.say("failed", problem=str(problem))
        except KeyboardInterrupt:
            self.say("failed", problem=say("web.stopped"))
        except Exception:
            _log.exception("sitting %s", self.id)
            self.say("failed", problem=say("web.broke"))
        finally:
            self.headset.close()
            self.over_since_s = time.monotonic()

    def _on_loop(self, message: str | bytes, keep: bool) -> None:
        def put() -> None:
            if keep and isinstance(message, str):
                self._course.append(message)
            if self._queue is not None:
                self._queue.put_nowait(message)

        self._soon(put)

    def _soon(self, does: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(does)
        except RuntimeError:  # the program ends: nobody listens any more, and the journal has everything
            _log.debug("nobody listens")


class Sittings:
    """Those that go on, and those that were over a little while ago."""

    def __init__(self, waits: Waits = USUAL_WAITS, follow: Follow | None = None) -> None:
        self._known: dict[str, Sitting] = {}
        self._waits = waits
        self._follow = follow

    def begin(self, person: str, hello: wire.Hello) -> Sitting:
        """A new one. Raises Refused where there are too many."""
        now_s = time.monotonic()
        for old in [one for one in self._known.values() if one.over_since_s and now_s - one.over_since_s > KEPT_S]:
            del self._known[old.id]
        if sum(one.over_since_s is None for one in self._known.values()) >= MOST:
            raise wire.Refused(wire.NO_ROOM, "no_room")
        made = Sitting(person, hello, asyncio.get_running_loop(), self._waits, self._follow)
        self._known[made.id] = made
        return made

    def find(self, person: str, id: str) -> Sitting:
        """A person's own. Raises Refused where there is none: it is another's, or the program began anew."""
        found = self._known.get(id)
        if found is None or found.person != person:
            raise wire.Refused(wire.UNKNOWN, "unknown")
        return found

    def close(self, within_s: float) -> None:
        """Hang up everywhere, and wait until all is kept."""
        for one in self._known.values():
            one.headset.told(wire.HangUp())
        until_s = time.monotonic() + within_s
        for one in self._known.values():
            one.join(max(0.0, until_s - time.monotonic()))
