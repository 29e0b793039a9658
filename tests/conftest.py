"""What all tests share. TRAINER_NO_SKIPS=1 makes a skipped test a failed run: CI has everything that tests need."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import postgresql
from tests.virtual_sound import VirtualSound, absent

hypothesis.settings.register_profile("steady", deadline=None)  # how long an example takes is no promise of ours
hypothesis.settings.load_profile("steady")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own attempts, content or database."""
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path_factory.mktemp("data")))
    monkeypatch.delenv("TRAINER_CONTENT", raising=False)
    monkeypatch.delenv("TRAINER_DATABASE", raising=False)


_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        _skipped.append(f"{report.nodeid}: {report.longrepr}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if os.environ.get("TRAINER_NO_SKIPS") == "1" and _skipped:
        print("\nskipped, where nothing may be skipped:", *_skipped, sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one demo attempt of each kind, made by the real command with the real models."""
    return _demo(tmp_path_factory.mktemp("demo"), [])


@pytest.fixture(scope="session")
def stubborn_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one attempt of the stubborn stand-in."""
    return _demo(tmp_path_factory.mktemp("stubborn"), ["--stubborn"])


def _demo(root: Path, options: list[str]) -> Path:
    from trainer import cli

    assert cli.run(["demo", "--out", str(root), *options]) == 0
    return root


@pytest.fixture
def no_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without a network: whoever opens a socket to the outside fails."""
    import socket

    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"a socket was opened to {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield


@pytest.fixture
def virtual_sound() -> Iterator[VirtualSound]:
    """A sound card of its own for each test; programs that run with its ``env`` find it."""
    missing = absent()
    if missing:
        pytest.skip(missing)
    with tempfile.TemporaryDirectory(prefix="card") as folder:  # a short path: that of a socket has 108 bytes at most
        card = VirtualSound(Path(folder))
        try:
            yield card
        finally:
            card.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is kept is kept in both databases alike. Who has no folder keeps nothing; the one program of the browser
    tests has SQLite."""
    if "both_databases" in metafunc.fixturenames:
        keeps = "tmp_path" in metafunc.fixturenames and not metafunc.definition.get_closest_marker("browser")
        metafunc.parametrize("both_databases", ["sqlite", "postgresql"] if keeps else ["sqlite"], indirect=True)


@pytest.fixture
def both_databases(request: pytest.FixtureRequest) -> None:
    """The test runs with a file of its own, and again with a database of its own on a server."""
    if request.param == "postgresql":
        request.getfixturevalue("server")


@pytest.fixture
def server(cluster: postgresql.Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database on a server, which everything in the test uses."""
    with cluster.database() as address:
        monkeypatch.setenv("TRAINER_DATABASE", address)
        yield address


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgresql.Cluster]:
    """A PostgreSQL for all tests; each has a database of its own in it."""
    missing = postgresql.absent()
    if missing:
        pytest.skip(missing)
    with tempfile.TemporaryDirectory(prefix="cluster") as folder:
        started = postgresql.Cluster(Path(folder))
        try:
            yield started
        finally:
            started.close()
