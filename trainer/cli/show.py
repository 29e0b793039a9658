"""What the terminal shows while somebody speaks: captions, a level bar, how far the sound check is."""

import os
import shutil
import sys

from trainer import soundcheck
from trainer.cli import base
from trainer.pace import Pace
from trainer.records import Baseline, Block, Line, Measures, Turn
from trainer.rehearsal import Watch
from trainer.soundcheck import Part
from trainer.turns.hearing import Phase
from trainer.words import reason, say

BAR = 30
QUIETEST_DBFS = -60.0
EVERY = 5
"""Blocks between two drawings of the level bar: ten times a second."""


class Captions(Watch):
    """Every word of both, and the figures of each turn."""

    def line(self, line: Line) -> None:
        """The customer's words."""
        base.note(say("cli.customer", name=line.voice, anger=line.anger, text=line.text))

    def turn(self, turn: Turn) -> None:
        """The trainee's words and figures."""
        base.note(say("cli.trainee", text=turn.answer.text or "…"))
        base.note(
            say(
                "cli.heard",
                number=turn.number,
                rate=_figure(turn.answer.rate.articulation_syllables_per_s, 1),
                pitch=_figure(turn.answer.pitch.median_hz, 0),
                level=_figure(turn.answer.level.active_dbfs, 0),
                before=turn.anger_before,
                after=turn.anger_after,
            )
        )

    def went_on(self) -> None:
        """The turn above was a part of it."""
        base.note(say("cli.went_on"))


class AtHeadset(Watch):
    """A live level bar with the tempo, the customer's words where they are wanted, and nothing at all in an exam."""

    def __init__(self, captions: bool, exam: bool, tempo: bool, normal: Measures | None) -> None:
        self._captions = captions and not exam
        self._bar = _Bar(draws=not exam)
        self._pace = Pace(normal) if tempo and self._bar.draws else None

    def line(self, line: Line) -> None:
        """The customer's words, on request."""
        if self._captions:
            self._bar.clear()
            base.note(say("cli.customer", name=line.voice, anger=line.anger, text=line.text))

    def block(self, block: Block, phase: Phase) -> None:
        """How loud it is, whose turn, and how fast they speak."""
        if self._pace:
            self._pace.feed(block, phase)
        self._bar.draw(block, self._now(say(f"cli.phase_{phase}")))

    def _now(self, phase: str) -> str:
        if self._pace is None or self._pace.nuclei_per_s is None:
            return phase
        if self._pace.of_normal is None:
            return say("cli.live_nuclei", phase=phase, nuclei=self._pace.nuclei_per_s)
        return say("cli.live_tempo", phase=phase, share=100.0 * self._pace.of_normal)

    def turn(self, turn: Turn) -> None:
        """A quiet line between the turns."""
        self._bar.clear()


class SoundCheck(soundcheck.Show):
    """What to read or tell, and how much of it has been heard."""

    def __init__(self) -> None:
        self._bar = _Bar(draws=True)
        self._part: Part = "reading"
        self._wanted_s = 0.0

    def part(self, part: Part, wanted_s: float) -> None:
        """What is wanted now."""
        self._bar.clear()
        self._part, self._wanted_s = part, wanted_s
        base.note("\n" + say(f"soundcheck.{part}_intro"))
        if part == "reading":
            base.note("\n  " + say("soundcheck.text"))
        base.note(say("soundcheck.beep"))

    def block(self, block: Block, spoken_s: float) -> None:
        """How loud it is, and how much is still wanted."""
        spoken = min(spoken_s, self._wanted_s)
        self._bar.draw(block, say("soundcheck.spoken", part=self._part, spoken=spoken, wanted=self._wanted_s))


def baseline(found: Baseline, without_rate: bool) -> None:
    """The trainee's own normal voice, and what it is fit for."""
    print(say("soundcheck.kept", figures=figures(found, without_rate)))
    print(say("soundcheck.fit" if found.fit_for_volume else "soundcheck.not_fit"))
    for warning in found.warnings:
        print(f"- {reason(warning)}")


def figures(found: Baseline, without_rate: bool) -> str:
    """A normal voice in its figures: those that could be measured, and are wanted."""
    normal = found.spontaneous
    values = {
        "rate": None if without_rate else normal.rate.articulation_syllables_per_s,
        "pitch": normal.pitch.median_hz,
        "level": normal.level.active_dbfs,
    }
    known = {name: value for name, value in values.items() if value is not None}
    return ", ".join(say(f"soundcheck.figure_{name}", value=value) for name, value in known.items()) or "-"


class _Bar:
    """A bar of the level that is drawn over itself, where there is a terminal that can."""

    def __init__(self, draws: bool) -> None:
        self.draws = draws and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def draw(self, block: Block, text: str) -> None:
        """Draw it, ten times a second."""
        if self.draws and block.number % EVERY == 0:
            from trainer.mic import level_dbfs

            share = (level_dbfs(block) - QUIETEST_DBFS) / -QUIETEST_DBFS
            filled = round(BAR * min(1.0, max(0.0, share)))
            bar = f"[{'=' * filled}{' ' * (BAR - filled)}] {text:52}"
            sys.stderr.write(f"\r{bar[: _width()]}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Leave the line for other words."""
        if self.draws:
            sys.stderr.write("\r" + " " * _width() + "\r")


def _width() -> int:
    """How long a line may be that is drawn over: one that wraps cannot be."""
    return min(BAR + 56, shutil.get_terminal_size().columns - 1)


def _figure(number: float | None, decimals: int) -> str:
    return "-" if number is None else f"{number:.{decimals}f}"
