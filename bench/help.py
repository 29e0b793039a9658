"""``trainer --help`` in a fresh process: against a bare interpreter, and what it imports."""

import json
import subprocess
import sys
import time

from bench.gates import ROOT, Figure

LONGEST_S = 0.5
TIMES = 7
HEAVY = ("numpy", "scipy", "librosa", "faster_whisper", "onnxruntime", "av", "pydantic")
_LOADED = """
import json, sys
from trainer import cli
cli.run(["--help"])
print(json.dumps([name for name in sys.argv[1:] if name in sys.modules]), file=sys.stderr)
"""


def run() -> list[Figure]:
    bare_s, help_s = [], []
    for _ in range(TIMES + 1):
        bare_s.append(_seconds("-c", "pass"))
        help_s.append(_seconds("-m", "trainer", "--help"))
    bare, helped = min(bare_s[1:]), min(help_s[1:])
    heavy = _heavy()
    return [
        Figure(f"seconds until the help is there, best of {TIMES}", helped, "s", LONGEST_S),
        Figure("against a bare python -c pass, best of both", helped / bare, "x"),
        Figure("heavy modules imported", float(len(heavy)), "", 0.0, note=", ".join(heavy)),
    ]


def _seconds(*arguments: str) -> float:
    start_s = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start_s


def _heavy() -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *HEAVY],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return list(json.loads(done.stderr.splitlines()[-1]))
