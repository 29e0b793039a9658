"""Which work goes first where several calls share a machine: as much at once as there are cores for, the most urgent
first, and what was asked for first among equals.

What somebody waits for goes before what may be asked for soon, that before what can wait; what nobody wants any more is
never begun. On two cores, eight customers who did everything at once would keep each other's trainees waiting. Nothing
depends on it but time.
"""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeVar

from trainer.cores import AT_ONCE

T = TypeVar("T")


class Urgency(IntEnum):
    """Somebody waits for it; their answer may be over; they are speaking; the customer is."""

    WAITED_FOR = 0
    PAUSE = 1
    SPEECH = 2
    SPARE = 3


class GivenUp(Exception):
    """Nobody wanted it any more before its turn came."""


@dataclass(eq=False)
class Place:
    """A place in the queue of one piece of work."""

    urgency: Urgency
    number: int = field(default_factory=itertools.count().__next__)
    wanted: bool = True


_news = threading.Condition()
_waiting: list[Place] = []
_working: list[Place] = []


def quiet() -> bool:
    """Whether nothing is being done or waits to be."""
    return not _waiting and not _working


def room() -> bool:
    """Whether a core is free: work that may turn out needless takes nobody's time."""
    return not _waiting and len(_working) < AT_ONCE


def at_its_turn(place: Place, work: Callable[[], T]) -> T:
    """The result of ``work``, done when its turn has come. Raises GivenUp."""
    with _news:
        _waiting.append(place)
        _news.wait_for(lambda: not place.wanted or _next(place))
        _waiting.remove(place)
        if not place.wanted:
            _news.notify_all()
            raise GivenUp
        _working.append(place)
    try:
        return work()
    finally:
        with _news:
            _working.remove(place)
            _news.notify_all()


def hurry(place: Place) -> None:
    """Somebody waits for it now."""
    with _news:
        place.urgency = Urgency.WAITED_FOR
        _news.notify_all()


def give_up(place: Place) -> bool:
    """Nobody wants it any more; whether it was not begun yet, and never will be."""
    with _news:
        place.wanted = False
        _news.notify_all()
        return place not in _working


def _next(place: Place) -> bool:
    first = min(_waiting, key=lambda one: (one.urgency, one.number))
    spare = any(one.urgency == Urgency.SPARE for one in _working)  # one at a time: it must not fill the cores
    return place is first and len(_working) < AT_ONCE and not (spare and place.urgency == Urgency.SPARE)
