"""An attempt's sound again: the customer's lines and the trainee's answers, turn by turn."""

from pathlib import Path

import numpy as np

from trainer import attempt, sound
from trainer.records import RATE_HZ, Clip, Report

AROUND_S = 0.2


def sounds(folder: Path, report: Report) -> dict[int, tuple[Clip, Clip]]:
    """For each turn the customer's line as it was played, and the trainee's answer as it was recorded."""
    capture = folder / attempt.CAPTURE
    heard = sound.read(capture, sound.RECORDING_LONGEST_S) if capture.exists() else np.zeros(0, np.float32)
    made = {}
    for turn in report.turns:
        start = max(0, round((turn.answer.start_s - AROUND_S) * RATE_HZ))
        answer = heard[start : round((turn.answer.end_s + AROUND_S) * RATE_HZ)]
        line = attempt.line_file(folder, turn.number)
        made[turn.number] = (sound.read(line, sound.ANSWER_LONGEST_S), answer)
    return made


def play(folder: Path, report: Report, turn: int | None = None) -> None:
    """Play the call, or one turn of it, on the loudspeaker. Raises NoDevice without one."""
    from trainer.mic import play as aloud

    for number, (line, answer) in sounds(folder, report).items():
        if turn in (None, number):
            aloud(line)
            aloud(answer)
