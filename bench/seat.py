"""What a seat costs in a call: CPU seconds of the process over the seconds of the call, in real time, recognition
included: of a first call, of which no line was ever said, and of a later one, whose lines were said before, but never
as they are now."""

import time
from collections.abc import Sequence
from pathlib import Path

from bench.answers import Spoken, answers, nothing_rendered
from bench.calls import play
from bench.gates import Figure
from trainer import analyse, asr, library
from trainer.asr import Recogniser
from trainer.coaching import spoken as judging
from trainer.records import Report
from trainer.tts import cache

ANSWERS = 4
WHICH = ("a first call", "a later call")
GATES = {"tiny.en": 12.0, "base": 25.0}


def run() -> list[Figure]:
    analyse.warm_up("en")
    judging.ready("en")
    library.scenarios()  # as the program does before the telephone rings
    spoken = answers(ANSWERS)
    figures = []
    for name, gate in GATES.items():
        recogniser = asr.engine(name, "en")
        recogniser.recognise(spoken[0].clip)
        with nothing_rendered():
            for which in WHICH:
                share, lasted_s = _share(spoken, recogniser)
                for rendered in cache.folder().glob("*.flac"):
                    rendered.unlink()
                note = f"{ANSWERS} turns, {lasted_s:.0f} s"
                figures.append(Figure(f"of one core in {which}, {name}", share, "%", gate, note=note))
    return figures


def _share(spoken: Sequence[Spoken], recogniser: Recogniser) -> tuple[float, float]:
    """Percent of a core that a call takes, and how long it lasts in seconds."""
    lasted_s: list[float] = []

    def ended(folder: Path, report: Report) -> None:
        lasted_s.append(report.turns[-1].answer.end_s)

    start_s = time.process_time()
    play(spoken, recogniser, finish=ended)
    return 100.0 * (time.process_time() - start_s) / lasted_s[0], lasted_s[0]
