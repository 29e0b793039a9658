"""A rehearsal as the program plays it, with answers of our own, and somebody who watches the clock."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.answers import SCENARIO, Spoken
from trainer import library
from trainer.asr import Recogniser
from trainer.headset import PlayedHeadset
from trainer.journal import Journal
from trainer.records import Clip, Line, Report, Transcript, Turn
from trainer.rehearsal import Cast, Rehearsal, Watch

_DAY = "2000-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class Timed:
    """A turn of our program: wall seconds from the end of the answer to the words, the findings, the next line."""

    clip: Clip
    line: str
    words_s: float
    findings_s: float
    line_s: float

    @property
    def whole_s(self) -> float:
        return self.words_s + self.findings_s + self.line_s


Before = Callable[[int, Clip], None]
"""What is done with the number and the clip of an answer before it is recognised; its time does not count."""


class Clocked(Watch):
    """The recogniser and the watch of one call, which ends when the line after the last answer is ready."""

    def __init__(self, recogniser: Recogniser, most: int, before: Before, after: Callable[[int, Timed], None]) -> None:
        self.name = recogniser.name
        self.turns: list[Timed] = []
        self._recogniser, self._most, self._before, self._after = recogniser, most, before, after
        self._clip: Clip | None = None
        self._marks_s: list[float] = []

    def recognise(self, clip: Clip) -> Transcript:
        """The recogniser's; called as soon as the answer has ended."""
        self._before(len(self.turns), clip)
        self._clip, self._marks_s = clip, [time.perf_counter()]
        found = self._recogniser.recognise(clip)
        self._marks_s.append(time.perf_counter())
        return found

    def turn(self, turn: Turn) -> None:
        self._marks_s.append(time.perf_counter())

    def line(self, line: Line) -> None:
        if self._clip is None:
            return  # the first line, before any answer
        marks = [*self._marks_s, time.perf_counter()]
        took = Timed(self._clip, line.text, *(end - start for start, end in pairwise(marks)))
        self._clip = None
        self.turns.append(took)
        self._after(len(self.turns) - 1, took)
        if len(self.turns) >= self._most:
            raise KeyboardInterrupt  # as the trainee would: the program keeps what it has and makes its report


def play(
    spoken: Sequence[Spoken],
    recogniser: Recogniser,
    before: Before = lambda number, clip: None,
    after: Callable[[int, Timed], None] = lambda number, took: None,
    finish: Callable[[Path, Report], object] = lambda folder, report: None,
) -> list[Timed]:
    """The turns of a call in which ``spoken`` are the answers; ``finish`` may look at what it left."""
    scenario = library.scenarios()[SCENARIO]
    voice = library.voices()[scenario.voice]
    cast = Cast(scenario, voice, library.rules(), tuple(library.guides()), "bench", None, _DAY)
    clocked = Clocked(recogniser, len(spoken), before, after)

    def clips() -> Iterator[Clip]:
        yield from (answer.clip for answer in spoken)

    with tempfile.TemporaryDirectory(prefix="bench") as name:
        folder = Path(name) / "call"
        with Journal(folder, {"scenario": scenario.id, "trainee": "bench", "started_at": _DAY}) as journal:
            report = Rehearsal(cast, PlayedHeadset(clips()), clocked, journal, clocked).run(folder)
        finish(folder, report)
    return clocked.turns
