"""docs/scenarios.md teaches what works: who follows it has a scenario that is all right and can be played."""

import json
import re
from pathlib import Path

import pytest
import yaml

from trainer import cli, library

PAGE = Path(__file__).parent.parent / "docs" / "scenarios.md"
PARTS = re.findall(r"<!-- part \d -->\n```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scenario of the page, in a folder of one's own."""
    monkeypatch.setenv("TRAINER_CONTENT", str(tmp_path))
    library._scenarios.cache_clear()
    (tmp_path / "scenarios").mkdir()
    path = tmp_path / "scenarios" / "late-parcel.yaml"
    path.write_text("\n".join(PARTS), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def forgotten(written: Path) -> object:
    yield None
    library._scenarios.cache_clear()


def test_the_scenario_of_the_page_is_all_right(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["scenarios", "check", str(written)]) == 0
    assert "all right" in capsys.readouterr().out


def test_after_the_first_part_the_check_says_what_is_still_to_be_written(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written.write_text(PARTS[0], encoding="utf-8")
    assert cli.run(["scenarios", "check", str(written)]) == 1
    assert "late-parcel.yaml:1: beats:" in capsys.readouterr().out


@pytest.mark.parametrize(("trainee", "ends"), [("good", "[closing]"), ("insulting", "[hang-up]")])
def test_the_call_can_be_read_on_paper(trainee: str, ends: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["scenarios", "play", "late-parcel", "--trainee", trainee]) == 0
    log = capsys.readouterr().out
    assert ends in log
    assert "Leila Haddad: " in log


def test_the_schema_for_editors_knows_every_key_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema", "scenario"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert set(yaml.safe_load("\n".join(PARTS))) <= set(schema["properties"]) | {"version"}


def test_the_page_explains_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema", "scenario"]) == 0
    text = PAGE.read_text(encoding="utf-8")
    missing = [key for key in json.loads(capsys.readouterr().out)["properties"] if f"{key}" not in text]
    assert missing in ([], ["version"])
