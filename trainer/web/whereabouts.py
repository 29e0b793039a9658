"""Where everybody in a course is, for as long as the program runs: at which page, or at what of a call.

All of it happens on the loop of the program. Who watches is woken when something has changed, and looks for themselves.
"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from trainer import library
from trainer.web import wire

LINGERS_S = 3.0
"""So long somebody is still there who leaves a page, and comes to the next: our choice."""
PAGES = {"/courses/": "waiting", "/soundcheck": "soundcheck", "/call/": "ready", "/attempts/": "debrief"}
RINGING = "ringing"


@dataclass(frozen=True)
class Stage:
    """Where somebody is; in a call also at which of about how many turns."""

    name: str
    turn: int = 0
    turns: int = 0


AWAY = Stage("away")


def at_page(place: str) -> Stage:
    """The stage of a page by its path, or of a telephone that rings on it."""
    if place == RINGING:
        return Stage(RINGING)
    return Stage(next((stage for path, stage in PAGES.items() if place.startswith(path)), "waiting"))


@dataclass(frozen=True, eq=False)
class Watch:
    """A page that is woken: of which course, and whether also when somebody has moved."""

    course: int
    board: bool
    woken: asyncio.Event
    loop: asyncio.AbstractEventLoop


class Whereabouts:
    """Of all persons, by name."""

    def __init__(self) -> None:
        self._pages: dict[str, dict[object, Stage]] = defaultdict(dict)
        self._sittings: dict[str, Stage] = {}
        self._watches: set[Watch] = set()

    def of(self, person: str) -> Stage:
        """Where somebody is: in a call, or else at the page that they opened last. From any thread."""
        pages = list(self._pages.get(person, {}).values())
        return self._sittings.get(person) or (pages[-1] if pages else AWAY)

    def came(self, person: str, page: object, stage: Stage) -> None:
        """They have a page open, by whatever it is known, or something has begun on it."""
        self._pages[person][page] = stage
        self._moved()

    def went(self, person: str, page: object) -> None:
        """That page is gone; they are away when they do not come back soon."""

        def forget() -> None:
            self._pages[person].pop(page, None)
            self._moved()

        asyncio.get_running_loop().call_later(LINGERS_S, forget)

    def follow(self, person: str, hello: wire.Hello, kind: str, data: dict[str, Any]) -> None:
        """An event of what goes on at somebody's headset."""
        before = self._sittings.get(person, AWAY)
        stage = _stage(before, hello, kind, data)
        if kind in ("over", "failed"):
            _wake(self._watches)  # the others of a round have waited for it
            self._sittings.pop(person, None)
            for page in list(self._pages[person])[-1:]:
                self._pages[person][page] = Stage("debrief" if hello.work == "call" else "waiting")
        elif stage != before:
            self._sittings[person] = stage
        else:
            return
        self._moved()

    def watch(self, course: int, board: bool) -> Watch:
        """Be woken, from now on."""
        made = Watch(course, board, asyncio.Event(), asyncio.get_running_loop())
        self._watches.add(made)
        return made

    def unwatch(self, watch: Watch) -> None:
        """No more."""
        self._watches.discard(watch)

    def changed(self, course: int) -> None:
        """Something of a course has changed for all who are in it."""
        _wake(one for one in self._watches if one.course == course)

    def _moved(self) -> None:
        _wake(one for one in self._watches if one.board)


def _wake(watches: Any) -> None:
    for one in list(watches):
        one.loop.call_soon_threadsafe(one.woken.set)


def _stage(before: Stage, hello: wire.Hello, kind: str, data: dict[str, Any]) -> Stage:
    """Where somebody is after an event: the turn that a line begins is the one after the last that was told."""
    if hello.work == "soundcheck":
        return Stage("soundcheck")
    if hello.work != "call":
        return Stage("debrief")
    if kind == RINGING:
        return Stage(RINGING)
    if kind == "line":
        scenario = library.scenarios().get(hello.scenario)
        turns = len(scenario.beats) if scenario else 1
        return Stage("turn", min(before.turn + 1, turns), turns)
    if kind == "turn":
        return Stage("turn", int(data["number"]), before.turns)
    return before
