"""Prosody of an answer without recognition, on one core: against real time, pYIN and Praat's autocorrelation.

The child process is pinned to one processor where the system can, and all libraries are told to use one thread.
"""

import importlib.util
import json
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.gates import Figure, child

FASTEST = 25.0
CPU_SHARE = 0.04
LOWEST_HZ, HIGHEST_HZ = 60.0, 700.0
ANSWERS = 4
TIMES = 5
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


def run() -> list[Figure]:
    found = child("bench.prosody", **ONE_THREAD)
    pinned = "pinned to one processor" if found["pinned"] else "not pinned: this system cannot"
    praat = found["praat"]
    return [
        Figure(
            "times faster than real time, one core",
            found["faster"],
            "x",
            FASTEST,
            at_least=True,
            note=f"{found['sound_s']:.0f} s of sound, least disturbed of {TIMES} runs each; {pinned}",
        ),
        Figure("CPU seconds per second of sound (median)", found["cpu_share"], "", CPU_SHARE),
        Figure("times less CPU than librosa.pyin, 60 to 700 Hz", found["pyin"], "x"),
        Figure("times less CPU than Praat's to_pitch_ac (pitch alone)", praat, "x" if praat else ""),
    ]


Timed = Callable[[], object]


def _seconds(work: Timed) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall_s, time.process_time() - cpu_s


def _pinned() -> bool:
    if not hasattr(os, "sched_setaffinity"):
        return False
    try:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    except OSError:
        return False
    return True


def _measured(pinned: bool) -> dict[str, Any]:
    import librosa

    from bench.answers import Spoken, answers
    from trainer import analyse
    from trainer.records import RATE_HZ, Transcript

    praat = _praat()

    def measure(answer: Spoken, turned: int) -> Timed:
        # The words in another order: syllables are counted anew, as for an answer that was never heard before.
        words = answer.text.split()
        transcript = Transcript("en", " ".join(words[turned:] + words[:turned]), ())
        return lambda: analyse.measure(answer.clip, transcript)

    def pyin(answer: Spoken) -> Timed:
        return lambda: librosa.pyin(answer.clip, fmin=LOWEST_HZ, fmax=HIGHEST_HZ, sr=RATE_HZ)

    def autocorrelation(answer: Spoken) -> Timed:
        return lambda: praat(answer.clip)

    spoken = answers(ANSWERS)
    for work in (measure(spoken[0], 0), pyin(spoken[0]), autocorrelation(spoken[0])):
        work()
    wall_s, shares, to_pyin, to_praat = 0.0, [], [], []
    for answer in spoken:
        ours = [_seconds(measure(answer, turned)) for turned in range(1, TIMES + 1)]
        wall_s += min(wall for wall, _ in ours)
        cpu_s = statistics.median(cpu for _, cpu in ours)
        shares.append(cpu_s / answer.duration_s)
        to_pyin.append(_seconds(pyin(answer))[1] / cpu_s)
        to_praat.append(statistics.median(_seconds(autocorrelation(answer))[1] for _ in range(TIMES)) / cpu_s)
    sound_s = sum(answer.duration_s for answer in spoken)
    return {
        "pinned": pinned,
        "sound_s": sound_s,
        "faster": sound_s / wall_s,
        "cpu_share": statistics.median(shares),
        "pyin": statistics.median(to_pyin),
        "praat": statistics.median(to_praat) if _has_praat() else None,
    }


def _has_praat() -> bool:
    return importlib.util.find_spec("parselmouth") is not None


def _praat() -> Callable[[Any], object]:
    """Praat's pitch by autocorrelation, of a clip; nothing where praat-parselmouth is not installed."""
    if not _has_praat():
        return lambda clip: None
    import parselmouth

    from trainer.records import RATE_HZ

    return lambda clip: parselmouth.Sound(clip.astype("float64"), RATE_HZ).to_pitch_ac(
        pitch_floor=LOWEST_HZ, pitch_ceiling=HIGHEST_HZ
    )


if __name__ == "__main__":
    print(json.dumps(_measured(_pinned())))
