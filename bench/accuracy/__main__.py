"""How accurate the measures are, on speech that is made or installed; the tables go into docs/accuracy.md.

python -m bench.accuracy [PART …] [--quick] [--only-print]      exit status 1 when a gate is missed
"""

import argparse
import importlib
import sys
import time

from bench.accuracy import report

PARTS = {
    "verdicts": "Verdicts: a strong lowering, and two stretches spoken alike",
    "tempo": "Tempo: time-stretched by 15, 20 and 30 %",
    "stable": "Stable: the same verdict after a disturbance",
    "detectors": "False alarms and hits of what withholds a verdict",
    "pitches": "Voices of all kinds: pitch against known F0 and against Praat",
    "chance": "How much two stretches of one speaker differ by chance",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description="The measures against what is known.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without one")
    parser.add_argument("--quick", action="store_true", help="fewer stretches of each speaker")
    parser.add_argument("--only-print", action="store_true", help="leave docs/accuracy.md as it is")
    chosen = parser.parse_args(arguments)
    parts = chosen.parts or list(PARTS)
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"no part {unknown[0]}; there are {', '.join(PARTS)}")
    missed: list[str] = []
    for part in parts:
        start_s = time.monotonic()
        print(f"# {PARTS[part]} ({part})\n", flush=True)
        sections: list[report.Section] = []
        for section in importlib.import_module(f"bench.accuracy.{part}").run(chosen.quick):
            print(report.markdown(section), flush=True)
            sections.append(section)
            missed += [figure.name for figure in section.figures if figure.missed]
        print(f"{part} took {time.monotonic() - start_s:.0f} s\n", flush=True)
        if not chosen.only_print:
            command = f"python -m bench.accuracy {part}" + (" --quick" if chosen.quick else "")
            report.keep(part, PARTS[part], command, sections)
    print("".join(f"missed: {name}\n" for name in missed) or "no gate missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
