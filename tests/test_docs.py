"""The docs are held to the code: measures, reasons, thresholds, pictures and commands exist in both."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typer
import yaml

from scripts import pictures
from trainer import cli, records, shipped

ROOT = Path(__file__).parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
TEXT = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_0-9-]+)(?: = [\d.]+)?`", TEXT))
PARTS = ("Formula", "Source", "Threshold", "Chance", "What breaks it")

MEASURES = (records.Rate, records.Pitch, records.Level, records.Effort, records.Quality)
TURN_TAKING = {"latency_s", "overlap_s", "overlaps", "speech_s"}
NOT_MEASURED = {"start_s", "end_s", "text", "words", "rate", "pitch", "level", "effort", "quality"}
"""Fields of an answer that say when and what, or hold the measures above."""


def names_of(kind: Any) -> set[str]:
    return {field.name for field in fields(kind)} - {"status", "reason"}


def content(file: str) -> Any:
    return yaml.safe_load((shipped.folder("guides") / file).read_text(encoding="utf-8"))


def numbers() -> dict[str, Any]:
    """Every threshold and band by its name."""
    known = content("thresholds.yaml")
    bands = {name: value for rule in content("rules.yaml")["rules"] for name, value in rule.get("bands", {}).items()}
    return {**known, **known["chance"], **bands}


@pytest.mark.parametrize("kind", MEASURES, ids=lambda kind: kind.__name__)
def test_no_measure_lacks_its_place(kind: Any) -> None:
    assert names_of(kind) - NAMED == set()


def test_no_measure_of_a_turn_or_a_call_lacks_its_place() -> None:
    assert names_of(records.Answer) - NOT_MEASURED - NAMED == set()
    states = {field.name for field in fields(records.Call) if field.type is records.CallState}
    assert states - NAMED == set()
    assert set(records.Outcome.__args__) - {"not_measurable"} - NAMED == set()


def test_every_reason_is_explained() -> None:
    reasons = yaml.safe_load((shipped.folder("texts") / "en" / "reasons.yaml").read_text(encoding="utf-8"))
    assert set(reasons) - NAMED == set()


def test_every_threshold_is_named_and_every_number_is_that_of_the_file() -> None:
    known = numbers()
    assert set(content("thresholds.yaml")) - NAMED == set()
    quoted = re.findall(r"`([a-z_]+) = ([\d.]+)`|`([a-z_]+)` = ([\d.]+)", TEXT)
    assert len(quoted) >= 15
    for pair in quoted:
        name, number = [part for part in pair if part]
        assert float(number) == known[name], name
    low, high = known["syllables_per_nucleus"]
    assert f"between {low:g} and {high:g} (`syllables_per_nucleus`)" in TEXT


def test_the_table_of_chance_is_that_of_the_file() -> None:
    chance = content("thresholds.yaml")["chance"]
    rows = re.findall(r"^\|[^|]*\(`(\w+)`\)[^|]*\|(.+)\|$", TEXT, re.MULTILINE)
    assert {name for name, _ in rows} == set(chance)
    for name, cells in rows:
        assert [float(cell.replace("s", "")) for cell in cells.split("|")] == chance[name], name


def test_every_section_says_how_and_whence_and_what_breaks_it() -> None:
    for section in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:-1]:  # the last is the table of reasons
        title = section.splitlines()[0]
        for part in PARTS:
            assert f"- **{part}**: " in section, f"{title}: {part}"


def test_the_pictures_are_those_of_the_script_and_small() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(pictures/(\w+)\.svg\)", TEXT)
    assert sorted(shown) == sorted(pictures.PICTURES) == sorted(file.stem for file in pictures.FOLDER.iterdir())
    for name in shown:
        file = pictures.FOLDER / f"{name}.svg"
        assert file.stat().st_size < 60_000
        assert ElementTree.parse(file).getroot().tag.endswith("svg")


@pytest.mark.parametrize("name", ["chance", "turns"])
def test_a_picture_that_needs_no_voice_is_drawn_from_the_numbers_of_today(name: str) -> None:
    drawn = pictures.PICTURES[name]().svg()
    assert drawn == (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8"), f"python -m scripts.pictures {name}"


def commands() -> set[str]:
    group: Any = typer.main.get_command(cli.app)
    return {name for name, command in group.commands.items() if not command.hidden}


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCS], ids=lambda path: path.name)
def test_the_docs_name_only_commands_that_exist(path: Path) -> None:
    code = re.findall(r"`[^`\n]+`|```.*?```", path.read_text(encoding="utf-8"), re.DOTALL)
    named = {found for block in code for found in re.findall(r"(?:^|[`/\s\\])trainer ([a-z]+)", block)}
    assert named <= commands()


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {name for name in commands() if f"`trainer {name}" not in readme} == set()


def test_every_page_is_reached_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in DOCS if f"docs/{path.name}" not in readme} == set()
