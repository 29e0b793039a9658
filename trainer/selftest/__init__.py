"""The self-test of the measures: sounds whose answer is known go the way of every recording on this machine.

Speech is that of our own voice "heart"; WORLD moves it by known amounts. The error of each measure is set against its
gate, which stands with its reason in trainer/guides/gates.yaml.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from trainer import documents, shipped
from trainer.asr import Recogniser
from trainer.records import Number


@dataclass(frozen=True)
class Gate:
    """How large the error of a measure may be, in its unit, and why just that; null: shown, not judged."""

    gate: float | None
    unit: str
    why: str


@dataclass(frozen=True)
class Figure:
    """The error of one measure on this machine, the worst of its cases, beside its gate."""

    measure: str
    error: Number
    unit: str
    gate: Number | None
    passed: bool


@dataclass(frozen=True)
class SelfTest:
    """Every figure, and whether none missed its gate."""

    passed: bool
    figures: tuple[Figure, ...]


def run(recogniser: Recogniser, shown: Callable[[Figure], None] = lambda figure: None) -> SelfTest:
    """Measure everything; ``shown`` is called with each figure as soon as it is known."""
    figures = []
    for name, error in _errors(recogniser):
        figures.append(figure(name, error))
        shown(figures[-1])
    return SelfTest(all(one.passed for one in figures), tuple(figures))


def figure(name: str, error: float) -> Figure:
    """The error of a measure beside its gate."""
    known, size = gates()[name], abs(float(error))
    return Figure(name, size, known.unit, known.gate, known.gate is None or size <= known.gate)


def gates() -> dict[str, Gate]:
    """The gates by the name of their figure, in the order in which they are measured."""
    path = shipped.folder("guides") / "gates.yaml"
    return documents.read(dict[str, Gate], yaml.safe_load(path.read_text(encoding="utf-8")), path.name)


def _errors(recogniser: Recogniser) -> Iterator[tuple[str, float]]:
    from trainer.selftest import recording, spoken, tempo, voice

    speech = spoken.speech(recogniser)
    for check in (*voice.CHECKS, *tempo.CHECKS, *recording.CHECKS):
        yield from check(speech)
