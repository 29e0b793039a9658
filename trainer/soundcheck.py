"""The sound check: the trainee's own normal voice on this headset, and whether its volume can be judged.

Ten seconds of reading tell level and noise; twenty seconds of unprompted talk are what rate, pitch and effort are
compared with, because people read more slowly than they talk (Jacewicz, Fox & Wei, JASA 128:839, 2010).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from trainer import analyse, sound
from trainer.asr import Recogniser
from trainer.coaching import baseline as own_voice
from trainer.errors import BadSound
from trainer.headset import RECORDINGS, Headset
from trainer.journal import Journal
from trainer.records import RATE_HZ, Baseline, Block, Clip, Measures
from trainer.tape import Tape
from trainer.turns.hearing import Hearing
from trainer.turns.patience import Patience
from trainer.words import reason, say

Part = Literal["reading", "spontaneous"]
WANTED_S: dict[Part, float] = {"reading": 10.0, "spontaneous": 20.0}
ENOUGH = 0.8
"""A part with less than this share of the speech wanted is refused."""
PATIENCE = Patience(finished_s=2.0, dead_air_s=12.0)
QUIETEST_DBFS = -50.0
LOUDEST_PEAK_DBFS = -1.0


class Show:
    """What a door may want to show while it runs; it does nothing by itself."""

    def part(self, part: Part, wanted_s: float) -> None:
        """Now this part is to be spoken, for so many seconds."""

    def block(self, block: Block, spoken_s: float) -> None:
        """20 ms have passed; so much has been spoken."""


@dataclass(frozen=True)
class Taken:
    """A sound check that can be used, and the sound of its parts."""

    baseline: Baseline
    clips: Mapping[str, Clip]


def run(
    headset: Headset, folder: Path, recogniser: Recogniser, person: str, taken_at: str, show: Show | None = None
) -> Taken:
    """Take both parts at the headset, recording into ``folder``.

    Raises BadSound where they cannot be used, with the reason; what was recorded stays in ``folder``.
    """
    shown = show or Show()
    clips: dict[str, Clip] = {}
    found: dict[Part, Measures] = {}
    try:
        with Journal(folder, {"sound_check": person, "started_at": taken_at}) as journal:
            tape = Tape(headset, journal)
            for part in WANTED_S:
                clips[part] = _listen(part, headset, tape, shown)
                found[part] = _measured(part, clips[part], recogniser, tape.meanwhile)
        baseline = judged(found["reading"], found["spontaneous"], person, headset.name, taken_at)
    except BadSound as problem:
        raise BadSound(say("soundcheck.kept_in", problem=problem, folder=folder)) from problem
    return Taken(baseline, clips)


def from_recording(clip: Clip, recogniser: Recogniser, person: str, taken_at: str) -> Taken:
    """The same from a recording of unprompted talk; its level and noise stand for the reading's too."""
    spontaneous = _measured("spontaneous", clip, recogniser, lambda work: work())
    return Taken(judged(spontaneous, spontaneous, person, RECORDINGS, taken_at), {"spontaneous": clip})


def judged(reading: Measures, spontaneous: Measures, person: str, device: str, taken_at: str) -> Baseline:
    """The baseline with what is to be known about the fitness of its volume.

    Raises BadSound where the two parts cannot be anybody's normal voice.
    """
    if why := own_voice.refused(reading, spontaneous):
        raise BadSound(say("soundcheck.refused", why=reason(why), mend=say(f"soundcheck.mend_{why}")))
    warnings = [warning for part in (reading, spontaneous) for warning in part.quality.warnings]
    level = reading.level.active_dbfs
    if level is not None and level < QUIETEST_DBFS:
        warnings.append("too_quiet")
    if reading.level.peak_dbfs is not None and reading.level.peak_dbfs > LOUDEST_PEAK_DBFS:
        warnings.append("nearly_clipped")
    gain_control = "gain_control" in warnings
    fit = spontaneous.level.active_dbfs is not None and not gain_control
    return Baseline(
        person=person,
        device=device,
        taken_at=taken_at,
        reading=reading,
        spontaneous=spontaneous,
        gain_control=gain_control,
        fit_for_volume=fit,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _listen(part: Part, headset: Headset, tape: Tape, show: Show) -> Clip:
    """Everything from the beep to the pause after enough has been spoken."""
    show.part(part, WANTED_S[part])
    hearing = Hearing(PATIENCE)
    headset.play(_beep())
    began_s = tape.now_s
    while True:
        block = tape.read()
        hearing.feed(sound.from_pcm(block.samples))
        spoken_s = sum(end - start for start, end in hearing.stretches)
        show.block(block, spoken_s)
        last_s = began_s + (hearing.stretches[-1][1] if hearing.stretches else 0.0)
        quiet_s = tape.now_s - last_s
        if quiet_s >= (PATIENCE.finished_s if spoken_s >= WANTED_S[part] else PATIENCE.dead_air_s):
            return tape.clip(began_s, tape.now_s)


def _measured(
    part: Part, clip: Clip, recogniser: Recogniser, meanwhile: Callable[[Callable[[], Measures]], Measures]
) -> Measures:
    found = meanwhile(lambda: analyse.measure(clip, recogniser.recognise(clip), part))
    wanted_s = WANTED_S[part] * ENOUGH
    if found.speech_s < wanted_s:
        raise BadSound(
            say(
                "soundcheck.too_short",
                part=say(f"soundcheck.part_{part}"),
                heard=f"{found.speech_s:.0f}",
                wanted=f"{wanted_s:.0f}",
            )
        )
    return found


def _beep() -> Clip:
    """A quiet tone of a quarter of a second: begin."""
    t = np.arange(RATE_HZ // 4) / RATE_HZ
    return np.asarray(0.1 * np.sin(2 * np.pi * 660.0 * t) * np.hanning(len(t)), np.float32)
