"""What a part found, as tables in Markdown; and docs/accuracy.md, which keeps the latest of each part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.gates import ROOT, Figure

PAGE = ROOT / "docs" / "accuracy.md"
_HEAD = """# How accurate the measures are

Made by `python -m bench.accuracy`, which says in its parts' modules what each figure is. The recordings of people are
a test set of Debian's telephone prompts and readings; nothing was fitted to them. "Opposite" is a claim that goes the
wrong way; "withheld" is "not measurable, because …", which is never wrong.
"""
Cell = str | int | float | None


@dataclass(frozen=True)
class Section:
    """A table with its heading and a sentence on how to read it."""

    title: str
    note: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    figures: Sequence[Figure] = field(default=())
    """What the rows of a table of gates stand for."""


def gates(figures: Sequence[Figure]) -> Section:
    """What was promised, and whether it was kept."""
    rows: list[list[Cell]] = []
    for figure in figures:
        sign = "at least" if figure.at_least else "at most"
        outcome = "–" if figure.value is None else "missed" if figure.missed else "met"
        rows.append([figure.name, figure.value, figure.unit, f"{sign} {figure.gate:g}", outcome])
    return Section("Gates", "", ["figure", "value", "unit", "gate", ""], rows, figures)


def markdown(section: Section) -> str:
    """The section: heading, note, table."""
    lines = [f"### {section.title}", "", section.note, ""] if section.note else [f"### {section.title}", ""]
    lines.append("| " + " | ".join(section.header) + " |")
    lines.append("|" + "---|" * len(section.header))
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in section.rows]
    return "\n".join(lines) + "\n"


def _cell(cell: Cell) -> str:
    if cell is None:
        return "–"
    return f"{cell:.3g}" if isinstance(cell, float) else str(cell)


def percent(part: int, whole: int) -> str:
    """A share in percent with what it is a share of."""
    return f"{100.0 * part / whole:.1f} % of {whole}" if whole else "– of 0"


def keep(part: str, heading: str, command: str, sections: Sequence[Section]) -> None:
    """Put the part's tables into docs/accuracy.md, in place of those of an earlier run."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else _HEAD
    body = "\n".join(markdown(section) for section in sections)
    block = f"<!-- {part} -->\n## {heading}\n\n`{command}`\n\n{body}<!-- end of {part} -->\n"
    old = re.compile(rf"<!-- {part} -->.*?<!-- end of {part} -->\n", re.DOTALL)
    page = old.sub(lambda _: block, page) if old.search(page) else f"{page}\n{block}"
    PAGE.write_text(page, encoding="utf-8")
