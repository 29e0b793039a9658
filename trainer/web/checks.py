"""A sound check at a page: the same two parts as at every other headset, and what the page is shown of it."""

from collections.abc import Callable
from typing import Any

from trainer import soundcheck
from trainer.coaching.thresholds import shipped_thresholds
from trainer.records import Baseline, Block
from trainer.soundcheck import Part
from trainer.web import wire
from trainer.web.desk import Desk, now
from trainer.web.sitting import Sitting
from trainer.words import language, reason, say

SHOWN_EVERY = 10
"""Blocks between two reports of progress: five times a second."""


def check(desk: Desk) -> Callable[[Sitting], dict[str, Any]]:
    """The work of a sound check, in the language of its page: take it, keep it; gives what is to be said of it."""

    def work(sitting: Sitting) -> dict[str, Any]:
        recogniser = desk.recogniser(language())
        with desk.kept.sound_check(sitting.person) as folder:
            taken = soundcheck.run(sitting.headset, folder, recogniser, sitting.person, now(), Shown(sitting))
            desk.kept.people.keep(taken.baseline, taken.clips)
        return {"said": told(taken.baseline, sitting.hello)}

    return work


class Shown(soundcheck.Show):
    """Which part is to be spoken, and how much of it has been heard."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._wanted_s = 1.0

    def part(self, part: Part, wanted_s: float) -> None:
        """Now this part."""
        self._wanted_s = wanted_s
        self._sitting.say("part", part=part)

    def block(self, block: Block, spoken_s: float) -> None:
        """The share of it that has been spoken."""
        if block.number % SHOWN_EVERY == 0:
            self._sitting.say("progress", share=round(min(1.0, spoken_s / self._wanted_s), 3))


def told(found: Baseline, hello: wire.Hello) -> list[str]:
    """The sentences of a sound check: the normal voice, what it is fit for, and what stands in the way."""
    fit = say("soundcheck.fit" if found.fit_for_volume else "soundcheck.not_fit")
    said = [say("soundcheck.kept", figures=figures(found)), fit, *map(reason, found.warnings)]
    granted = hello.granted
    said += [say(f"web.granted_{name}") for name in ("echo", "noise", "gain") if getattr(granted, name)]
    if hello.output_latency_s is not None and shipped_thresholds().turns.late_ear(hello.output_latency_s):
        said.append(say("web.late_ear"))
    return said


def figures(found: Baseline) -> str:
    """A normal voice in its figures, those that could be measured."""
    normal = found.spontaneous
    values = {
        "rate": normal.rate.articulation_syllables_per_s,
        "pitch": normal.pitch.median_hz,
        "level": normal.level.active_dbfs,
    }
    return ", ".join(
        say(f"soundcheck.figure_{name}", value=value) for name, value in values.items() if value is not None
    )
