"""Sharing is the trainee's act: private until shared, taken back at any time, and who listened is on record."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.site import HOME, by_link, trainee
from tests.web.test_pages import kept_call
from trainer.access import Person, Role
from trainer.store import Attempts
from trainer.store.comments import Comments
from trainer.store.database import Database
from trainer.store.hearings import Hearings
from trainer.store.sharing import ALL, Said, Sharing, Word

pytestmark = pytest.mark.usefixtures("both_databases")

EWA = Person("coach", "Ewa")


def share(client: TestClient, path: str, shared: bool) -> None:
    answer = client.post(path, data={"shared": "yes" if shared else "no"}, headers={"origin": HOME})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("words", "this", "another"),
    [
        ([], False, False),
        ([("a", True)], True, False),
        ([("a", True), ("a", False)], False, False),
        ([(ALL, True)], True, True),
        ([(ALL, True), ("a", False)], False, True),
        ([("a", True), (ALL, False)], False, False),
        ([(ALL, True), (ALL, False), ("a", True)], True, False),
    ],
)
def test_the_last_word_about_a_call_counts(words: list[tuple[str, bool]], this: bool, another: bool) -> None:
    said = Said(tuple(Word(*word) for word in words))
    assert (said.covers("a"), said.covers("b"), said.everything) == (this, another, another)


@pytest.mark.parametrize("role", ["coach", "instructor"])
def test_a_call_is_there_for_those_who_listen_only_while_it_is_shared(tmp_path: Path, role: Role) -> None:
    kept, other = kept_call(tmp_path, "Anna"), kept_call(tmp_path, "Anna")
    anna, ewa = by_link(tmp_path, "trainee", "Anna"), by_link(tmp_path, role, "Ewa")
    about = f"/attempts/{kept.attempt}"
    pages = (about, f"{about}/watch", f"{about}/1/answer.flac")
    for shared in (False, True, False):
        if shared or kept.attempt in ewa.get("/coaching").text:
            share(anna, f"{about}/share", shared)
        assert {ewa.get(page).status_code for page in pages} == {200 if shared else 404}
        assert (kept.attempt in ewa.get("/coaching").text) == shared
        assert ewa.get(f"/attempts/{other.attempt}").status_code == 404


def test_all_that_is_shared_covers_what_comes_later_and_can_be_taken_back_call_by_call(tmp_path: Path) -> None:
    first = kept_call(tmp_path, "Anna")
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    share(anna, "/sharing", True)
    later, piotrs = kept_call(tmp_path, "Anna"), kept_call(tmp_path, "Piotr")
    assert ewa.get(f"/attempts/{later.attempt}").status_code == 200
    share(anna, f"/attempts/{first.attempt}/share", False)
    listed = ewa.get("/coaching").text
    assert later.attempt in listed and first.attempt not in listed and piotrs.attempt not in listed
    share(anna, "/sharing", False)
    assert later.attempt not in ewa.get("/coaching").text


def test_who_listened_and_when_is_seen_by_the_speaker_and_not_by_those_who_listen(tmp_path: Path) -> None:
    kept = kept_call(tmp_path, "Anna")
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    about = f"/attempts/{kept.attempt}"
    share(anna, f"{about}/share", True)
    assert "Ewa (coach)" not in anna.get("/sharing").text and "not opened yet" in ewa.get("/coaching").text
    assert ewa.get(f"{about}/1/answer.flac").status_code == 200  # also who asks for nothing but a sound
    for page in ("/sharing", about):
        assert "Ewa (coach): 20" in anna.get(page).text
    assert "not opened yet" not in ewa.get("/coaching").text
    assert "Ewa (coach)" not in ewa.get(about).text
    share(anna, f"{about}/share", False)
    assert "Ewa (coach): 20" in anna.get("/sharing").text  # that it happened does not go away


def test_a_refused_visit_is_no_visit(tmp_path: Path) -> None:
    kept = kept_call(tmp_path, "Anna")
    assert by_link(tmp_path, "coach", "Ewa").get(f"/attempts/{kept.attempt}").status_code == 404
    assert Hearings(Database(tmp_path)).of([kept.attempt]) == {}


def test_a_visit_has_a_beginning_and_an_end_and_a_later_one_stands_beside_it(tmp_path: Path) -> None:
    hearings = Hearings(Database(tmp_path))
    for time in ("10:00:00", "10:00:20", "10:12:00", "10:31:00", "11:30:00"):
        hearings.keep(EWA, "a", f"2026-11-24T{time}+00:00")
    hearings.keep(Person("instructor", "Ewa"), "a", "2026-11-24T10:00:00+00:00")
    found = [(one.role, one.first_at[11:19], one.last_at[11:19]) for one in hearings.of(["a", "b"])["a"]]
    assert found == [
        ("instructor", "10:00:00", "10:00:00"),
        ("coach", "11:30:00", "11:30:00"),
        ("coach", "10:00:00", "10:31:00"),
    ]
    assert hearings.by(EWA) == {"a": "2026-11-24T11:30:00+00:00"}


def test_who_hears_what_one_shares_is_named_before_one_shares(tmp_path: Path) -> None:
    anna = trainee(tmp_path)
    assert "Nobody has" in anna.get("/sharing").text
    by_link(tmp_path, "instructor", "Jan Nowak")
    assert "Jan Nowak" in anna.get("/sharing").text


def test_what_is_forgotten_is_not_shared_any_more(tmp_path: Path) -> None:
    kept = kept_call(tmp_path, "Anna")
    sharing, hearings = Sharing(Database(tmp_path)), Hearings(Database(tmp_path))
    sharing.say("Anna", True, "2026-11-24T10:00:00+00:00")
    hearings.keep(EWA, kept.attempt, "2026-11-24T10:00:00+00:00")
    Attempts(tmp_path).forget_person("Anna")
    assert sharing.everybody() == {} and hearings.of([kept.attempt]) == {}


def test_a_coach_sees_nothing_on_the_page_of_a_call_that_they_may_not_do(tmp_path: Path) -> None:
    kept = kept_call(tmp_path, "Anna")
    share(trainee(tmp_path), f"/attempts/{kept.attempt}/share", True)
    page = by_link(tmp_path, "coach", "Ewa").get(f"/attempts/{kept.attempt}").text
    for way in ("/share", "/forget", "/debrief", "/again", "/call/"):
        assert f'{way}"' not in page


def test_a_coach_finds_first_what_needs_them(tmp_path: Path) -> None:
    database = Database(tmp_path)
    known, new, answered = (kept_call(tmp_path, "Anna").attempt for _ in range(3))
    Sharing(database).say("Anna", True, "2026-11-24T10:00:00+00:00")
    ewa = by_link(tmp_path, "coach", "Ewa")
    hearings, comments = Hearings(database), Comments(database)
    for one in (known, answered):
        hearings.keep(EWA, one, "2026-11-24T10:00:00+00:00")
    comments.say(known, EWA, "2026-11-24T10:30:00+00:00", "Well done.")  # what the coach wrote needs no coach
    comments.say(answered, Person("trainee", "Anna"), "2026-11-24T10:30:00+00:00", "I was thinking.")
    page = ewa.get("/coaching").text
    assert page.index(answered) < page.index(new) < page.index(known)
    assert page.count("has written since") == 1 and page.count("not opened yet") == 1
    hearings.keep(EWA, answered, "2026-11-24T10:31:00+00:00")
    assert "has written since" not in ewa.get("/coaching").text
