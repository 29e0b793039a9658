"""What a seat costs in a call: CPU seconds of the process over the seconds of the call, in real time, recognition
included. No line was rendered before."""

import time
from pathlib import Path

from bench.answers import answers, nothing_rendered
from bench.calls import play
from bench.gates import Figure
from trainer import analyse, asr
from trainer.records import Report

ANSWERS = 4
GATES = {"tiny.en": 12.0, "base": 25.0}


def run() -> list[Figure]:
    analyse.warm_up("en")
    spoken = answers(ANSWERS)
    figures = []
    for name, gate in GATES.items():
        recogniser = asr.engine(name, "en")
        recogniser.recognise(spoken[0].clip)
        lasted: list[float] = []

        def ended(folder: Path, report: Report, lasted: list[float] = lasted) -> None:
            lasted.append(report.turns[-1].answer.end_s)

        with nothing_rendered():
            start_s = time.process_time()
            play(spoken, recogniser, finish=ended)
            took_s = time.process_time() - start_s
        share = 100.0 * took_s / lasted[0]
        figures.append(
            Figure(f"of one core in a call, {name}", share, "%", gate, note=f"{ANSWERS} turns, {lasted[0]:.0f} s")
        )
    return figures
