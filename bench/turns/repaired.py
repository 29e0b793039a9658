"""What becomes of a turn that was taken for over too early: played to the program's own rehearsal."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from bench.turns.built import LEAD_S, Turn
from trainer import library
from trainer.asr import Recogniser
from trainer.headset import PlayedHeadset
from trainer.journal import Journal
from trainer.records import RATE_HZ, Block, Line
from trainer.rehearsal import Cast, Rehearsal, Watch
from trainer.turns.hearing import BLOCK_S, Phase

NEAR_S = 0.15
"""The edges of speech are good to this."""


@dataclass(frozen=True)
class Repaired:
    """``whole``: both parts are one answer, with no overlap held against it; ``silent_s``: how long the customer still
    sounds once the trainee goes on, None where the customer had not begun."""

    whole: bool
    silent_s: float | None


class _Ear(Watch):
    """When each line began and where the customer could be heard; the call ends 4 s after the first answer."""

    def __init__(self, answer_s: float) -> None:
        self.lines: list[Line] = []
        self.sounding: list[float] = []
        self._answer_s = answer_s

    def line(self, line: Line) -> None:
        self.lines.append(line)

    def block(self, block: Block, phase: Phase) -> None:
        at_s = block.number * BLOCK_S
        if block.customer_sounds:
            self.sounding.append(at_s)
        if self.lines and at_s > self.lines[0].end_s + self._answer_s + 6.0:
            raise KeyboardInterrupt


def repaired(turn: Turn, recogniser: Recogniser) -> Repaired:
    """Play a turn to a customer, in a call that ends after it."""
    scenario = replace(library.scenarios()["late-delivery"], reactions={})
    voice = replace(library.voices()["heart"], engine="scripted", measured_syllables_per_s=12.0)
    cast = Cast(scenario, voice, library.rules(), (), "bench", None, "2000-01-01T00:00:00+00:00")
    answer = turn.clip[round(LEAD_S * RATE_HZ) : round((turn.end_s + 0.1) * RATE_HZ)]
    ear = _Ear(len(answer) / RATE_HZ)
    with tempfile.TemporaryDirectory(prefix="bench") as name, Journal(Path(name) / "call", {}) as journal:
        report = Rehearsal(cast, PlayedHeadset(iter([answer])), recogniser, journal, ear).run(Path(name) / "call")
    begins_s = ear.lines[0].end_s + 0.6
    found = report.turns[0].answer
    edges = (begins_s, begins_s + turn.end_s - LEAD_S)
    near = abs(found.start_s - edges[0]) <= NEAR_S and abs(found.end_s - edges[1]) <= NEAR_S
    goes_on_s = begins_s + turn.pause[1] - LEAD_S
    late = [at for at in ear.sounding if goes_on_s <= at < goes_on_s + 1.0]
    return Repaired(near and not found.overlaps, late[-1] + BLOCK_S - goes_on_s if late else None)
