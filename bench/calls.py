"""A rehearsal as the program plays it, with answers of our own, and somebody who watches the clock."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.answers import SCENARIO, Spoken
from bench.paced import PacedHeadset
from trainer import library
from trainer.asr import Recogniser
from trainer.headset import PlayedHeadset
from trainer.journal import Journal
from trainer.records import Block, Clip, Line, Report, Transcript, Turn
from trainer.rehearsal import Cast, Rehearsal, Watch
from trainer.turns.hearing import BLOCK_S, Phase
from trainer.turns.patience import Patience

_DAY = "2000-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class Timed:
    """A turn of our program, in wall seconds: from its end to the findings, and on until the next line can be played.

    ``since_speech_s`` counts from the last speech to the line, 0 on the sample clock; ``recognised`` how often the
    answer was given to the recogniser.
    """

    line: str
    findings_s: float
    line_s: float
    since_speech_s: float
    recognised: int

    @property
    def whole_s(self) -> float:
        return self.findings_s + self.line_s


class Clocked(Watch):
    """The recogniser and the watch of one call, which ends when the line after the last answer is ready."""

    def __init__(self, headset: PlayedHeadset, recogniser: Recogniser, most: int, between: "Between") -> None:
        self.name = recogniser.name
        self.turns: list[Timed] = []
        self._headset, self._recogniser, self._most, self._between = headset, recogniser, most, between
        self._recognised = 0
        self._ended_s = self._found_s = self._stands_s = 0.0
        self._turn: Turn | None = None

    def recognise(self, clip: Clip) -> Transcript:
        """The recogniser's, counted."""
        self._recognised += 1
        return self._recogniser.recognise(clip)

    def recognising(self) -> None:
        self._ended_s = time.perf_counter()

    def turn(self, turn: Turn) -> None:
        self._turn, self._found_s = turn, time.perf_counter()

    def went_on(self) -> None:
        """The line came in a pause, and was taken back."""
        self.turns.pop()

    def block(self, block: Block, phase: Phase) -> None:
        """Ends the call as the trainee would, once the last line stands: the program makes its report."""
        if len(self.turns) >= self._most and block.number * BLOCK_S >= self._stands_s:
            raise KeyboardInterrupt

    def line(self, line: Line) -> None:
        ready_s = time.perf_counter()
        if self._turn is not None:
            spoken_s = ready_s
            if isinstance(self._headset, PacedHeadset):
                spoken_s = self._headset.clock_s(self._turn.answer.end_s)
            findings_s, line_s = self._found_s - self._ended_s, ready_s - self._found_s
            self.turns.append(Timed(line.text, findings_s, line_s, ready_s - spoken_s, self._recognised))
        self._turn, self._recognised = None, 0
        self._stands_s = line.start_s + Patience().goes_on_within_s + BLOCK_S
        self._between(len(self.turns))
        if isinstance(self._headset, PacedHeadset):
            self._headset.stand_still(time.perf_counter() - ready_s)


Between = Callable[[int], None]
"""What is done between two turns, given the number of those that are over; its time does not count."""


def play(
    spoken: Sequence[Spoken],
    recogniser: Recogniser,
    live: bool = True,
    between: Between = lambda over: None,
    finish: Callable[[Path, Report], object] = lambda folder, report: None,
) -> list[Timed]:
    """The turns of a call in which ``spoken`` are the answers, in real time where ``live``; ``finish`` may look at
    what it left."""
    scenario = library.scenarios()[SCENARIO]
    voice = library.voices()[scenario.voice]
    cast = Cast(scenario, voice, library.rules(), tuple(library.guides()), "bench", None, _DAY)
    headset = (PacedHeadset if live else PlayedHeadset)(answer.clip for answer in spoken)
    clocked = Clocked(headset, recogniser, len(spoken), between)
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        folder = Path(name) / "call"
        with Journal(folder, {"scenario": scenario.id, "trainee": "bench", "started_at": _DAY}) as journal:
            report = Rehearsal(cast, headset, clocked, journal, clocked).run(folder)
        finish(folder, report)
    return clocked.turns
