"""The curves and peaks of calls (``trainer.drawing``), made beside everything else: when a call ends, or at the latest
when a page asks for them. While somebody rehearses, only what somebody waits for is made: a call comes first.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from trainer import drawing
from trainer.errors import TrainerError
from trainer.records import Report

_log = logging.getLogger(__name__)


class Drawings:
    """Those that are being made, one after the other."""

    def __init__(self) -> None:
        self._share: dict[str, float] = {}
        self._failed: set[str] = set()
        self._wanted: set[str] = set()
        self._calls = 0
        self._changed = threading.Condition()
        self._one_at_a_time = threading.Lock()

    @contextmanager
    def during_a_call(self) -> Iterator[None]:
        """A call goes on within."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def begin(self, report: Report) -> None:
        """Begin to make one, unless it has begun; nobody waits for it yet."""
        if report.attempt not in self._share:
            self._share[report.attempt] = 0.0
            threading.Thread(target=self._run, args=(report,), name="drawing", daemon=True).start()

    def want(self, report: Report) -> float:
        """The same for a page that waits for it; how much of it is done."""
        with self._changed:
            self._wanted.add(report.attempt)
            self._changed.notify_all()
        self.begin(report)
        return self._share.get(report.attempt, 0.0)

    def failed(self, attempt: str) -> bool:
        """Whether it could not be made; told once, then it may be tried again."""
        told = attempt in self._failed
        self._failed.discard(attempt)
        return told

    def _count(self, calls: int) -> None:
        with self._changed:
            self._calls += calls
            self._changed.notify_all()

    def _run(self, report: Report) -> None:
        try:
            with self._one_at_a_time:
                self._give_way()
                drawing.make(Path(report.folder), report, partial(self._told, report.attempt))
        except (TrainerError, OSError):  # the call may have been removed meanwhile
            self._failed.add(report.attempt)
        except Exception:
            _log.exception("drawing")
            self._failed.add(report.attempt)
        finally:
            self._wanted.discard(report.attempt)
            del self._share[report.attempt]

    def _told(self, attempt: str, share: float) -> None:
        self._share[attempt] = share
        self._give_way()

    def _give_way(self) -> None:
        """Wait while somebody rehearses and nobody wants any."""
        with self._changed:
            self._changed.wait_for(lambda: not self._calls or self._wanted)
