"""The curves of a call are there when its replay is opened; who rehearses meanwhile is not disturbed for them."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import desk, trainee
from tests.web.test_pages import kept_call
from trainer import drawing
from trainer.records import Report
from trainer.web.drawings import Drawings


class Made:
    """In place of the making itself: what was made, in its order, and a moment to wait for it."""

    def __init__(self) -> None:
        self.attempts: list[str] = []
        self._changed = threading.Condition()

    def __call__(self, folder: Path, report: Report, told: Callable[[float], object]) -> None:
        told(0.5)
        with self._changed:
            self.attempts.append(report.attempt)
            self._changed.notify_all()

    def wait(self, count: int) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: len(self.attempts) >= count, 30.0)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    found = Made()
    monkeypatch.setattr(drawing, "make", found)
    return found


def test_a_call_that_is_over_is_drawn_without_being_asked_for(tmp_path: Path, made: Made) -> None:
    report = kept_call(tmp_path, "Anna")
    desk(tmp_path).drawings.begin(report)
    assert made.wait(1) and made.attempts == [report.attempt]


def test_nothing_is_drawn_while_somebody_rehearses_until_they_have_hung_up(tmp_path: Path, made: Made) -> None:
    drawings = Drawings()
    with drawings.during_a_call(), drawings.during_a_call():
        drawings.begin(kept_call(tmp_path, "Anna"))
        assert made.attempts == []
    assert made.wait(1)


def test_who_waits_for_a_drawing_gets_it_also_while_somebody_rehearses(tmp_path: Path, made: Made) -> None:
    drawings = Drawings()
    put_off, wanted = kept_call(tmp_path, "Anna"), kept_call(tmp_path, "Anna")
    with drawings.during_a_call():
        drawings.begin(put_off)
        assert drawings.want(wanted) == 0.0
        assert made.wait(2) and set(made.attempts) == {put_off.attempt, wanted.attempt}


def test_a_call_from_before_is_drawn_when_its_replay_is_opened(tmp_path: Path, made: Made) -> None:
    report = kept_call(tmp_path, "Anna")
    assert trainee(tmp_path).get(f"/attempts/{report.attempt}/replay.bin").status_code == 202
    assert made.wait(1)


def test_what_could_not_be_drawn_is_told_once_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def fails(*_: Any) -> None:
        over.set()
        raise OSError

    monkeypatch.setattr(drawing, "make", fails)
    drawings, report = Drawings(), kept_call(tmp_path, "Anna")
    drawings.begin(report)
    assert over.wait(30.0)
    for thread in threading.enumerate():
        if thread.name == "drawing":
            thread.join(30.0)
    assert (drawings.failed(report.attempt), drawings.failed(report.attempt)) == (True, False)
