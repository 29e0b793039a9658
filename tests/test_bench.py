"""The bench: a figure against its gate, and the choice of parts. The measuring itself is run by hand."""

import math
import statistics
import types
from collections.abc import Callable

import pytest

from bench import __main__ as bench
from bench import gates, memory
from bench.gates import Figure
from bench.turns import built


@pytest.mark.parametrize(
    ("value", "gate", "at_least", "missed"),
    [
        (0.35, 0.35, False, False),
        (0.36, 0.35, False, True),
        (25.0, 25.0, True, False),
        (24.9, 25.0, True, True),
        (0.0, 0.0, False, False),
        (1.0, None, False, False),
        (None, 0.35, False, False),
    ],
)
def test_a_gate_is_missed_only_by_a_measured_value_beyond_it(
    value: float | None, gate: float | None, at_least: bool, missed: bool
) -> None:
    assert Figure("a", value, "x", gate, at_least).missed is missed


def test_the_table_says_what_was_met_missed_and_not_measured() -> None:
    figures = [Figure("a", 2.0, "x", 1.0), Figure("b", 0.5, "", 1.0), Figure("c", None, "MB", 900.0, note="why")]
    lines = gates.table("Part", figures).splitlines()
    assert lines[0] == "Part"
    assert lines[1].endswith("2 x  gate <= 1: MISSED")
    assert lines[2].endswith("0.5  gate <= 1: met")
    assert "not measurable here" in lines[3] and "met" not in lines[3]
    assert lines[4].strip() == "why"


def _parts(figures: list[Figure]) -> Callable[[str], types.SimpleNamespace]:
    return lambda name: types.SimpleNamespace(run=lambda: figures)


@pytest.mark.parametrize(("value", "status"), [(0.3, 0), (0.4, 1)])
def test_the_exit_status_tells_whether_a_gate_was_missed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: float, status: int
) -> None:
    monkeypatch.setattr("importlib.import_module", _parts([Figure("a turn", value, "", 0.35)]))
    assert bench.main(["turn"]) == status
    assert f"{1 - status} of 1 gates met" in capsys.readouterr().out


def test_an_unknown_part_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        bench.main(["nonsense"])
    assert left.value.code == 2
    assert "prosody, turn, help, memory" in capsys.readouterr().err


def test_a_system_that_does_not_tell_its_memory_misses_no_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "child", lambda module: [("interpreter", None, None), ("recogniser", None, None)])
    assert [figure.value for figure in memory.run()] == [None, None, None]
    assert not any(figure.missed for figure in memory.run())


def test_the_growth_of_memory_is_counted_from_the_bare_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "child", lambda module: [("interpreter", 14.0, 15.0), ("recogniser", 700.0, 1000.0)])
    peak, recogniser, bare = memory.run()
    assert (peak.value, recogniser.value, bare.value) == (985.0, 686.0, 15.0)
    assert peak.missed


@pytest.mark.parametrize(("silence_s", "cut"), [(0.3, 67), (0.5, 46), (0.7, 32), (1.0, 18), (1.5, 8)])
def test_the_law_of_the_built_pauses_is_the_one_that_was_measured(silence_s: float, cut: float) -> None:
    law = statistics.NormalDist(math.log(built.MEDIAN_S), built.SIGMA)
    assert 100 * (1 - law.cdf(math.log(silence_s))) == pytest.approx(cut, abs=3)


def test_no_voice_is_in_both_halves_of_the_built_turns() -> None:
    assert not set(built.DEVELOPMENT) & set(built.REPORTED)
