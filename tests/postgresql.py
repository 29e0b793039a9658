"""A PostgreSQL of the tests' own: a cluster in a folder, reached by a socket in it, that finds and disturbs no other.

PostgreSQL refuses to run as root; where the tests do (in a container), it runs as ``nobody``. Names and letters sort by
ICU, as on a server that somebody has set up for people, and unlike SQLite. What is written need not survive a crash.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from trainer.store import engines
from trainer.store.database import Database
from trainer.store.tables import Table

PROGRAMS = ("initdb", "pg_ctl", "postgres")
LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en"]
SETTINGS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
VERSION = "SELECT version_num FROM alembic_version"
PATIENCE_S = 60.0


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs: on the path, or where Debian puts the newest."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    return debian[-1].parent if debian else None


def absent() -> str | None:
    """What is missing for a cluster, or None."""
    if os.name == "nt":
        return "the private PostgreSQL is reached by a socket in its folder, which is for POSIX systems"
    if programs() is None:
        return f"not installed: {', '.join(PROGRAMS)} (Debian: postgresql)"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "not installed: psycopg (the extra postgresql)"
    return None


class Cluster:
    """A server in ``folder``, whose path is short: that of a socket has 108 bytes at most."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._free: list[str] = []
        self._user = "nobody" if os.name != "nt" and os.getuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "--username=trainer", "--auth=trust", "--no-sync", *LOCALE)
        self._run("pg_ctl", "--wait", f"--log={folder / 'log'}", f"--options=-k {folder} {SETTINGS}", "start")
        self._migrate("migrated")
        self._version = self._tell(VERSION, "migrated")

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a database of one's own: its tables are there, and empty.

        It is emptied for the next, which is quicker than to make a new one, unless its tables were changed.
        """
        name = self._free.pop() if self._free else self._new()
        try:
            yield self._address(name)
        finally:
            engines.opened(self._address(name)).dispose()
            if self._emptied(name):
                self._free.append(name)
            else:
                self._tell(f"DROP DATABASE {name}")

    def close(self) -> None:
        """End the server."""
        self._run("pg_ctl", "--mode=immediate", "stop")

    def _address(self, name: str) -> str:
        return f"postgresql://trainer@/{name}?host={self._folder}"

    def _migrate(self, name: str) -> None:
        self._tell(f"CREATE DATABASE {name}")
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("TRAINER_DATABASE", self._address(name))
            Database(self._folder / "data-folder")
        engines.opened(self._address(name)).dispose()

    def _new(self) -> str:
        name = f"number{next(self._numbers)}"
        self._tell(f"CREATE DATABASE {name} TEMPLATE migrated")
        return name

    def _emptied(self, name: str) -> bool:
        import psycopg

        tables = Table.metadata.sorted_tables
        rows = [f"DELETE FROM {one}" for one in reversed(tables)]  # of few rows quicker than TRUNCATE
        numbers = [f"SELECT setval('{one}_id_seq', 1, false)" for one in tables if "id" in one.columns]
        try:
            self._tell("; ".join(rows + numbers), name)
        except psycopg.Error:
            return False
        return self._tell(VERSION, name) == self._version

    def _tell(self, statement: str, name: str = "postgres") -> object:
        """What the first row of the answer says, if there is one."""
        import psycopg

        with psycopg.connect(f"host={self._folder} user=trainer dbname={name}", autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchone() if done.description else None

    def _run(self, program: str, *arguments: str) -> None:
        path = programs()
        assert path
        command = [str(path / program), f"--pgdata={self._folder / 'cluster'}", *arguments]
        done = subprocess.run(
            command, user=self._user, cwd=self._folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=PATIENCE_S,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}")
