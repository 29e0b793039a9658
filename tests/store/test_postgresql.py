"""A database on a server: what an administrator meets, and what PostgreSQL does otherwise than SQLite."""

import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.postgresql import Cluster
from trainer.errors import BadInput, Missing
from trainer.store import engines
from trainer.store.database import LOCK, Database
from trainer.store.links import Links

AT = "2026-11-24T08:00:00+00:00"


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("nonsense", BadInput),
        ("nodb://x/y", BadInput),
        ("mysql://host/name", BadInput),
        ("postgresql://host/name", Missing),
    ],
)
def test_an_address_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, error: type[Exception]
) -> None:
    monkeypatch.setenv("TRAINER_DATABASE", url)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(error) as found:
        Database(tmp_path)
    assert "\n" not in str(found.value)


def test_a_server_that_is_not_there_is_told_in_one_line_without_its_password(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_DATABASE", f"postgresql://trainer:opensesame@/none?host={tmp_path}")
    with pytest.raises(BadInput, match="connection") as found:
        Database(tmp_path)
    said = str(found.value)
    assert "\n" not in said and "opensesame" not in said and "later version" not in said


def test_a_server_that_restarted_is_used_on_and_one_that_went_is_told(server: str, tmp_path: Path) -> None:
    links = Links(Database(tmp_path))
    ended = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
    with pytest.raises(BadInput, match="terminat") as found, Database(tmp_path).reading() as session:
        session.execute(ended)
    assert "\n" not in str(found.value)
    links.make("coach", "Ewa", AT)
    assert [one.person for one in links.all()] == ["Ewa"]


def test_who_reads_sees_one_moment_and_keeps_no_writer_waiting(server: str, tmp_path: Path) -> None:
    base, many = Database(tmp_path), text("SELECT count(*) FROM links")
    with base.reading() as session:
        assert session.scalar(many) == 0
        Links(base).make("coach", "Ewa", AT)
        assert session.scalar(many) == 0
    with base.reading() as session:
        assert session.scalar(many) == 1


def test_two_machines_that_start_at_once_wait_for_each_other(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WAITS_S", 0.05)
    with Database(tmp_path / "one").writing(), pytest.raises(BadInput, match="lock timeout"):
        Database(tmp_path / "two")
    assert not (tmp_path / "one" / LOCK).samefile(tmp_path / "two" / LOCK)
    Database(tmp_path / "two")


def test_names_stand_in_the_order_in_which_a_file_has_them(server: str, tmp_path: Path) -> None:
    links = Links(Database(tmp_path))
    for one in ("ewa", "Zoë", "Ewa", "Łucja"):
        links.make("coach", one, AT)
        links.make("trainee", one, AT)
    names = ["Ewa", "Zoë", "ewa", "Łucja"]
    assert [one.name for one in links.listeners()] == names and links.trainees() == names


def test_what_is_too_long_for_a_table_is_told_in_one_line(server: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="too long") as found:
        Links(Database(tmp_path)).make("coach", "E" * 201, AT)
    assert "\n" not in str(found.value)
