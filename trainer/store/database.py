"""The one database: a file in the data folder, or what TRAINER_DATABASE names; brought up to date when it is opened.

SQLite keeps a rollback journal and overwrites what is deleted (``secure_delete``): what is forgotten leaves no bytes in
the file. Transactions that write say so at once (BEGIN IMMEDIATE), so that two writers wait for each other instead of
failing; https://docs.sqlalchemy.org/en/21/dialects/sqlite.html says why begin is sent by us.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import alembic.command
import alembic.config
import alembic.util
from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session

from trainer import locking
from trainer.errors import BadInput, Missing
from trainer.store import folders
from trainer.words import say

FILE = "trainer.db"
LOCK = "trainer.db-migrating"
MIGRATIONS = Path(__file__).parent / "migrations"
WAITS_S = 30.0
"""So long for another program that writes, or brings the tables up to date: our choice, far above what either takes."""


class Database:
    """The tables of a data folder. Raises BadInput where a later version made them, or they cannot be opened."""

    def __init__(self, root: Path) -> None:
        self.root = root
        folders.made(root, root, exist_ok=True)
        self._engine = _engine(address(root))
        self._writing = self._engine.execution_options(writes=True)
        self._bring_up_to_date()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One view of everything, within."""
        with self._told(), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Everything within is kept together, or nothing."""
        with self._told(), Session(self._writing) as session, session.begin():
            session.connection()  # waits here for another writer, and not in the middle
            yield session

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the system says of the database (a full disk, a writer that never ends), in a line of ours."""
        try:
            yield
        except OperationalError as problem:
            raise BadInput(
                say("store.database_failed", database=shown(self._engine), problem=problem.orig)
            ) from problem

    def _bring_up_to_date(self) -> None:
        try:
            with _alone(self.root / LOCK), self._writing.begin() as connection:
                alembic.command.upgrade(configuration(connection), "head")
        except (alembic.util.CommandError, DBAPIError, OSError) as problem:
            first = str(problem).splitlines()[0]
            raise BadInput(say("store.no_database", database=shown(self._engine), problem=first)) from problem


def address(root: Path) -> str:
    """The URL of the database of a data folder."""
    return os.environ.get("TRAINER_DATABASE") or f"sqlite:///{(root / FILE).absolute().as_posix()}"


def exists(root: Path) -> bool:
    """Whether anything was ever kept in it: who only rehearses at a terminal has none."""
    return bool(os.environ.get("TRAINER_DATABASE")) or (root / FILE).is_file()


def configuration(connection: Connection | None = None) -> alembic.config.Config:
    """Alembic's, for the migrations in this package; no file to be found or forgotten."""
    made = alembic.config.Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def shown(engine: Engine) -> str:
    """The address without its password."""
    return engine.url.render_as_string(hide_password=True)


def _engine(url: str) -> Engine:
    try:
        if not url.startswith("sqlite"):
            return create_engine(url)
        made = create_engine(url, poolclass=NullPool, connect_args={"timeout": WAITS_S})
    except (ArgumentError, NoSuchModuleError) as problem:
        raise BadInput(say("store.no_database", database="TRAINER_DATABASE", problem=problem)) from problem
    except ModuleNotFoundError as problem:
        raise Missing(say("store.no_driver", driver=problem.name)) from problem
    event.listen(made, "connect", _on_connect)
    event.listen(made, "begin", _on_begin)
    return made


def _on_connect(connection: Any, record: object) -> None:
    connection.isolation_level = None  # sqlite3 would begin and commit by itself, and not around a migration
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _alone(path: Path) -> Iterator[BinaryIO]:
    """While nobody else brings the same tables up to date. Raises BadInput where that takes too long."""
    until_s = time.monotonic() + WAITS_S
    while (held := locking.hold(path)) is None:
        if time.monotonic() > until_s:
            raise BadInput(say("store.migrating", file=path))
        time.sleep(0.05)
    with held:
        yield held
