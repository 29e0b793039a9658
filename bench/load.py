"""Eight calls at once against one: `trainer serve` as a process of its own, over the real WebSocket, in real time.

The callers (bench/trainee.py) give the same answers, each of which sounds finished, in another order each. A gap runs
on the caller's clock of captured sound from the last speech of an answer to the first of the customer's. What was
recorded is then held against what was sent, frame by frame. Eight callers take a tenth of a core themselves.
"""

import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from bench import trainee
from bench.answers import answers
from bench.gates import Figure
from bench.trainee import Called
from tests.web.program import serving
from trainer import attempt, sound
from trainer.headset import BLOCK
from trainer.records import Clip

CALLS = 8
ANSWERS = 5
APART_S = 0.7
"""So much later each begins than the one before."""
SLOWER_S, LARGEST_MB = 0.6, 1300.0
LATE_FRAMES = 50
"""Sent in the second in which the call ended."""


def run() -> list[Figure]:
    spoken = [one.clip for one in answers(ANSWERS)]
    with tempfile.TemporaryDirectory(prefix="bench") as folder, serving(Path(folder), asr="base") as program:
        trainee.call(program.address, "warm", spoken[:1])
        alone = trainee.call(program.address, "alone", spoken)
        together = _together(program.address, spoken)
        peak_mb = _peak_mb(program.pid)
        frames = sum(lost(Path(folder) / "attempts" / called.attempt, called) for called in (alone, *together))
    return figures(alone, together, peak_mb, frames)


def _together(address: str, spoken: Sequence[Clip]) -> list[Called]:
    def one(number: int) -> Called:
        time.sleep(number * APART_S)
        first = number % len(spoken)
        return trainee.call(address, f"caller {number}", [*spoken[first:], *spoken[:first]])

    with ThreadPoolExecutor(CALLS) as threads:
        return list(threads.map(one, range(CALLS)))


def lost(folder: Path, called: Called) -> int:
    """How many frames that were sent before the end are not in the recording as they were sent."""
    kept = sound.to_pcm(sound.read(folder / attempt.CAPTURE, 3600.0)).reshape(-1, BLOCK)
    sent = np.array(called.sent)[: len(kept)]
    return int(np.count_nonzero((kept != sent).any(axis=1))) + max(0, len(called.sent) - len(kept) - LATE_FRAMES)


def _peak_mb(pid: int) -> float | None:
    """The largest resident set of a process so far (10^6 bytes), where the system tells it."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    lines = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines())
    return int(lines["VmHWM"].split()[0]) * 1024 / 1e6


def figures(alone: Called, together: Sequence[Called], peak_mb: float | None, frames: int) -> list[Figure]:
    gaps = [gap for called in together for gap in called.gaps_s]
    wanted = len(alone.gaps_s) * len(together)
    one, many = _at(alone.gaps_s, 95), _at(gaps, 95)
    return [
        Figure(f"p95 gap of {CALLS} calls over that of one", many - one, "s", SLOWER_S),
        Figure("    gap of one call, median", _at(alone.gaps_s, 50), "s"),
        Figure("    95th percentile", one, "s"),
        Figure(f"    gap of {CALLS} calls, median", _at(gaps, 50), "s"),
        Figure("    95th percentile", many, "s"),
        Figure("    answers that nobody replied to", float(max(0, wanted - len(gaps))), "", 0.0),
        Figure("frames lost", float(frames), "", 0.0),
        Figure("memory of the program, at most", peak_mb, "MB", LARGEST_MB),
    ]


def _at(values: Sequence[float], percent: int) -> float:
    return float(np.percentile(values, percent)) if values else float("nan")
