"""Work begun ahead changes when a result is there, and nothing else."""

import threading

import pytest

from trainer.ahead import Ahead


def test_what_was_begun_for_the_same_thing_is_not_done_again() -> None:
    ahead = Ahead()
    first = ahead.begin("a", lambda: "ahead")
    assert ahead.begin("a", lambda: "again") is first
    assert first.result() == "ahead"
    assert ahead.idle
    ahead.close()


def test_what_is_given_up_is_made_anew() -> None:
    ahead = Ahead()
    ahead.begin("a", lambda: 1).result()
    ahead.give_up()
    assert ahead.begin("a", lambda: 2).result() == 2
    ahead.close()


def test_what_is_given_up_before_it_has_started_never_is() -> None:
    ahead = Ahead()
    hold, started = threading.Event(), threading.Event()
    done: list[str] = []
    running = ahead.begin("a", lambda: (started.set(), hold.wait(10)))
    ahead.begin("b", lambda: done.append("b"))
    assert started.wait(10)
    ahead.give_up()
    assert not ahead.idle  # what has started goes on
    hold.set()
    ahead.begin("c", lambda: done.append("c")).result()
    assert running.done()
    assert done == ["c"]
    ahead.close()


def test_what_goes_wrong_ahead_reaches_whoever_asks_and_nobody_else() -> None:
    ahead = Ahead()

    def fail() -> int:
        raise ValueError("no model")

    failed = ahead.begin("a", fail)
    assert ahead.begin("b", lambda: 1).result() == 1
    with pytest.raises(ValueError, match="no model"):
        failed.result()
    ahead.close()
