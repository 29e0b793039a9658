"""What the machine adds to the silence: our own turn in real time against the sample clock, and the stock way."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.answers import answers, nothing_rendered
from bench.calls import play
from bench.turn import Stock
from trainer import analyse, attempt
from trainer.asr import Recogniser
from trainer.records import Report


@dataclass(frozen=True)
class Processing:
    """In seconds, medians and the greatest: ours beyond the silence; how much of it the findings and the line are once
    the end is known; and what the stock way takes."""

    ours_s: float
    ours_greatest_s: float
    findings_s: float
    line_s: float
    transcribe_s: float
    speech_s: float


def measured(recogniser: Recogniser, count: int) -> Processing:
    """``count`` answers of 8 to 15 s, once on the sample clock and once in real time, no line rendered before."""
    analyse.warm_up("en")
    spoken, stock = answers(count), Stock()
    waits: list[list[float]] = []

    def keep(folder: Path, report: Report) -> None:
        waits.append(_waits(folder))

    with nothing_rendered():
        lines = [took.line for took in play(spoken, recogniser, live=False, finish=keep)]
        taken = [stock.turn(one.clip, line) for one, line in zip(spoken, lines, strict=True)]
    with nothing_rendered():
        live = play(spoken, recogniser)
    beyond = [max(0.0, one.since_speech_s - wait) for one, wait in zip(live, waits[0], strict=True)]
    return Processing(
        ours_s=median(beyond),
        ours_greatest_s=max(beyond),
        findings_s=median(one.findings_s for one in live),
        line_s=median(one.line_s for one in live),
        transcribe_s=median(one.transcribe_s for one in taken),
        speech_s=median(one.speech_s for one in taken),
    )


def _waits(folder: Path) -> list[float]:
    """The silence after each answer by which it was over, on the clock of the call."""
    events = [json.loads(line) for line in (folder / attempt.EVENTS).read_text(encoding="utf-8").splitlines()]
    ends = {event["turn"]: event["at_s"] - event["span"][1] for event in events if event["kind"] == "answer"}
    return [ends[turn] for turn in sorted(ends)]
