"""Work begun ahead changes when a result is there, and nothing else."""

import threading

import pytest

from trainer.ahead import Ahead


def test_what_was_begun_for_the_same_thing_is_not_done_again() -> None:
    ahead: Ahead[int] = Ahead()
    done: list[str] = []
    ahead.begin("a", lambda: done.append("ahead") or 1)  # type: ignore[func-returns-value]
    ahead.begin("a", lambda: done.append("again") or 2)  # type: ignore[func-returns-value]
    assert ahead.result("a", lambda: 3) == 1
    assert done == ["ahead"]
    ahead.close()


def test_what_was_begun_for_another_thing_is_thrown_away() -> None:
    ahead: Ahead[int] = Ahead()
    ahead.begin("a", lambda: 1)
    assert ahead.result("b", lambda: 2) == 2
    assert ahead.result("a", lambda: 3) == 3  # given up, so made anew
    ahead.close()


def test_what_has_not_started_never_does() -> None:
    ahead: Ahead[int] = Ahead()
    hold = threading.Event()
    done: list[str] = []
    ahead.begin("a", lambda: int(hold.wait(10)))
    ahead.begin("b", lambda: done.append("b") or 2)  # type: ignore[func-returns-value]
    ahead.begin("c", lambda: 3)
    hold.set()
    assert ahead.result("c", lambda: 4) == 3
    assert done == []
    ahead.close()


def test_what_goes_wrong_ahead_reaches_whoever_asks() -> None:
    ahead: Ahead[int] = Ahead()

    def fail() -> int:
        raise ValueError("no model")

    ahead.begin("a", fail)
    with pytest.raises(ValueError, match="no model"):
        ahead.result("a", lambda: 1)
    ahead.close()
