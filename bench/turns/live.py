"""A built turn in real time, in a call of the program's own: when the customer begins, and what becomes of a turn that
was taken for over too early."""

import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from bench.answers import SCENARIO
from bench.paced import PacedHeadset
from bench.turns.built import LEAD_S, Turn
from trainer import library
from trainer.asr import Recogniser
from trainer.headset import BLOCK
from trainer.journal import Journal
from trainer.records import RATE_HZ, Block, Clip, Line, Scenario, Span
from trainer.records import Turn as Judged
from trainer.rehearsal import Cast, Rehearsal, Watch
from trainer.turns.hearing import BLOCK_S, Hearing, Phase
from trainer.turns.patience import Patience

NEAR_S = 0.15
"""The edges of speech are good to this."""
FIRST_WORDS = "Hello? I am calling about my washing machine."
LISTENED_S = 5.0
"""So long is listened after the end of the turn: the longest patience, and what comes after it."""


@dataclass(frozen=True)
class Played:
    """``gap_s``: from the last sample of the turn to the first of the customer's, None where nobody heard any.

    ``cut_s``: when a customer began who came too early, from the beginning of the turn; then ``whole`` tells whether
    both parts became one answer, as it was built or is heard when nobody cuts in, with no overlap held against it, and
    ``silent_s`` how long the customer could still be heard once the trainee went on. ``over_s`` and ``findings_s``:
    when the answer was over and judged, from its last sample.
    """

    gap_s: float | None
    cut_s: float | None
    whole: bool
    silent_s: float
    over_s: float
    findings_s: float


class _Ear(Watch):
    """What happens after the first line, in seconds of the wall."""

    def __init__(self, headset: "_Headset") -> None:
        self.lines: list[float] = []
        self.sounding: list[float] = []
        self.over_s = self.found_s = 0.0
        self.turns: list[Judged] = []
        self._headset = headset

    def line(self, line: Line) -> None:
        self.lines.append(time.perf_counter())

    def recognising(self) -> None:
        self.over_s = time.perf_counter()

    def turn(self, turn: Judged) -> None:
        self.found_s = time.perf_counter()
        self.turns.append(turn)

    def block(self, block: Block, phase: Phase) -> None:
        if block.customer_sounds:
            self.sounding.append(block.number * BLOCK_S)
        if self._headset.ended_s is not None and block.number * BLOCK_S > self._headset.ended_s + LISTENED_S:
            raise KeyboardInterrupt


class _Headset(PacedHeadset):
    """Knows on its clock where the answer began and ended."""

    def __init__(self, answer: Clip) -> None:
        super().__init__(iter([answer]))
        self.began_s: float | None = None
        self.ended_s: float | None = None

    def read(self) -> Block:
        before, wait, at = len(self._answer), self._until_answer, self._number * BLOCK
        block = super().read()
        if before and wait < BLOCK and self.began_s is None:
            self.began_s = (at + wait) / RATE_HZ
        if before and not len(self._answer):
            self.ended_s = (at + max(wait, 0) + before) / RATE_HZ
        return block


def played(turn: Turn, recogniser: Recogniser) -> Played:
    """Play a turn to a customer in real time, in a call that ends after it; no line was rendered before."""
    scenario = _short(library.scenarios()[SCENARIO])
    cast = Cast(
        scenario, library.voices()[scenario.voice], library.rules(), (), "bench", None, "2000-01-01T00:00:00+00:00"
    )
    answer = turn.clip[round(LEAD_S * RATE_HZ) : round(turn.end_s * RATE_HZ)]
    headset = _Headset(answer)
    ear = _Ear(headset)
    with tempfile.TemporaryDirectory(prefix="bench") as name, Journal(Path(name) / "call", {}) as journal:
        report = Rehearsal(cast, headset, recogniser, journal, ear).run(Path(name) / "call")
    assert headset.began_s is not None and headset.ended_s is not None
    began_s, ended_s = headset.began_s, headset.ended_s
    ended_at = headset.clock_s(ended_s)
    after = [at for at in ear.lines[1:] if at >= ended_at]
    early = [at for at in ear.lines[1:] if at < ended_at]
    goes_on_s = began_s + turn.pause[1] - LEAD_S
    late = [at for at in ear.sounding if goes_on_s <= at < goes_on_s + 1.0] if early else []
    answer = report.turns[0].answer
    found = (answer.start_s - began_s, answer.end_s - began_s)
    return Played(
        gap_s=after[0] - ended_at if after else None,
        cut_s=early[0] - headset.clock_s(began_s) if early else None,
        whole=not answer.overlaps and any(_near(found, span) for span in ((0.0, ended_s - began_s), _alone(turn))),
        silent_s=late[-1] + BLOCK_S - goes_on_s if late else 0.0,
        over_s=ear.over_s - ended_at,
        findings_s=ear.found_s - ended_at,
    )


def _near(one: Span, other: Span) -> bool:
    return abs(one[0] - other[0]) <= NEAR_S and abs(one[1] - other[1]) <= NEAR_S


def _alone(turn: Turn) -> Span:
    """From where to where the turn is heard when nobody cuts in, in seconds of it."""
    hearing = Hearing(Patience())
    hearing.feed(turn.clip)
    return hearing.stretches[0][0] - LEAD_S, hearing.stretches[-1][1] - LEAD_S


def _short(scenario: Scenario) -> Scenario:
    """The scenario with a first line that does not take long."""
    beats = tuple(
        replace(beat, lines=dict.fromkeys(beat.lines, (FIRST_WORDS,))) if beat.id == scenario.start else beat
        for beat in scenario.beats
    )
    return replace(scenario, beats=beats)
