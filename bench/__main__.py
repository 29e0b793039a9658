"""How fast and how large the program is, as ratios, each with its gate.

python -m bench [prosody] [turn] [help] [memory] [hour] [recogniser] [seat] [replay] [room] [load] [gap]
                                                                           exit status 1 when a gate is missed
"""

import argparse
import importlib
import sys
import time

from bench.gates import Figure, table

PARTS = {
    "prosody": "Prosody of an answer",
    "turn": "A whole turn: from the end of the answer to the findings and the next line",
    "help": "trainer --help in a fresh process",
    "memory": "Memory of a rehearsal",
    "hour": "An hour of recording",
    "recogniser": "Recognition against the stock recogniser",
    "seat": "A seat in a call",
    "replay": "The replay page of a long call, in Chromium",
    "room": "The room: a board and twelve people who have joined",
    "load": "Eight calls at once against one, over the real WebSocket",
    "gap": "The gap that a trainee hears, in the sound of the card",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Ratios with their gates.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without one")
    chosen = parser.parse_args(arguments).parts or list(PARTS)
    if unknown := [part for part in chosen if part not in PARTS]:
        parser.error(f"no part {unknown[0]}; there are {', '.join(PARTS)}")
    found: list[Figure] = []
    for part in chosen:
        start_s = time.monotonic()
        figures: list[Figure] = importlib.import_module(f"bench.{part}").run()
        took_s = time.monotonic() - start_s
        print(table(f"{PARTS[part]} ({part}; this took {took_s:.0f} s)", figures), flush=True)
        found += figures
    missed = [figure.name for figure in found if figure.missed]
    gates = sum(figure.gate is not None and figure.value is not None for figure in found)
    print(f"{gates - len(missed)} of {gates} gates met" + "".join(f"\n  missed: {name}" for name in missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
