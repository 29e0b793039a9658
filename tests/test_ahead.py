"""Work begun ahead changes when a result is there, and nothing else."""

import threading
from concurrent.futures import CancelledError

import pytest

from trainer import precedence
from trainer.ahead import Ahead
from trainer.precedence import GivenUp, Urgency

PAUSE = Urgency.PAUSE


def test_what_was_begun_for_the_same_thing_is_not_done_again() -> None:
    ahead = Ahead()
    first = ahead.begin("a", lambda: "ahead", PAUSE)
    assert ahead.begin("a", lambda: "again", PAUSE) is first
    assert first.result() == "ahead"
    assert ahead.idle
    ahead.close()


def test_what_is_given_up_is_made_anew() -> None:
    ahead = Ahead()
    ahead.begin("a", lambda: 1, PAUSE).result()
    ahead.give_up()
    assert ahead.begin("a", lambda: 2, PAUSE).result() == 2
    ahead.close()


def test_what_is_given_up_before_it_has_started_never_is() -> None:
    ahead = Ahead()
    hold, started = threading.Event(), threading.Event()
    done: list[str] = []
    running = ahead.begin("a", lambda: (started.set(), hold.wait(10)), PAUSE)
    ahead.begin("b", lambda: done.append("b"), PAUSE)
    assert started.wait(10)
    ahead.give_up()
    assert not ahead.idle  # what has started goes on
    hold.set()
    ahead.begin("c", lambda: done.append("c"), PAUSE).result()
    assert running.done()
    assert done == ["c"]
    ahead.close()


def test_what_goes_wrong_ahead_reaches_whoever_asks_and_nobody_else() -> None:
    ahead = Ahead()

    def fail() -> int:
        raise ValueError("no model")

    failed = ahead.begin("a", fail, PAUSE)
    assert ahead.begin("b", lambda: 1, PAUSE).result() == 1
    with pytest.raises(ValueError, match="no model"):
        failed.result()
    ahead.close()


def test_what_is_asked_for_hurries_all_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "AT_ONCE", 1)
    hold, started = threading.Event(), threading.Event()
    other, mine, beside = Ahead(), Ahead(), Ahead()
    done: list[str] = []
    other.begin("busy", lambda: (started.set(), hold.wait(10)), PAUSE)
    assert started.wait(10)
    waits = beside.begin("rival", lambda: done.append("rival"), PAUSE)
    part = mine.begin("part", lambda: done.append("part"), Urgency.SPARE)
    whole = mine.begin("whole", lambda: done.append("whole"), Urgency.SPARE, [part])
    whole.hurry()
    hold.set()
    for one in (whole, waits):
        one.result()
    assert done.index("part") < done.index("rival")
    for ahead in (other, mine, beside):
        ahead.close()


def test_what_was_given_up_is_not_begun_when_its_turn_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "AT_ONCE", 1)
    hold, started = threading.Event(), threading.Event()
    other, mine = Ahead(), Ahead()
    done: list[str] = []
    other.begin("busy", lambda: (started.set(), hold.wait(10)), PAUSE)
    assert started.wait(10)
    gone = mine.begin("gone", lambda: done.append("gone"), PAUSE)
    kept = mine.begin("kept", lambda: done.append("kept"), PAUSE)
    mine.give_up(but="kept")
    hold.set()
    kept.result()
    with pytest.raises((GivenUp, CancelledError)):
        gone.result()
    assert done == ["kept"]
    for ahead in (other, mine):
        ahead.close()
