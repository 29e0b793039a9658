"""The database as a file in the data folder: it can be lost, be something else, or never have been needed."""

from pathlib import Path

import pytest

from tests.store.test_database import index
from tests.web.test_pages import kept_call
from trainer.errors import BadInput
from trainer.store import Attempts, Summary
from trainer.store.database import FILE, LOCK, Database


def test_a_database_that_was_lost_is_made_again_from_the_folders(tmp_path: Path) -> None:
    kept_call(tmp_path, "Anna")
    listed: list[Summary] = index(tmp_path).everybody()
    (tmp_path / FILE).unlink()
    assert index(tmp_path).everybody() == listed != []


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all, by any means, really" * 40)
    with pytest.raises(BadInput, match=r"trainer\.db"):
        Database(tmp_path)
    assert (tmp_path / FILE).read_bytes().startswith(b"not a database")


def test_a_folder_in_which_nothing_can_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    with pytest.raises(BadInput) as found:
        Database(tmp_path)
    assert "\n" not in str(found.value) and FILE in str(found.value)


def test_who_never_opened_the_page_has_no_database_and_forgetting_makes_none(tmp_path: Path) -> None:
    Attempts(tmp_path).forget(kept_call(tmp_path, "Anna").attempt)
    assert not (tmp_path / FILE).exists()
