"""What every exchange of a call works with, and what a line is before it has been heard."""

from dataclasses import dataclass, field, replace

from trainer.backstage import Backstage, Spoken
from trainer.cast import Cast, Watch
from trainer.dialogue import Reply
from trainer.headset import Headset
from trainer.journal import Journal
from trainer.lines import plain
from trainer.records import RATE_HZ, Line, Voice
from trainer.tape import Tape
from trainer.turns.hearing import Hearing
from trainer.turns.leak import Leak
from trainer.turns.timing import Limits

ECHO_S = 0.2
"""What is left of a leak in the room after it."""


@dataclass(frozen=True)
class Scene:
    """What every exchange of a call works with."""

    cast: Cast
    headset: Headset
    journal: Journal
    watch: Watch
    tape: Tape
    backstage: Backstage
    hearing: Hearing
    limits: Limits
    leaks: list[Leak] = field(default_factory=list)
    """One, once the headphones are known to leak into the microphone: the call is half duplex from then on."""

    @property
    def leak_s(self) -> float | None:
        """For how long after the customer's last sample the microphone still hears the customer."""
        return self.leaks[0].delay_s + ECHO_S if self.leaks else None


def line_of(said: Reply, spoken: Spoken, now_s: float, voice: Voice) -> Line:
    """What is about to be said; its times are those planned, until it has been heard."""
    end_s = now_s + len(spoken.clip) / RATE_HZ
    return Line(plain(said.line), said.heard, now_s, end_s, voice.id, said.beat)


def as_measured(line: Line, spoken: Spoken) -> Line:
    """The line with what is measured in its sound."""
    measured = spoken.measures()
    return replace(
        line,
        articulation_syllables_per_s=measured.rate.articulation_syllables_per_s,
        pitch_hz=measured.pitch.median_hz,
        level_dbfs=measured.level.active_dbfs,
        speech_s=measured.speech_s,
    )
