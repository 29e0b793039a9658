"""Which work goes first where several calls share a machine: what a trainee waits for, before what can wait.

What can wait is done one thing at a time, and not begun while anything is due in any call: on two cores, eight
customers who prepare their lines at once would keep each other's trainees waiting. Nothing depends on it but time.
"""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_counting = threading.Lock()
_spare = threading.Lock()
_due = 0


def quiet() -> bool:
    """Whether nothing is due, and nothing that can wait is being done: work that can wait may begin."""
    return not _due and not _spare.locked()


def due(work: Callable[[], T]) -> Callable[[], T]:
    """``work`` as what somebody waits for, or soon will."""

    def doing() -> T:
        _count(1)
        try:
            return work()
        finally:
            _count(-1)

    return doing


def spare(work: Callable[[], T]) -> Callable[[], T]:
    """``work`` as what can wait for any other of its kind; whoever begins it has asked whether it is ``quiet``."""

    def doing() -> T:
        with _spare:
            return work()

    return doing


def _count(more: int) -> None:
    global _due
    with _counting:
        _due += more
