"""Courses in the store: the code leads to the open one, what is rehearsed in it belongs to it, sharing is by course."""

from pathlib import Path

import pytest

from tests.held import held
from trainer.errors import BadInput, NotFound
from trainer.store import Attempts
from trainer.store.courses import CODE_LENGTH, SIGNS, Courses
from trainer.store.database import Database
from trainer.store.links import Links
from trainer.store.programme import Assigned, Programme
from trainer.store.rounds import Mark, Rounds
from trainer.store.settings import Settings
from trainer.store.sharing import Said, Sharing, Word

pytestmark = pytest.mark.usefixtures("both_databases")

AT, LATER = "2026-11-24T08:00:00+00:00", "2026-11-24T09:00:00+00:00"


@pytest.fixture
def base(tmp_path: Path) -> Database:
    return Database(tmp_path)


def test_a_code_is_found_however_it_is_typed_while_the_course_is_open(base: Database) -> None:
    courses = Courses(base)
    made = courses.get(courses.open("Monday", "Jan", AT))
    assert len(made.code) == CODE_LENGTH and set(made.code) <= set(SIGNS)
    for typed in (
        made.code,
        made.code.lower(),
        f" {made.code[:3]} {made.code[3:]} ",
        f"{made.code[:3]}-{made.code[3:]}",
    ):
        assert courses.by_code(typed) == made
    assert courses.by_code("") is None and courses.by_code("\0") is None and courses.by_code(made.code[:-1]) is None
    courses.close(made.id, LATER)
    assert courses.by_code(made.code) is None and courses.get(made.id).closed_at == LATER
    with pytest.raises(NotFound):
        courses.get(99)


def test_who_joins_anew_gets_a_link_and_nobody_gets_the_name_of_another(base: Database) -> None:
    courses, links = Courses(base), Links(base)
    course = courses.open("Monday", "Jan", AT)
    who = links.person(courses.enter(course, " Zoë ", AT))
    assert who and (who.role, who.name) == ("trainee", "Zoë") and courses.get(course).members == ("Zoë",)
    links.make("coach", "Ewa", AT)
    for taken in ("Zoë", "ZOË", "Zoe\u0308", "ewa"):
        with pytest.raises(BadInput, match="called"):
            courses.enter(course, taken, AT)
    assert len(links.all()) == 2
    courses.join(course, "Zoë", LATER)
    assert courses.get(course).members == ("Zoë",)


def test_what_is_rehearsed_belongs_to_the_open_course_that_was_joined_last(base: Database) -> None:
    courses = Courses(base)
    first, second = courses.open("Monday", "Jan", AT), courses.open("Tuesday", "Eva", AT)
    courses.rehearsed("Anna", "before")
    courses.join(second, "Anna", AT)
    courses.join(first, "Anna", LATER)
    courses.rehearsed("Anna", "a")
    courses.close(first, LATER)
    courses.rehearsed("Anna", "b")
    courses.rehearsed("Piotr", "c")
    assert {name: one.title for name, one in courses.rehearsals().items()} == {"a": "Monday", "b": "Tuesday"}
    assert courses.attempts(first) == {"a": "Anna"} and courses.of_attempt("before") is None
    assert [one.title for one in courses.attended("Anna")] == ["Monday", "Tuesday"]
    assert [one.title for one in courses.of("Jan")] == ["Monday"]


def test_one_call_at_a_time_is_for_everybody_now(base: Database) -> None:
    programme, course = Programme(base), Courses(base).open("Monday", "Jan", AT)
    programme.assign(course, "a")
    programme.push(course, "b", AT)
    programme.push(course, "a", AT)
    assert programme.of(course) == [Assigned("a", True), Assigned("b", False)]
    programme.push(course, "", AT)
    programme.drop(course, "b")
    assert programme.of(course) == [Assigned("a", False)]


THIS, OTHER = Word("", True, 1), Word("", True, 2)


@pytest.mark.parametrize(
    ("words", "everybody", "instructor"),
    [
        ([THIS], False, True),
        ([OTHER], False, False),
        ([THIS, Word("", False, 1)], False, False),
        ([THIS, Word("a", False)], False, False),
        ([THIS, Word("", False)], False, False),  # "take everything back" takes back the course as well
        ([Word("a", False), THIS], False, True),
        ([Word("a", True), THIS], True, True),  # to share more does not take back what is shared
        ([Word("", True), Word("", False, 1)], False, False),
        ([Word("", True), Word("", False, 2)], True, True),
    ],
)
def test_the_last_word_counts_also_where_it_was_about_a_course(
    words: list[Word], everybody: bool, instructor: bool
) -> None:
    said = Said(tuple(words))
    assert (said.covers("a", 1), said.covers_for_instructor("a", 1)) == (everybody, instructor)


def test_a_word_about_a_course_is_kept_as_it_was_said(base: Database) -> None:
    sharing = Sharing(base)
    sharing.say("Anna", True, AT, course=3)
    assert sharing.of("Anna").course(3) and not sharing.of("Anna").everything
    assert sharing.everybody() == {"Anna": sharing.of("Anna")}


def test_a_round_takes_the_call_that_was_agreed_to_and_marks_until_it_is_revealed(base: Database) -> None:
    rounds, course = Rounds(base), Courses(base).open("Monday", "Jan", AT)
    rounds.ask(course, "Anna", "late-delivery", AT)
    now = rounds.now(course)
    assert now and not now.agreed
    rounds.begun("Anna", "late-delivery", "before-she-agreed")
    rounds.agree(now.id, AT)
    rounds.begun("Anna", "another", "x")
    rounds.begun("Piotr", "late-delivery", "y")
    rounds.begun("Anna", "late-delivery", "a")
    found = rounds.now(course)
    assert found and found.attempt == "a"
    assert rounds.mark(now.id, Mark("Piotr", "no", "yes", ""), AT)
    assert rounds.mark(now.id, Mark("Piotr", "yes", "yes", "apologise"), LATER)
    rounds.reveal(now.id, LATER)
    assert not rounds.mark(now.id, Mark("Ola", "no", "no", ""), LATER)
    assert list(rounds.marks(now.id)) == [Mark("Piotr", "yes", "yes", "apologise")]
    rounds.ask(course, "Piotr", "late-delivery", LATER)
    after = rounds.now(course)
    assert after and after.person == "Piotr" and not rounds.marks(after.id)
    rounds.close(after.id, LATER)
    assert rounds.now(course) is None


def test_coaching_only_is_on_until_the_owner_says_otherwise(base: Database) -> None:
    settings = Settings(base)
    assert settings.coaching_only
    settings.set_coaching_only(False)
    assert not settings.coaching_only
    settings.set_coaching_only(True)
    assert settings.coaching_only


def test_who_is_forgotten_is_in_no_course_any_more(tmp_path: Path, base: Database) -> None:
    courses, rounds = Courses(base), Rounds(base)
    course = courses.open("Monday", "Jan", AT)
    for one in ("Anna", "Piotr"):
        courses.enter(course, one, AT)
    rounds.ask(course, "Anna", "late-delivery", AT)
    rounds.agree(1, AT)
    courses.rehearsed("Anna", "a")
    rounds.mark(1, Mark("Piotr", "yes", "no", ""), AT)
    Attempts(tmp_path).forget_person("Anna")
    assert courses.get(course).members == ("Piotr",)
    assert courses.rehearsals() == {} and rounds.now(course) is None and not rounds.marks(1)
    Attempts(tmp_path).forget_person("Jan")
    assert courses.attended("Piotr") == []
    assert b"Anna" not in held(tmp_path)
