"""The tables are made, and brought up to date, by whoever opens the database first."""

import io
import os
import shutil
from pathlib import Path

import alembic.command
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from tests.held import held
from tests.store.test_database import AT, OLD, at_once
from trainer.errors import BadInput
from trainer.store import engines
from trainer.store.courses import Courses
from trainer.store.database import Database, configuration
from trainer.store.sharing import Said, Sharing, Word
from trainer.store.tables import Table


@pytest.fixture
def no_tables(both_databases: None) -> None:
    """A database in which nobody has made any yet, as a file that is not there is one."""
    if "TRAINER_DATABASE" in os.environ:
        with engines.opened(os.environ["TRAINER_DATABASE"]).begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))


@pytest.mark.usefixtures("no_tables")
def test_the_migrations_make_exactly_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    with Database(tmp_path).reading() as session:
        assert compare_metadata(MigrationContext.configure(session.connection()), Table.metadata) == []


def test_every_migration_can_be_printed_for_postgresql() -> None:
    said = io.StringIO()
    settings = configuration()
    settings.output_buffer = said
    settings.set_main_option("dialect", "postgresql")
    alembic.command.upgrade(settings, "head", sql=True)
    for table in Table.metadata.tables:
        assert f"CREATE TABLE {table}" in said.getvalue()


@pytest.mark.usefixtures("both_databases")
def test_a_database_of_a_later_version_is_left_alone_and_named(tmp_path: Path) -> None:
    with Database(tmp_path).writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = held(tmp_path)
    with pytest.raises(BadInput, match="later version"):
        Database(tmp_path)
    assert held(tmp_path) == before


@pytest.mark.usefixtures("no_tables")
def test_programs_that_start_at_once_bring_the_tables_up_to_date_one_after_the_other(tmp_path: Path) -> None:
    at_once(6, lambda: Database(tmp_path))


@pytest.mark.usefixtures("no_tables")
def test_a_data_folder_of_the_step_before_opens_with_what_was_shared_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "data"
    shutil.copytree(OLD, root)
    whole = Database._bring_up_to_date
    monkeypatch.setattr(Database, "_bring_up_to_date", lambda self: None)
    before = Database(root)
    with before._writing.begin() as connection:
        alembic.command.upgrade(configuration(connection), "0004")
        word = "INSERT INTO sharings (person, attempt, shared, at) VALUES ('Anna', '', true, :at)"
        connection.execute(text(word), {"at": AT})
    monkeypatch.setattr(Database, "_bring_up_to_date", whole)
    said = Sharing(Database(root)).of("Anna")
    assert said == Said((Word("", True),)) and said.everything
    assert Courses(Database(root)).attended("Anna") == []
