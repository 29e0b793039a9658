"""Turn-taking on turns whose end is known, ours beside the straightforward way; the table goes into docs/latency.md.

python -m bench.turns [--quick] [--develop] [--only-print]      exit status 1 when a gate is missed

--develop tries other patience on the half of the voices that the figures may be chosen on, and reports nothing.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.gates import Figure, table
from bench.turns import built, overlaps
from bench.turns.ends import Ended, Words, ended
from bench.turns.processing import Processing, measured
from bench.turns.repaired import repaired
from trainer import asr
from trainer.asr import Recogniser
from trainer.turns.patience import Patience

DOC = Path(__file__).parent.parent.parent / "docs" / "latency.md"
BEGIN, END = "<!-- turns -->", "<!-- /turns -->"
FIXED = Patience(finished_s=0.7, open_s=0.7)
TRIED = ((0.6, 2.0), (0.7, 2.0), (0.75, 2.0), (0.8, 2.0), (0.9, 2.0), (0.8, 1.5), (0.8, 2.5), (1.2, 1.2))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description="Turn-taking on turns of known ends.")
    parser.add_argument("--quick", action="store_true", help="a third of the turns")
    parser.add_argument("--develop", action="store_true", help="try other patience on the development voices")
    parser.add_argument("--only-print", action="store_true", help="leave docs/latency.md as it is")
    chosen = parser.parse_args(arguments)
    recogniser = asr.engine("base", "en")
    count = 36 if chosen.quick else 108
    if chosen.develop:
        _develop(recogniser, count)
        return 0
    figures = _figures(recogniser, count, 2 if chosen.quick else 5)
    text = table("Turn-taking (turns)", figures)
    print(text)
    if not chosen.only_print:
        _keep(text, "python -m bench.turns" + (" --quick" if chosen.quick else ""))
    return 1 if any(figure.missed for figure in figures) else 0


def _develop(recogniser: Recogniser, count: int) -> None:
    turns, words = built.turns(built.DEVELOPMENT, count, recogniser, seed=1), Words(recogniser)
    for finished_s, open_s in TRIED:
        found = [ended(turn, Patience(finished_s=finished_s, open_s=open_s), words) for turn in turns]
        p50, p95 = _percentiles(found)
        print(f"{finished_s:g} / {open_s:g} s: {_cut(found):.0f} cut off in 100, gap {p50:.2f} and {p95:.2f} s")


def _figures(recogniser: Recogniser, count: int, answers: int) -> list[Figure]:
    turns, words = built.turns(built.REPORTED, count, recogniser, seed=2), Words(recogniser)
    ours = [ended(turn, Patience(), words) for turn in turns]
    fixed = [ended(turn, FIXED, words) for turn in turns]
    took = measured(recogniser, answers)
    mended = [repaired(turn, recogniser) for turn, found in zip(turns, ours, strict=True) if found.cut_s is not None]
    silent = [one.silent_s for one in mended if one.silent_s is not None]
    speakers = sorted({turn.speaker for turn in turns})
    (p50, p95), (fixed_p50, fixed_p95) = _percentiles(ours), _percentiles(fixed)
    stock_s = took.transcribe_s + took.speech_s
    return [
        Figure("gap, median", p50 + took.ours_s, "s", 0.9, note=f"{count} turns of {', '.join(speakers)}"),
        Figure("gap, 95th percentile", p95 + took.ours_s, "s", 2.3),
        Figure("cut off", _cut(ours), "in 100", 15.0, note="target: 10"),
        *_kinds(turns, ours),
        Figure(
            "    whole again: one answer, nothing lost, nothing held against it",
            100.0 * float(np.mean([one.whole for one in mended])) if mended else None,
            "%",
            100.0,
            at_least=True,
            note=f"{len(mended)} turns, each played to the program's own rehearsal",
        ),
        Figure("    customer silent after the trainee goes on, greatest", max(silent, default=None), "s", 0.2),
        *_straightforward(fixed_p50, fixed_p95, _cut(fixed), stock_s),
        *_share(took),
        *_overlaps(count),
    ]


def _kinds(turns: Sequence[built.Turn], found: Sequence[Ended]) -> list[Figure]:
    named = {"inside": "inside a clause", "clauses": "between clauses", "sentences": "between sentences"}
    pairs = list(zip(turns, found, strict=True))
    return [
        Figure(f"    of those that pause {name}", _cut([one for turn, one in pairs if turn.kind == kind]), "in 100")
        for kind, name in named.items()
    ]


def _straightforward(p50: float, p95: float, cut: float, stock_s: float) -> list[Figure]:
    note = "0.7 s of silence, then stock recognition of the whole window, then speech; nobody gives way"
    return [
        Figure("the straightforward way: gap, median", p50 + stock_s, "s", note=note),
        Figure("    gap, 95th percentile", p95 + stock_s, "s"),
        Figure("    cut off", cut, "in 100"),
    ]


def _share(took: Processing) -> list[Figure]:
    return [
        Figure("added to the silence by the machine, median", took.ours_s, "s", note="in the gaps above"),
        Figure("    the greatest", took.ours_greatest_s, "s"),
        Figure("    from the end to the findings", took.findings_s, "s"),
        Figure("    from the findings to the line", took.line_s, "s"),
        Figure("the straightforward way: recognition", took.transcribe_s, "s"),
        Figure("    speech", took.speech_s, "s"),
    ]


def _overlaps(calls: int) -> list[Figure]:
    found = overlaps.score(built.REPORTED, calls, seed=2)
    note = f"{found.count} overlaps of over 0.3 s in {calls} calls"
    return [
        Figure("interruptions and sounds of listening: precision", found.precision, "", 0.97, at_least=True, note=note),
        Figure("    recall", found.recall, "", 0.97, at_least=True),
        Figure("    told from each other", found.apart, "", 0.9, at_least=True),
    ]


def _cut(found: Sequence[Ended]) -> float:
    return 100.0 * float(np.mean([one.cut_s is not None for one in found]))


def _percentiles(found: Sequence[Ended]) -> tuple[float, float]:
    gaps = [one.gap_s for one in found]
    return float(np.percentile(gaps, 50)), float(np.percentile(gaps, 95))


def _keep(text: str, command: str) -> None:
    page = DOC.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    DOC.write_text(
        f"{before}{BEGIN}\n`{command}`\n\n```text\n{text}\n```\n{END}{after}", encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    sys.exit(main())
