"""Turn-taking on turns whose end is known, ours beside the straightforward way; the table goes into docs/latency.md.

python -m bench.turns [--quick] [--develop] [--only-print]      exit status 1 when a gate is missed

--develop tries other patience on the half of the voices that the figures may be chosen on, and reports nothing.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.answers import nothing_rendered
from bench.gates import Figure, table
from bench.turn import Stock
from bench.turns import built, overlaps
from bench.turns.ends import Ended, Words, ended
from bench.turns.live import Played, played
from trainer import analyse, asr
from trainer.asr import Recogniser
from trainer.coaching import spoken
from trainer.records import RATE_HZ
from trainer.turns.patience import Patience

DOC = Path(__file__).parent.parent.parent / "docs" / "latency.md"
BEGIN, END = "<!-- turns -->", "<!-- /turns -->"
FIXED = Patience(finished_s=0.7, open_s=0.7)
MORE = 3
"""So many times as many turns on the sample clock, where they take no time, as in real time."""
LINE = "And on Monday somebody promised to call me back within two hours. I waited. Nobody did."
STRAIGHTFORWARD = "0.7 s of silence, then stock recognition of the whole, then speech; nobody gives way; the same turns"
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
    figures = _figures(recogniser, count)
    text = table("Turn-taking (turns)", figures)
    print(text)
    if not chosen.only_print:
        _keep(text, "python -m bench.turns" + (" --quick" if chosen.quick else ""))
    return 1 if any(figure.missed for figure in figures) else 0


def _develop(recogniser: Recogniser, count: int) -> None:
    turns, words = built.turns(built.DEVELOPMENT, count, recogniser, seed=1), Words(recogniser)
    for finished_s, open_s in TRIED:
        found = [ended(turn, Patience(finished_s=finished_s, open_s=open_s), words) for turn in turns]
        p50, p95 = (_at([one.gap_s for one in found], percent) for percent in (50, 95))
        print(f"{finished_s:g} / {open_s:g} s: {_cut(found):.0f} cut off in 100, silence {p50:.2f} and {p95:.2f} s")


def _figures(recogniser: Recogniser, count: int) -> list[Figure]:
    turns, words = built.turns(built.REPORTED, count, recogniser, seed=2), Words(recogniser)
    many = built.turns(built.REPORTED, MORE * count, recogniser, seed=3)
    ours, fixed = ([ended(turn, patience, words) for turn in many] for patience in (Patience(), FIXED))
    lived, stock = _played(turns, recogniser)
    gaps, stock_gaps = [one.gap_s for one in lived if one.gap_s is not None], [one.gap_s for one in stock]
    cut = [one for one in lived if one.cut_s is not None]
    speakers = ", ".join(sorted({turn.speaker for turn in turns}))
    return [
        Figure("gap, median", _at(gaps, 50), "s", 0.9, note=f"{count} turns in real time: {speakers}"),
        Figure("    gap, 95th percentile", _at(gaps, 95), "s", 2.3),
        Figure("    until the answer is known to be over, median", _at([one.over_s for one in lived], 50), "s"),
        Figure("    until it is judged", _at([one.findings_s for one in lived], 50), "s"),
        Figure("    turns without an answer", float(count - len(gaps)), "", 0.0),
        Figure("cut off", _cut(ours), "in 100", 15.0, note=f"target: 10; {len(many)} turns on the sample clock"),
        *_kinds(many, ours),
        Figure("    of the turns in real time", 100.0 * len(cut) / count, "in 100"),
        Figure(
            "    whole again: one answer, nothing lost, nothing held against it",
            100.0 * float(np.mean([one.whole for one in cut])) if cut else None,
            "%",
            100.0,
            at_least=True,
        ),
        Figure(
            "    customer silent after the trainee goes on, greatest",
            max((one.silent_s for one in cut), default=None),
            "s",
            0.2,
        ),
        Figure("the straightforward way: gap, median", _at(stock_gaps, 50), "s", note=STRAIGHTFORWARD),
        Figure("    gap, 95th percentile", _at(stock_gaps, 95), "s"),
        Figure("    cut off", _cut(fixed), "in 100"),
        Figure("our gap / its gap, median", _at(gaps, 50) / _at(stock_gaps, 50)),
        *_overlaps(count),
    ]


def _played(turns: Sequence[built.Turn], recogniser: Recogniser) -> tuple[list[Played], list[Ended]]:
    """Each turn in a call of ours, and then the straightforward way: wait, recognise all, speak."""
    analyse.warm_up("en")
    spoken.ready("en")
    stock, ours, theirs, words = Stock(), [], [], Words(recogniser)
    for number, turn in enumerate(turns, 1):
        with nothing_rendered():
            ours.append(played(turn, recogniser))
        fixed = ended(turn, FIXED, words)
        took = stock.turn(turn.clip[: round((turn.end_s + fixed.gap_s) * RATE_HZ)], LINE)
        theirs.append(replace(fixed, gap_s=fixed.gap_s + took.transcribe_s + took.speech_s))
        print(f"{number} of {len(turns)}", file=sys.stderr)
    return ours, theirs


def _kinds(turns: Sequence[built.Turn], found: Sequence[Ended]) -> list[Figure]:
    named = {"inside": "inside a clause", "clauses": "between clauses", "sentences": "between sentences"}
    pairs = list(zip(turns, found, strict=True))
    return [
        Figure(f"    of those that pause {name}", _cut([one for turn, one in pairs if turn.kind == kind]), "in 100")
        for kind, name in named.items()
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


def _at(values: Sequence[float], percent: int) -> float:
    return float(np.percentile(values, percent))


def _keep(text: str, command: str) -> None:
    page = DOC.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    DOC.write_text(
        f"{before}{BEGIN}\n`{command}`\n\n```text\n{text}\n```\n{END}{after}", encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    sys.exit(main())
