"""The headset: what every microphone with headphones can do here, and one that plays recorded answers.

One clock for both directions: the number of captured samples. A block says whether the customer could be heard
while it was captured, so that an interruption is told from an answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from trainer import sound
from trainer.records import RATE_HZ, Block, Clip

BLOCK = 320
"""Samples of a block: 20 ms."""
RECORDINGS = "recordings"
"""The name of the device that made recordings: they are taken to come from one microphone at one setting."""

QUIET_END = 0.15
"""What is so much softer than the loudest 20 ms of a recorded answer (16 dB) is not speech at its end."""


class Headset(Protocol):
    """A microphone and headphones, full duplex."""

    name: str
    live: bool
    """Whether time passes by itself: a device captures while we compute, the sample clock does not."""
    output_latency_s: float | None

    @property
    def playing(self) -> bool:
        """Whether something is still to be heard."""

    def play(self, clip: Clip) -> None:
        """Begin to play ``clip`` now, in place of what is playing."""

    def stop(self) -> None:
        """Stop playing."""

    def rest(self, clip: Clip) -> None:
        """From now on, ``clip`` is what sounds again and again where nothing is played; it counts as silence."""

    def go_on_as(self, clip: Clip) -> None:
        """Go on with ``clip``, as long as the one that is playing and in its place, from the sample it has reached."""

    def read(self) -> Block:
        """The next 20 ms of capture. Raises NoDevice when the device has gone away."""

    def close(self) -> None:
        """Let go of the device."""


@dataclass(frozen=True)
class Manners:
    """How recorded answers are given: seconds after the customer's line (negative: before its end), and room noise."""

    begins_after_s: float = 0.6
    noise_dbfs: float = -68.0
    seed: int = 0


class PlayedHeadset:
    """Recorded answers in place of a microphone, on the sample clock, as fast as the machine allows.

    After each line of the customer the next answer begins, ``Manners.begins_after_s`` after its last sample; but an
    answer in which something is still to be said is said to its end, whatever the customer says meanwhile. When there
    are none left it is silent.
    """

    live = False
    output_latency_s: float | None = 0.0

    def __init__(self, answers: Iterator[Clip], manners: Manners = Manners(), name: str = RECORDINGS) -> None:
        self.name = name
        self.exhausted = False
        self._answers = answers
        self._manners = manners
        self._noise = np.random.default_rng(manners.seed)
        self._number = 0
        self._line_left = 0
        self._answer: Clip = np.zeros(0, np.float32)
        self._loud = 0.0
        self._until_answer = 0
        self._stopped = False

    @property
    def playing(self) -> bool:
        """Whether the customer's line still sounds."""
        return self._line_left > 0

    def play(self, clip: Clip) -> None:
        """Hear a line, and prepare to answer it, unless there is still something to say."""
        self._line_left = len(clip)
        begun, broke_off = self._until_answer == 0, self._stopped
        self._stopped = False
        if begun and self._to_be_said():
            return
        if begun or not broke_off:  # one who was about to answer a line that broke off waits for its end
            answer = next(self._answers, None)
            self.exhausted = answer is None
            self._answer = np.zeros(0, np.float32) if answer is None else answer
            self._loud = _loudest(self._answer)
        self._until_answer = max(0, len(clip) + round(self._manners.begins_after_s * RATE_HZ))

    def stop(self) -> None:
        """Hear no more of the line."""
        self._stopped = self._line_left > 0
        self._line_left = 0

    def rest(self, clip: Clip) -> None:
        """Nobody hears it."""

    def go_on_as(self, clip: Clip) -> None:
        """Hear the rest of the line as it is in ``clip``."""

    def _to_be_said(self) -> bool:
        """Whether what is left of the answer is more than the quiet at its end."""
        return len(self._answer) > 0 and _loudest(self._answer) > QUIET_END * self._loud

    def read(self) -> Block:
        """The next 20 ms: the room, and the answer where its time has come."""
        captured = self._noise.normal(0.0, 10 ** (self._manners.noise_dbfs / 20), BLOCK)
        wait = min(self._until_answer, BLOCK)
        spoken = self._answer[: BLOCK - wait]
        captured[wait : wait + len(spoken)] += spoken
        if wait < BLOCK:
            self._answer = self._answer[BLOCK - wait :]
        self._until_answer -= wait
        sounds = self._line_left > 0
        self._line_left = max(0, self._line_left - BLOCK)
        block = Block(self._number, sound.to_pcm(captured.astype(np.float32)), sounds)
        self._number += 1
        return block

    def close(self) -> None:
        """Nothing to let go of."""


def _loudest(clip: Clip) -> float:
    """The greatest root mean square of 20 ms of a clip."""
    power = np.square(np.pad(clip, (0, -len(clip) % BLOCK))).reshape(-1, BLOCK).mean(axis=1)
    return float(np.sqrt(power.max(initial=0.0)))
