"""Assignments: a coach asks, the trainee sees it before they choose, and both see what became of it, and no more."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.held import held
from tests.web.program import Program, browser, come_in, watched
from tests.web.site import by_link, desk, trainee
from tests.web.test_comments import post
from tests.web.test_pages import kept_call
from tests.web.test_shared_looks import by_link as come_in_by_link
from tests.web.test_shared_looks import is_for_everybody
from trainer.access import Person
from trainer.records import Report
from trainer.store import Attempts
from trainer.store.assignments import Assignments
from trainer.store.courses import Courses
from trainer.store.database import Database
from trainer.store.sharing import Sharing
from trainer.web import assignments

pytestmark = pytest.mark.usefixtures("both_databases")

BEFORE, AT, LATER = "2026-11-20T10:00:00+00:00", "2026-11-24T09:00:00+00:00", "2999-12-31"
EWA = Person("coach", "Ewa")


def give(root: Path, due: str = LATER, least: int = 1, goal: str = "", at: str = AT) -> None:
    Assignments(Database(root)).give(EWA, at, "Anna", "late-delivery", due, least, goal)


def shared(root: Path, ends_at: float = 0.8) -> Report:
    """A call of Anna's of 10 o'clock, shared, at whose end the customer has that anger."""
    report = kept_call(root, "Anna")
    turn = replace(report.turns[0], anger_after=ends_at)
    Attempts(root).finish(Path(report.folder), replace(report, turns=(turn,)))
    Sharing(Database(root)).say("Anna", True, AT, report.attempt)
    return report


def states(root: Path) -> list[tuple[str, int, int, bool | None]]:
    found = assignments.given(desk(root), EWA)
    return [(one.state, len(one.calls), one.private, one.reached) for one in found]


def asked(client: TestClient, **form: str) -> int:
    usual = {"trainee": "Anna", "scenario": "late-delivery", "due": LATER, "least": "2", "goal": "comes-down"}
    return post(client, "/assignments", **{**usual, **form})


def test_what_a_coach_asks_for_is_seen_before_a_call_is_chosen_and_can_be_taken_back(tmp_path: Path) -> None:
    anna, ewa = by_link(tmp_path, "trainee", "Anna"), by_link(tmp_path, "coach", "Ewa")
    assert "Asked of you" not in anna.get("/").text
    assert asked(ewa) == 303
    page = anna.get("/").text
    for words in ("Ewa (coach)", "until 2999-12-31", "shared calls: 0 of 2", "Come down within 2 turns"):
        assert words in page
    assert page.index("Asked of you") < page.index('class="cards"') and "not reached yet" in page
    assert "O to Cię proszą" in anna.get("/", headers={"accept-language": "pl"}).text
    assert "Anna: " in ewa.get("/coaching").text and ">open</strong>" in ewa.get("/coaching").text
    assert "Asked of you" not in by_link(tmp_path, "trainee", "Piotr").get("/").text
    assert "shared calls" not in by_link(tmp_path, "instructor", "Jan").get("/coaching").text
    assert post(ewa, "/assignments/1/withdraw") == 303 and "Asked of you" not in anna.get("/").text


@pytest.mark.parametrize(
    "form",
    [{"trainee": "Nobody"}, {"scenario": "none"}, {"due": "soon"}, {"due": "2020-01-01"}, {"due": ""}, {"least": "0"},
     {"least": "21"}, {"least": "x"}, {"goal": "be-the-best"}],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_told_in_a_sentence(tmp_path: Path, form: dict[str, str]) -> None:
    by_link(tmp_path, "trainee", "Anna")
    assert asked(by_link(tmp_path, "coach", "Ewa"), **form) == 400
    assert Assignments(Database(tmp_path)).of("Anna") == []


def test_only_shared_calls_count_and_the_coach_is_told_of_no_other(tmp_path: Path) -> None:
    give(tmp_path, least=2)
    kept_call(tmp_path, "Anna")
    shared(tmp_path)
    assert states(tmp_path) == [("open", 1, 1, None)]
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    assert "shared calls: 1 of 2" in anna.get("/").text and "not shared: 1" in anna.get("/").text
    assert "shared calls: 1 of 2" in ewa.get("/coaching").text and "not shared" not in ewa.get("/coaching").text
    Sharing(Database(tmp_path)).say("Anna", True, AT)
    assert states(tmp_path) == [("kept", 2, 0, None)]


def test_a_call_that_is_shared_as_one_of_a_course_counts_for_its_instructor_alone(tmp_path: Path) -> None:
    database, jan, ewa = Database(tmp_path), Person("instructor", "Jan"), Person("coach", "Ewa")
    course = Courses(database).open("Monday", "Jan", AT)
    Courses(database).join(course, "Anna", AT)
    for who in (jan, ewa):
        Assignments(database).give(who, AT, "Anna", "late-delivery", LATER, 1)
    Courses(database).rehearsed("Anna", kept_call(tmp_path, "Anna").attempt)
    Sharing(database).say("Anna", True, AT, course=course)
    found = {who.name: [one.state for one in assignments.given(desk(tmp_path), who)] for who in (jan, ewa)}
    assert found == {"Jan": ["kept"], "Ewa": ["open"]}


def test_a_goal_is_reached_by_a_call_that_counts(tmp_path: Path) -> None:
    give(tmp_path, goal="customer-comes-down")
    shared(tmp_path)
    assert states(tmp_path) == [("open", 1, 0, False)]
    shared(tmp_path, ends_at=0.3)
    assert states(tmp_path) == [("kept", 2, 0, True)]


def test_calls_from_before_and_other_calls_do_not_count(tmp_path: Path) -> None:
    shared(tmp_path)
    give(tmp_path, at="2026-11-24T11:00:00+00:00")
    Assignments(Database(tmp_path)).give(EWA, BEFORE, "Anna", "talkative", LATER, 1)
    assert states(tmp_path) == [("open", 0, 0, None)] * 2


def test_what_is_overdue_comes_first_and_what_is_kept_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    give(tmp_path, due="2026-11-25")
    shared(tmp_path)
    for due in ("2026-12-24", "2026-11-26"):
        give(tmp_path, due=due, least=2)
    monkeypatch.setattr(assignments, "today", lambda: "2026-11-27")
    found = assignments.given(desk(tmp_path), EWA)
    assert [(one.state, one.assignment.due) for one in found] == [
        ("overdue", "2026-11-26"), ("open", "2026-12-24"), ("kept", "2026-11-25")
    ]  # fmt: skip
    assert [one.state for one in assignments.asked_of(desk(tmp_path), "Anna")] == ["overdue", "open"]


@pytest.mark.parametrize("who", ["Ewa", "Anna"])
def test_an_assignment_is_gone_with_whoever_gave_it_and_with_whom_it_was_for(tmp_path: Path, who: str) -> None:
    give(tmp_path)
    Attempts(tmp_path).forget_person(who)
    assert Assignments(Database(tmp_path)).of("Anna") == []
    assert b"late-delivery" not in held(tmp_path)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_coach_and_trainee_see_what_was_asked_for(program: Program, scheme: Any, tmp_path: Path) -> None:
    give(program.data, due="2026-11-01", goal="comes-down")
    shared(program.data)
    with browser() as chromium:
        page = chromium.new_context(color_scheme=scheme, reduced_motion="reduce").new_page()
        wrong = watched(page)
        come_in_by_link(page, program)
        page.locator("#assignments summary").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Until").fill(LATER)
        page.get_by_role("button", name="Ask for it").press("Enter")
        page.wait_for_url("**/coaching#assignments")
        assert page.locator("#assignments .state.open").count() >= 1
        is_for_everybody(page, program, ("coaching",), tmp_path)
        own = chromium.new_context(color_scheme=scheme, reduced_motion="reduce").new_page()
        come_in(own, program)
        own.locator("#assigned").wait_for()
        is_for_everybody(own, program, ("",), tmp_path)
        assert wrong == []
