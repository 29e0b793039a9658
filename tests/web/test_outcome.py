"""How a course went: counted by rule when it is closed, without names until they are asked for, never by rank."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.site import by_link, visitor
from tests.web.test_courses import AT, beside, opened, post
from tests.web.test_pages import kept_call
from trainer.records import Finding, State
from trainer.store import Attempts
from trainer.store.courses import Courses
from trainer.store.database import Database
from trainer.store.sharing import Sharing


def rehearsed(root: Path, who: str, state: State, course: int, shares: bool = False) -> None:
    """A call of somebody's in a course, in which they kept or broke one rule."""
    report = kept_call(root, who)
    finding = Finding("apologise", ("af",), state, None, None, False, None, None, (), "")
    turn = replace(report.turns[0], findings=(finding,))
    Attempts(root).finish(Path(report.folder), replace(report, turns=(turn,)))
    Courses(Database(root)).rehearsed(who, report.attempt)
    if shares:
        Sharing(Database(root)).say(who, True, AT, course=course)


class Group:
    """A closed course of four, of whom Anna and one who has an odd name share."""

    def __init__(self, root: Path) -> None:
        self.root = root
        course = opened(root, "Anna", "=1+1", "Piotr", "Ola", "Zoe")
        for who, state in (("Anna", "kept"), ("=1+1", "broken")):
            rehearsed(root, who, state, course.id, shares=True)  # type: ignore[arg-type]
        for who in ("Piotr", "Ola", "Zoe"):
            rehearsed(root, who, "kept", course.id)
        self.jan = by_link(root, "instructor", "Jan")
        self.owner: TestClient = beside(visitor(root), self.jan)
        self.path = f"/courses/{course.id}"
        self.open = self.jan.get(f"{self.path}/outcome").text
        assert self.jan.get(f"{self.path}/outcome.csv").status_code == 404
        assert post(self.jan, f"{self.path}/close") == 303

    def csv(self, query: str = "") -> list[dict[str, str]]:
        text = self.jan.get(f"{self.path}/outcome.csv{query}").text
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture
def group(tmp_path: Path) -> Group:
    return Group(tmp_path)


def test_nothing_is_counted_while_the_course_goes_on(group: Group) -> None:
    assert "when the course is closed" in group.open and "<table" not in group.open


def test_each_rule_is_told_by_how_many_kept_it_and_names_are_hidden(group: Group) -> None:
    page = group.jan.get(f"{group.path}/outcome").text
    assert "4 of 5" in page and not any(who in page for who in ("Anna", "Piotr", "Ola", "Zoe"))


def test_names_are_those_of_people_who_share_and_nobody_elses(group: Group) -> None:
    page = group.jan.get(f"{group.path}/outcome?names=yes").text
    assert "Anna" in page and "=1+1" in page and not any(who in page for who in ("Piotr", "Ola", "Zoe"))
    Sharing(Database(group.root)).say("Anna", False, AT)
    assert "Anna" not in group.jan.get(f"{group.path}/outcome?names=yes").text


def test_private_calls_of_two_are_not_counted(tmp_path: Path) -> None:
    course, jan = opened(tmp_path, "Anna", "Piotr"), by_link(tmp_path, "instructor", "Jan")
    for who in ("Anna", "Piotr"):
        rehearsed(tmp_path, who, "kept", course.id)
    assert post(jan, f"/courses/{course.id}/close") == 303
    page = jan.get(f"/courses/{course.id}/outcome").text
    assert "<table" not in page and "at least three people" in page
    assert list(csv.reader(io.StringIO(jan.get(f"/courses/{course.id}/outcome.csv").text)))[1:] == []


def test_a_site_is_for_coaching_only_until_its_owner_says_otherwise_and_then_no_file_has_names(group: Group) -> None:
    for kind in ("csv", "json"):
        assert "Anna" not in group.jan.get(f"{group.path}/outcome.{kind}?names=yes").text
    assert "for coaching only" in group.jan.get(f"{group.path}/outcome").text
    assert "For coaching only: no file" in group.owner.get("/links").text
    assert post(group.owner, "/settings/coaching-only", on="no") == 303
    assert "CSV with names" in group.jan.get(f"{group.path}/outcome").text
    (row,) = group.csv("?names=yes")
    assert (row["kept_by"], row["not_kept_by"]) == ("Anna", "'=1+1")  # a spreadsheet computes nothing
    assert post(group.owner, "/settings/coaching-only", on="yes") == 303
    assert "kept_by" not in group.csv("?names=yes")[0]


def test_the_file_holds_counts_by_rule(group: Group) -> None:
    assert group.csv() == [{"rule": "apologise", "title": "Apologise", "kept": "4", "people": "5"}]
    found = json.loads(group.jan.get(f"{group.path}/outcome.json").text)
    assert (found["course"], found["people"], found["counted"]) == ("Monday", 5, 5)
    assert found["rules"] == [{"rule": "apologise", "title": "Apologise", "kept": 4, "people": 5}]
    assert group.jan.get(f"{group.path}/outcome.xml").status_code == 404
