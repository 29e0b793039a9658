"""What a trainee waits for goes before what can wait, in whichever call."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from trainer import precedence


def test_nothing_that_can_wait_begins_while_something_is_due_or_being_prepared() -> None:
    assert precedence.quiet()
    assert precedence.due(precedence.quiet)() is False
    assert precedence.spare(precedence.quiet)() is False
    assert precedence.quiet()


def test_what_goes_wrong_is_over_too() -> None:
    def wrong() -> None:
        raise ValueError

    for work in (precedence.due(wrong), precedence.spare(wrong)):
        with pytest.raises(ValueError):
            work()
        assert precedence.quiet()


def test_lines_of_different_calls_are_prepared_one_at_a_time() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def first() -> str:
        begun.set()
        go_on.wait()
        return "first"

    with ThreadPoolExecutor(2) as calls:
        one = calls.submit(precedence.spare(first))
        begun.wait()
        other = calls.submit(precedence.spare(one.done))
        go_on.set()
        assert one.result() == "first" and other.result() is True
