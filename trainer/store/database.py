"""The one database: a file in the data folder, or what TRAINER_DATABASE names; brought up to date when it is opened."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import alembic.command
import alembic.config
import alembic.util
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from trainer import locking
from trainer.errors import BadInput
from trainer.store import engines, folders
from trainer.words import say

FILE = "trainer.db"
LOCK = "trainer.db-migrating"
MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """The tables of a data folder. Raises BadInput where a later version made them, or they cannot be opened."""

    def __init__(self, root: Path) -> None:
        self.root = root
        folders.made(root, root, exist_ok=True)
        self._engine = engines.opened(address(root))
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
        except (OperationalError, DataError) as problem:
            first = str(problem.orig).splitlines()[0]
            raise BadInput(say("store.database_failed", database=shown(self._engine), problem=first)) from problem

    def _bring_up_to_date(self) -> None:
        try:
            with self._told(), _alone(self.root / LOCK), self._writing.begin() as connection:
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


@contextmanager
def _alone(path: Path) -> Iterator[BinaryIO]:
    """While nobody else brings the same tables up to date. Raises BadInput where that takes too long."""
    until_s = time.monotonic() + engines.WAITS_S
    while (held := locking.hold(path)) is None:
        if time.monotonic() > until_s:
            raise BadInput(say("store.migrating", file=path))
        time.sleep(0.05)
    with held:
        yield held
