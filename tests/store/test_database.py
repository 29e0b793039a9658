"""One database beside the folders, of either kind: never the truth for what was recorded, and never half written."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.held import held
from tests.web.test_pages import kept_call
from trainer.access import Person
from trainer.errors import BadInput
from trainer.store import Attempts, engines
from trainer.store.clips import Clips
from trainer.store.courses import Courses
from trainer.store.database import Database
from trainer.store.hearings import Hearings
from trainer.store.index import Index
from trainer.store.links import Links
from trainer.store.programme import Programme

pytestmark = pytest.mark.usefixtures("both_databases")

AT = "2026-11-24T08:00:00+00:00"
OLD = Path(__file__).parent / "before_the_database"
"""A data folder as the program left it before there was a database; without the sounds, which nothing here opens."""


def index(root: Path) -> Index:
    return Index(Database(root), Attempts(root))


def at_once(times: int, do: Callable[[], object]) -> None:
    """Do the same so many times at once, and raise what one of them raises."""
    with ThreadPoolExecutor(times) as pool:
        for done in [pool.submit(do) for _ in range(times)]:
            done.result()


def test_a_data_folder_from_before_the_database_opens_and_its_attempts_are_listed(tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(OLD, root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    listed = index(root).of("Zoe\u0308")  # however the name is typed
    assert [(one.scenario, one.state, one.turns) for one in listed] == [("late-delivery", "over", 1)]
    assert listed == Attempts(root).listing()
    assert {path: path.read_bytes() for path in before} == before


def test_the_index_follows_the_folders_without_being_told(tmp_path: Path) -> None:
    kept = index(tmp_path)
    assert kept.everybody() == []
    report = kept_call(tmp_path, "Anna")
    folder = Attempts(tmp_path).new("late-delivery", "Anna")
    header = {"format": 1, "scenario": "late-delivery", "trainee": "Anna", "started_at": "2026-11-24T11:00:00+00:00"}
    (folder / "format.json").write_text(json.dumps(header), "utf-8")
    assert {one.state for one in kept.of("Anna")} == {"over", "recording"}
    (folder / "capture.flac").write_bytes(b"")
    assert {one.state for one in kept.of("Anna")} == {"over", "recovered"}
    assert kept.of("Piotr") == []
    shutil.rmtree(folder)
    assert [one.attempt for one in kept.everybody()] == [report.attempt]


def test_a_writer_that_never_ends_is_told_and_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WAITS_S", 0.05)
    one, two = Database(tmp_path), Database(tmp_path)
    with one.writing(), pytest.raises(BadInput, match="lock"), two.writing():
        pass
    with two.writing():
        pass


def test_what_is_written_together_is_kept_together_or_not_at_all(tmp_path: Path) -> None:
    kept_call(tmp_path, "Anna")
    known = Database(tmp_path)
    Index(known, Attempts(tmp_path)).refresh()
    with pytest.raises(RuntimeError), known.writing() as session:
        session.execute(text("DELETE FROM attempts"))
        raise RuntimeError
    with known.reading() as session:
        assert session.execute(text("SELECT count(*) FROM attempts")).scalar() == 1


def test_what_is_forgotten_leaves_no_bytes_in_the_database(tmp_path: Path) -> None:
    report = kept_call(tmp_path, "Annabella")
    index(tmp_path).refresh()
    assert b"Annabella" in held(tmp_path)
    Attempts(tmp_path).forget(report.attempt)
    left = held(tmp_path)
    assert b"Annabella" not in left and report.attempt.encode() not in left


def test_what_several_do_at_once_is_kept_once(tmp_path: Path) -> None:
    course = Courses(Database(tmp_path)).open("Monday", "Jan", AT)
    ewa, came, refused = Person("coach", "Ewa"), [], []

    def all_of_it() -> None:
        base = Database(tmp_path)
        Programme(base).assign(course, "late-delivery")
        Hearings(base).keep(ewa, "a", AT)
        Clips(base).mark("a", "Anna", 1, ewa, AT, "Calm.")
        try:
            came.append(Courses(base).enter(course, "Zoë", AT))
        except BadInput as problem:
            refused.append(problem)

    at_once(6, all_of_it)
    base = Database(tmp_path)
    assert (len(came), len(refused)) == (1, 5)
    assert len(Links(base).all()) == len(Programme(base).of(course)) == len(Hearings(base).of(["a"])["a"]) == 1
    assert Courses(base).get(course).members == ("Zoë",) and held(tmp_path).count(b"Calm.") == 1
