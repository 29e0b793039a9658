"""Who takes part in a call, and who watches it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer import library, tts
from trainer.records import Baseline, Block, Difficulty, Line, Rule, Scenario, Turn, Voice
from trainer.turns.hearing import Phase
from trainer.turns.patience import Patience


@dataclass(frozen=True)
class Cast:
    """Who takes part: the scenario and its voice, the trainee and their baseline, and the rules that count."""

    scenario: Scenario
    voice: Voice
    rules: Mapping[str, Rule]
    guide: tuple[str, ...]
    trainee: str
    baseline: Baseline | None
    started_at: str
    seed: int = 0
    difficulty: Difficulty = "normal"
    patience: Patience = field(default_factory=Patience)
    without_rate: bool = False
    """They have switched the tempo off for good: it is then absent, not failed."""


class Watch:
    """What a door may want to show while the call runs; it does nothing by itself."""

    def line(self, line: Line) -> None:
        """The customer begins to speak: a line, or a reaction in the middle of things."""

    def block(self, block: Block, phase: Phase) -> None:
        """20 ms have passed."""

    def recognising(self) -> None:
        """The answer has ended, and is being recognised and measured."""

    def turn(self, turn: Turn) -> None:
        """A turn is whole."""

    def went_on(self) -> None:
        """The last turn was not over: the trainee goes on with the answer, and it will be whole later."""


def voice_of(name: str) -> Voice:
    """The voice of that id, or, where its engine is not installed, the one that it names to speak instead."""
    found = library.voices()[name]
    return library.voices()[found.instead] if found.instead and not tts.installed(found.engine) else found
