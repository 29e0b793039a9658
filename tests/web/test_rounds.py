"""Round the room: who rehearses agrees first, the others mark after the call, and only then see what was measured."""

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.calls import answer, turns
from tests.web.site import HOME, by_link, trainee
from tests.web.test_courses import beside, live, opened, parts, post
from tests.web.test_pages import kept_call
from trainer import library
from trainer.coaching.call import verdict
from trainer.records import Finding, Report
from trainer.store.courses import Course
from trainer.store.database import Database
from trainer.store.rounds import Mark, Round, Rounds
from trainer.web import rounds

pytestmark = pytest.mark.usefixtures("both_databases")

KEPT = Finding("apologise", ("af",), "kept", None, None, False, None, None, (), "You said sorry.")


class Room:
    """A course of Jan's with Anna, Piotr and Ola, all at one program."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.course: Course = opened(root, "Anna", "Piotr", "Ola")
        self.jan = by_link(root, "instructor", "Jan")
        self.anna = beside(trainee(root), self.jan)
        self.piotr, self.ola = (beside(by_link(root, "trainee", one), self.jan) for one in ("Piotr", "Ola"))
        self.path = f"/courses/{self.course.id}"

    def asked(self) -> "Room":
        assert post(self.jan, f"{self.path}/rounds", person="Anna", scenario="late-delivery") == 303
        return self

    def rehearsed(self) -> "Room":
        """Anna agrees, and rehearses to the end."""
        agreed = self.anna.post(f"{self.path}/rounds/agree", data={"agree": "yes"}, headers={"origin": HOME})
        assert agreed.headers["location"] == "/call/late-delivery"
        Rounds(Database(self.root)).begun("Anna", "late-delivery", kept_call(self.root, "Anna").attempt)
        return self

    def round(self) -> Round | None:
        return Rounds(Database(self.root)).now(self.course.id)

    def page(self, who: TestClient) -> str:
        return who.get(f"{self.path}/board" if who is self.jan else self.path).text


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_nobody_is_at_the_headset_who_would_rather_not(room: Room) -> None:
    room.asked()
    assert "I would rather not" in room.page(room.anna) and "I would rather not" not in room.page(room.piotr)
    assert post(room.piotr, f"{room.path}/rounds/agree", agree="yes") == 404
    assert post(room.anna, f"{room.path}/rounds/agree", agree="no") == 303
    assert room.round() is None and "Ask them to the headset" in room.page(room.jan)


def test_what_was_measured_is_shown_when_all_who_are_there_have_marked(room: Room) -> None:
    room.asked().rehearsed()
    mark = {"slower": "yes", "lower": "unsure", "rule": "apologise"}
    with live(room.piotr, room.course) as piotr, live(room.ola, room.course) as ola:
        for page in (piotr, ola):
            page.send_text(room.path)
            assert "could not be judged" not in parts(page)["round"]
        assert not any("<table" in room.page(who) for who in (room.anna, room.jan))
        assert post(room.piotr, f"{room.path}/rounds/mark", **mark) == 303
        told = parts(piotr)["round"]
        assert "Marked. You can change it" in told and "<table" not in told
        assert post(room.ola, f"{room.path}/rounds/mark", listens="yes") == 303
        told = parts(ola)["round"]
    assert "yes: 1 · no: 0 · not sure: 0" in told and "Apologise (1)" in told and "Tempo: " in told
    assert told.split("<table")[1] in room.page(room.anna) and "Show what was measured" not in room.page(room.jan)
    assert post(room.piotr, f"{room.path}/rounds/mark", **mark) == 404  # it has been read off by now


def test_the_instructor_may_show_it_before_but_never_before_the_call_is_over(room: Room) -> None:
    room.asked()
    assert post(room.jan, f"{room.path}/rounds/reveal") == 303
    assert "Show what was measured" not in room.page(room.jan) and "<table" not in room.page(room.piotr)
    assert post(room.piotr, f"{room.path}/rounds/mark", slower="yes", lower="yes") == 404
    room.rehearsed()
    assert "Show what was measured" in room.page(room.jan)
    assert post(room.anna, f"{room.path}/rounds/mark", slower="yes", lower="yes") == 404  # of one's own call
    assert post(room.jan, f"{room.path}/rounds/reveal") == 303
    for who in (room.jan, room.anna, room.piotr):
        assert "What the group heard" in room.page(who)
    assert post(room.jan, f"{room.path}/rounds/close") == 303
    assert "What the group heard" not in room.page(room.piotr)


@pytest.mark.parametrize("form", [{}, {"slower": "yes"}, {"slower": "yes", "lower": "loud"},
                                  {"slower": "no", "lower": "no", "rule": "no-jokes"}])  # fmt: skip
def test_both_questions_are_answered_or_none(room: Room, form: dict[str, str]) -> None:
    room.asked().rehearsed()
    assert post(room.piotr, f"{room.path}/rounds/mark", **form) == 400


def test_a_round_that_was_not_begun_goes_with_its_course(room: Room) -> None:
    room.asked()
    assert post(room.jan, f"{room.path}/close") == 303
    assert "I would rather not" not in room.page(room.anna)
    assert post(room.anna, f"{room.path}/rounds/agree", agree="yes") == 404


def test_who_has_not_joined_and_a_call_that_there_is_not_are_not_asked_for(room: Room) -> None:
    for form in ({"person": "Eve", "scenario": "late-delivery"}, {"person": "Anna", "scenario": "none"}, {}):
        assert post(room.jan, f"{room.path}/rounds", **form) == 400


def test_the_call_of_a_round_is_seen_by_the_group_in_its_answers_alone(room: Room) -> None:
    room.asked().rehearsed()
    going = room.round()
    assert going and post(room.jan, f"{room.path}/rounds/reveal") == 303
    for who in (room.jan, room.piotr):
        assert who.get(f"/attempts/{going.attempt}").status_code == 404
        assert "take care of it" not in room.page(who)  # what Anna said


def measured(tmp_path: Path) -> Report:
    first, second = turns(answer(start_s=1.0), answer(start_s=9.0))
    said = (first, replace(second, findings=(KEPT,)))
    call = verdict(said, None, library.rules(), "Mrs Kowalska")
    at = "2026-11-24T10:00:00+00:00"
    return Report("a", "late-delivery", str(tmp_path), ("af",), "Anna", at, None, said, call, "over")


def test_the_groups_answers_stand_beside_what_was_measured(tmp_path: Path) -> None:
    marks = [Mark("Piotr", "yes", "no", "apologise"), Mark("Ola", "yes", "unsure", "own-it"), Mark("Jo", "", "", "")]
    slower, lower, rule = rounds.table(measured(tmp_path), marks)
    assert slower.group == "yes: 2 · no: 0 · not sure: 0" and slower.measured[0].startswith("Tempo: ")
    assert lower.group == "yes: 0 · no: 1 · not sure: 1" and len(lower.measured) == 2
    assert rule.measured[0].endswith("kept in turn 2") and rule.measured[1].endswith("not found")


def test_only_rules_that_an_answer_can_be_heard_to_keep_can_be_marked() -> None:
    known = rounds.rules()
    assert {"speak-slowly", "lower-voice", "apologise"} <= set(known)
    assert not {"no-jokes", "pace-then-lead", "keep-composure"} & set(known)
