"""Memory of a rehearsal, part after part, in a process of its own: how far the resident set has grown at most.

Linux tells the resident set and its peak in /proc/self/status; elsewhere ``resource`` tells the peak, where there
is one.
"""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bench.gates import Figure, child

if TYPE_CHECKING:
    from bench.answers import Spoken
    from trainer.asr import Recogniser
    from trainer.records import Report

LARGEST_MB = 900.0
ANSWERS = 2
_STATUS = Path("/proc/self/status")

Part = tuple[str, float | None, float | None]
"""What there is after a part: its name, the resident set and its peak in MB; None where the system does not tell."""


def run() -> list[Figure]:
    parts: list[Part] = child("bench.memory")
    bare = parts[0][2]
    peak = parts[-1][2]
    grown = None if bare is None or peak is None else peak - bare
    return [
        Figure("peak growth over the bare interpreter", grown, "MB", LARGEST_MB),
        *(_growth(before, after) for before, after in pairwise(parts)),
        Figure("the bare interpreter", bare, "MB"),
    ]


def _growth(before: Part, after: Part) -> Figure:
    """By how much the resident set grew, where the system tells it, else its peak; and where both then stand."""
    (_, then, then_peak), (name, now, peak) = before, after
    if now is None or then is None:
        then, now = then_peak, peak
    if then is None or now is None:
        return Figure(f"    {name}", None)
    return Figure(f"    {name}", now - then, "MB", note=f"    then {now:.0f} MB, peak so far {peak:.0f} MB")


def resident() -> tuple[float | None, float | None]:
    """The resident set and its peak, in MB (10^6 bytes)."""
    if _STATUS.is_file():
        lines = dict(line.split(":", 1) for line in _STATUS.read_text(encoding="ascii").splitlines())
        now, peak = (int(lines[key].split()[0]) * 1024 / 1e6 for key in ("VmRSS", "VmHWM"))
        return now, peak
    try:
        resource = import_module("resource")
    except ImportError:
        return None, None
    unit = 1 if sys.platform == "darwin" else 1024
    return None, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


class _Rehearsed:
    """The parts of a rehearsal, in the order in which a person meets them."""

    def __init__(self) -> None:
        self.recogniser: Recogniser | None = None
        self.spoken: list[Spoken] = []

    def program(self) -> None:
        import_module("bench.calls")

    def voice_models(self) -> None:
        from trainer import analyse

        analyse.warm_up("en")

    def loaded(self) -> None:
        from trainer import asr

        self.recogniser = asr.engine("base", "en")

    def speech(self) -> None:
        from bench.answers import answers

        self.spoken = answers(ANSWERS)

    def turns(self) -> None:
        from bench.calls import play

        assert self.recogniser is not None
        play(self.spoken, self.recogniser, finish=self._page)

    def _page(self, folder: Path, report: "Report") -> None:
        from trainer import replay, store
        from trainer.exports import page

        self._after("a whole call of two turns")
        store.Attempts(folder.parent).finish(folder, report)
        page.html(report, replay.sounds(folder, report))

    def parts(self) -> list[Part]:
        self._found: list[Part] = []
        self._after("interpreter")
        todo: list[tuple[str, Callable[[], None]]] = [
            ("the program and its libraries", self.program),
            ("voice models", self.voice_models),
            ("recogniser", self.loaded),
        ]
        for name, work in todo:
            work()
            self._after(name)
        from bench.answers import nothing_rendered

        with nothing_rendered():
            self.speech()
            self._after("speech")
            self.turns()
        self._after("the report page")
        return self._found

    def _after(self, name: str) -> None:
        self._found.append((name, *resident()))


if __name__ == "__main__":
    print(json.dumps(_Rehearsed().parts()))
