"""What an earlier version of the program has kept, opened by this one."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from trainer.access import Person
from trainer.store import Attempts
from trainer.store.comments import Comments
from trainer.store.courses import Courses
from trainer.store.database import FILE, Database
from trainer.store.hearings import Hearings
from trainer.store.index import Index
from trainer.store.links import Links
from trainer.store.sharing import Sharing

HERE = Path(__file__).parent
WHO, EWA = "Zoë", Person("coach", "Ewa")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A data folder as the program left it before there were courses: its database as that program wrote it, in SQL."""
    root = tmp_path / "data"
    shutil.copytree(HERE / "before_the_database", root)
    kept = sqlite3.connect(root / FILE)
    kept.executescript((HERE / "before_courses.sql").read_text(encoding="utf-8"))
    kept.close()
    return root


def test_what_was_shared_heard_and_written_before_there_were_courses_is_still_so(older: Path) -> None:
    database = Database(older)
    (attempt,) = (one.attempt for one in Index(database, Attempts(older)).everybody())
    assert [one.person for one in Links(database).all()] == ["Ewa"]
    assert Sharing(database).of(WHO).covers(attempt)
    assert [one.person for one in Hearings(database).of([attempt])[attempt]] == ["Ewa"]
    assert [one.text for one in Comments(database).of(attempt)] == ["You came down here.", "Thank you."]


def test_what_came_later_works_in_an_older_folder_too(older: Path) -> None:
    database, at = Database(older), "2026-11-24T20:00:00+00:00"
    (attempt,) = (one.attempt for one in Index(database, Attempts(older)).everybody())
    course = Courses(database).open("Monday", "Jan", at)
    Courses(database).join(course, WHO, at)
    assert Courses(database).get(course).members == (WHO,)
    assert Comments(database).say(attempt, EWA, at, "And once more.", 4.0)
