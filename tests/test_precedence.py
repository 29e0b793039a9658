"""What a trainee waits for goes before what can wait, in whichever call; no more at once than there are cores."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from trainer import precedence
from trainer.precedence import GivenUp, Place, Urgency, at_its_turn


@contextmanager
def busy(monkeypatch: pytest.MonkeyPatch, cores: int = 1) -> Iterator[Callable[[Urgency], tuple[Place, Future[None]]]]:
    """All cores work; what is asked for meanwhile waits until the block is left, then writes its urgency down."""
    monkeypatch.setattr(precedence, "AT_ONCE", cores)
    go_on = threading.Event()
    started = threading.Barrier(cores + 1)

    def hold() -> None:
        started.wait()
        go_on.wait()

    with ThreadPoolExecutor(20) as calls:
        for _ in range(cores):
            calls.submit(at_its_turn, Place(Urgency.PAUSE), hold)
        started.wait()

        def ask(urgency: Urgency) -> tuple[Place, Future[None]]:
            place = Place(urgency)
            asked = calls.submit(at_its_turn, place, lambda: done.append(place))
            while place not in precedence._waiting:  # it comes at once
                pass
            return place, asked

        yield ask
        go_on.set()


done: list[Place] = []


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def test_the_most_urgent_goes_first_and_among_equals_who_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with busy(monkeypatch) as ask:
        asked = [ask(one)[0] for one in (Urgency.SPARE, Urgency.SPEECH, Urgency.PAUSE, Urgency.WAITED_FOR)]
        again = ask(Urgency.PAUSE)[0]
        assert not precedence.room() and not precedence.quiet()
    assert done == [asked[3], asked[2], again, asked[1], asked[0]]
    assert precedence.room() and precedence.quiet()


def test_what_somebody_waits_for_now_goes_to_the_front(monkeypatch: pytest.MonkeyPatch) -> None:
    with busy(monkeypatch) as ask:
        first, last = ask(Urgency.PAUSE)[0], ask(Urgency.SPARE)[0]
        precedence.hurry(last)
    assert done == [last, first]


def test_what_nobody_wants_any_more_is_never_done(monkeypatch: pytest.MonkeyPatch) -> None:
    with busy(monkeypatch) as ask:
        kept, (place, gone) = ask(Urgency.PAUSE)[0], ask(Urgency.PAUSE)
        assert precedence.give_up(place)
        with pytest.raises(GivenUp):
            gone.result()
    assert done == [kept]


def test_lines_of_different_calls_are_prepared_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "AT_ONCE", 2)
    begun, go_on = threading.Event(), threading.Event()

    def first() -> str:
        begun.set()
        go_on.wait()
        return "first"

    with ThreadPoolExecutor(2) as calls:
        one = calls.submit(at_its_turn, Place(Urgency.SPARE), first)
        begun.wait()
        other = calls.submit(at_its_turn, Place(Urgency.SPARE), one.done)
        assert at_its_turn(Place(Urgency.PAUSE), lambda: "between") == "between"
        go_on.set()
        assert one.result() == "first" and other.result() is True


def test_what_goes_wrong_makes_room_too() -> None:
    def wrong() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        at_its_turn(Place(Urgency.PAUSE), wrong)
    assert precedence.quiet()
