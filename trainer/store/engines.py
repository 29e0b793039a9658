"""The two kinds of database, opened so that both promise the same: one view for who reads, one writer at a time.

SQLite keeps a rollback journal and overwrites what is deleted (``secure_delete``): what is forgotten leaves no bytes in
the file. Who writes says so at once (BEGIN IMMEDIATE), so that two writers wait for each other instead of failing;
https://docs.sqlalchemy.org/en/21/dialects/sqlite.html says why begin is sent by us.

PostgreSQL lets several write at once, and what one has looked up before it writes may be wrong when it does. So here as
well who writes waits for a lock, and only then looks (READ COMMITTED); who reads has one view (REPEATABLE READ);
https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS.
"""

import atexit
from functools import cache
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from trainer.errors import BadInput, Missing
from trainer.words import say

WAITS_S = 30.0
"""So long for another program that writes, or brings the tables up to date: our choice, far above what either takes."""
WRITERS = 7_238_164_910
"""Our number among the advisory locks of a PostgreSQL database; any would do."""


def opened(address: str) -> Engine:
    """The engine for an SQLAlchemy URL; a transaction of one with the option ``writes`` waits for other writers.

    Raises BadInput for what is no address of SQLite or PostgreSQL, and Missing where the driver is not installed.
    """
    try:
        url = make_url(address)
    except ArgumentError as problem:
        raise BadInput(say("store.no_database", database="TRAINER_DATABASE", problem=problem)) from problem
    if url.get_backend_name() == "sqlite":
        return _file(url)
    if url.get_backend_name() in ("postgresql", "postgres"):
        return server(url.set(drivername="postgresql+psycopg"))
    raise BadInput(say("store.other_database", kind=url.get_backend_name()))


@cache
def server(url: URL) -> Engine:
    """One pool of connections a program to each PostgreSQL database, whoever opens it how often."""
    try:
        # asked before each use whether it still lives: the server may have been started again since
        made = create_engine(url, isolation_level="REPEATABLE READ", pool_pre_ping=True)
    except ModuleNotFoundError as problem:
        raise Missing(say("store.no_driver", driver=problem.name)) from problem
    event.listen(made, "begin", _on_server_begin)
    atexit.register(made.dispose)  # the server is told that we go
    return made


def _on_server_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; "
            f"SET LOCAL lock_timeout = {round(WAITS_S * 1000)}; "
            f"SELECT pg_advisory_xact_lock({WRITERS})"
        )


def _file(url: URL) -> Engine:
    made = create_engine(url, poolclass=NullPool, connect_args={"timeout": WAITS_S})
    event.listen(made, "connect", _on_file_connect)
    event.listen(made, "begin", _on_file_begin)
    return made


def _on_file_connect(connection: Any, record: object) -> None:
    connection.isolation_level = None  # sqlite3 would begin and commit by itself, and not around a migration
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _on_file_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
