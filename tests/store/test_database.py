"""One database beside the folders: made and brought up to date by itself, and never the truth for what was recorded."""

import io
import json
import shutil
import sys
import threading
from pathlib import Path

import alembic.command
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from tests.web.test_pages import kept_call
from trainer.errors import BadInput, Missing
from trainer.store import Attempts, Summary
from trainer.store.database import FILE, Database, configuration
from trainer.store.index import Index
from trainer.store.tables import Table

OLD = Path(__file__).parent / "before_the_database"
"""A data folder as the program left it before there was a database; without the sounds, which nothing here opens."""


def index(root: Path) -> Index:
    return Index(Database(root), Attempts(root))


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


def test_a_database_that_was_lost_is_made_again_from_the_folders(tmp_path: Path) -> None:
    kept_call(tmp_path, "Anna")
    listed: list[Summary] = index(tmp_path).everybody()
    (tmp_path / FILE).unlink()
    assert index(tmp_path).everybody() == listed != []


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    with Database(tmp_path).reading() as session:
        assert compare_metadata(MigrationContext.configure(session.connection()), Table.metadata) == []


def test_every_migration_can_be_said_to_postgresql() -> None:
    said = io.StringIO()
    settings = configuration()
    settings.output_buffer = said
    settings.set_main_option("dialect", "postgresql")
    alembic.command.upgrade(settings, "head", sql=True)
    for table in Table.metadata.tables:
        assert f"CREATE TABLE {table}" in said.getvalue()


def test_a_database_of_a_later_version_is_left_alone_and_named(tmp_path: Path) -> None:
    with Database(tmp_path).writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(BadInput, match="later version"):
        Database(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all, by any means, really" * 40)
    with pytest.raises(BadInput, match=r"trainer\.db"):
        Database(tmp_path)
    assert (tmp_path / FILE).read_bytes().startswith(b"not a database")


@pytest.mark.parametrize(
    ("url", "error"), [("nonsense", BadInput), ("nodb://x/y", BadInput), ("postgresql+psycopg://host/name", Missing)]
)
def test_an_address_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, error: type[Exception]
) -> None:
    monkeypatch.setenv("TRAINER_DATABASE", url)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(error) as found:
        Database(tmp_path)
    assert "\n" not in str(found.value)


def test_programs_that_start_at_once_bring_the_tables_up_to_date_one_after_the_other(tmp_path: Path) -> None:
    wrong: list[Exception] = []

    def start() -> None:
        try:
            Database(tmp_path)
        except Exception as problem:
            wrong.append(problem)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []


def test_what_is_written_together_is_kept_together_or_not_at_all(tmp_path: Path) -> None:
    kept_call(tmp_path, "Anna")
    database = Database(tmp_path)
    Index(database, Attempts(tmp_path)).refresh()
    with pytest.raises(RuntimeError), database.writing() as session:
        session.execute(text("DELETE FROM attempts"))
        raise RuntimeError
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM attempts")).scalar() == 1


def test_what_is_forgotten_leaves_no_bytes_in_the_database(tmp_path: Path) -> None:
    report = kept_call(tmp_path, "Annabella")
    index(tmp_path).refresh()
    assert b"Annabella" in (tmp_path / FILE).read_bytes()
    Attempts(tmp_path).forget(report.attempt)
    left = (tmp_path / FILE).read_bytes()
    assert b"Annabella" not in left and report.attempt.encode() not in left


def test_who_never_opened_the_page_has_no_database_and_forgetting_makes_none(tmp_path: Path) -> None:
    Attempts(tmp_path).forget(kept_call(tmp_path, "Anna").attempt)
    assert not (tmp_path / FILE).exists()
