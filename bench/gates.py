"""A figure with its gate, and how it is printed; and parts that need a process of their own.

Figures are ratios measured side by side in one run: seconds of one machine say nothing about another, and little
about the same one an hour later.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LONGEST_S = 240.0


@dataclass(frozen=True)
class Figure:
    """One number, its unit and its gate: at most ``gate``, or at least where ``at_least``.

    ``value`` None is not measurable here, which neither meets nor misses a gate. A figure without a gate explains
    another.
    """

    name: str
    value: float | None
    unit: str = ""
    gate: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def missed(self) -> bool:
        if self.gate is None or self.value is None:
            return False
        return self.value < self.gate if self.at_least else self.value > self.gate


def table(part: str, figures: Sequence[Figure]) -> str:
    """The figures of a part, one a line."""
    return "\n".join([part, *(_line(figure) for figure in figures)])


def _line(figure: Figure) -> str:
    value = "not measurable here" if figure.value is None else f"{figure.value:.4g} {figure.unit}".rstrip()
    verdict = ""
    if figure.gate is not None:
        sign = ">=" if figure.at_least else "<="
        outcome = "—" if figure.value is None else "MISSED" if figure.missed else "met"
        verdict = f"gate {sign} {figure.gate:g}: {outcome}"
    line = f"  {figure.name:<60} {value:>20}  {verdict}".rstrip()
    return f"{line}\n      {figure.note}" if figure.note else line


def child(module: str, **environment: str) -> Any:
    """What ``python -m module`` prints as the last line of its output, read as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        timeout=LONGEST_S,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])
