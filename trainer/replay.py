"""An attempt's sound again: the customer's lines and the trainee's answers, turn by turn."""

import re
from pathlib import Path

import numpy as np

from trainer import attempt, sound
from trainer.errors import BadInput, NotFound
from trainer.records import RATE_HZ, Clip, Report, Turn
from trainer.tracks import Tracks
from trainer.words import number, say

AROUND_S = 0.2
_MOMENT = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,5}(?:\.[0-9]{1,3})?)")


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

    for played, (line, answer) in sounds(folder, report).items():
        if turn in (None, played):
            aloud(line)
            aloud(answer)


def play_from(folder: Path, report: Report, at_s: float) -> None:
    """Play the call from a moment to its end as it was, both voices at once. Raises NoDevice without a loudspeaker."""
    from trainer.mic import play as aloud

    aloud(both(folder, report, at_s))


def both(folder: Path, report: Report, at_s: float) -> Clip:
    """Both voices from a moment on, in one clip. Raises NotFound where the call is over by then."""
    tracks = Tracks(folder, report)
    lasts_s = tracks.frames / RATE_HZ
    if at_s >= lasts_s:
        raise NotFound(say("replay.beyond", given=clock(at_s), clock=clock(lasts_s)))
    mixed = sound.from_pcm(tracks.part(at_s, lasts_s)).sum(axis=1)
    return np.asarray(mixed.clip(-1.0, 1.0), np.float32)


def moment(given: str) -> float:
    """Seconds of "83.4" or "1:23.4". Raises BadInput for anything else."""
    found = _MOMENT.fullmatch(given.strip())
    if found is None:
        raise BadInput(say("replay.bad_moment", given=given))
    minutes, seconds = found.groups()
    return 60.0 * int(minutes or 0) + float(seconds)


def turn_at(report: Report, at_s: float) -> Turn | None:
    """The turn that goes on at a moment: the last that has begun, or the first."""
    begun = [turn for turn in report.turns if turn.line.start_s <= at_s]
    return begun[-1] if begun else next(iter(report.turns), None)


def clock(at_s: float) -> str:
    """A moment of the call, in minutes and seconds."""
    return f"{int(at_s // 60)}:{number(at_s % 60, '04.1f')}"
