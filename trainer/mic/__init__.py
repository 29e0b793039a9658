"""The headset at a sound card: a stream of sounddevice in each direction, 20 ms at a time.

The callbacks copy and queue, nothing else. Both streams carry the times, on one clock of the system, at which a
sample was captured and at which one will be heard; so a block is known to be captured while the customer sounded.
One duplex stream would be simpler, but with PulseAudio behind ALSA it gives four blocks and then none
(PortAudio 19.6). A device that goes away is told by callbacks that stop: PortAudio raises no error for it.
"""

import math
import time

import numpy as np

from trainer.errors import NoDevice
from trainer.headset import BLOCK
from trainer.mic.listing import Device, devices, find
from trainer.mic.streams import PLAYED_LATENCY_S, Line, Microphone, Speaker
from trainer.records import RATE_HZ, Block, Clip
from trainer.words import say

__all__ = ["Device", "SoundCard", "devices", "find", "level_dbfs", "play"]

SUSPICIOUS_AFTER_S = 5.0
"""So long nothing but zeros: PulseAudio gives them for a microphone that is gone, but a headset's mute key does too."""
DEAD_AFTER_S = 30.0
HALF_A_SAMPLE_S = 0.5 / RATE_HZ


class SoundCard:
    """A microphone and headphones as a ``Headset``; opens at once, and records from the first ``read`` on."""

    live = True

    def __init__(self, microphone: str | None = None, speaker: str | None = None) -> None:
        """Open both. Raises NoDevice, with the devices there are and what would work."""
        source, sink = find(microphone, "input"), find(speaker, "output")
        self.name = source.name
        self._microphone = Microphone(source)
        try:
            self._speaker = Speaker(sink)
        except BaseException:
            self._microphone.close()
            raise
        self.output_latency_s: float | None = self._speaker.latency_s or None  # no path takes no time: not known
        self._lines: list[Line] = []
        self._heard_until_s = -math.inf
        self._number = 0
        self._zeros = 0

    @property
    def overflows(self) -> int:
        """How often the system has lost captured sound because nobody took it in time."""
        return self._microphone.overflows

    @property
    def suspicious(self) -> bool:
        """Whether nothing but zeros has been captured for so long that it may be unplugged, or muted."""
        return self._zeros * BLOCK / RATE_HZ >= SUSPICIOUS_AFTER_S

    @property
    def playing(self) -> bool:
        """Whether something is still to be heard, on the clock of the blocks that have been read."""
        return any(line.ends_s > self._heard_until_s for line in self._lines)

    def play(self, clip: Clip) -> None:
        """Begin to play ``clip`` now, in place of what is playing."""
        if len(clip):
            self._lines.append(self._speaker.play(clip))

    def stop(self) -> None:
        """Fade out within 20 ms."""
        self._speaker.stop()

    def rest(self, clip: Clip) -> None:
        """What sounds again and again where no line is played."""
        self._speaker.rest(clip)

    def go_on_as(self, clip: Clip) -> None:
        """Play the rest of the line as it is in ``clip``."""
        self._speaker.go_on_as(clip)

    def read(self) -> Block:
        """The next 20 ms. Raises NoDevice when nothing comes any more, or nothing but zeros for half a minute."""
        if self._number == 0:
            self._microphone.forget()
        samples, starts_s = self._microphone.block()
        self._speaker.check()
        self._zeros = self._zeros + 1 if not samples.any() else 0
        if self._zeros * BLOCK / RATE_HZ >= DEAD_AFTER_S:
            raise NoDevice(say("mic.only_zeros", name=self.name, seconds=f"{DEAD_AFTER_S:.0f}"))
        self._heard_until_s = starts_s + BLOCK / RATE_HZ - HALF_A_SAMPLE_S
        self._lines = [line for line in self._lines if line.ends_s > starts_s + HALF_A_SAMPLE_S]
        sounds = any(line.starts_s < self._heard_until_s for line in self._lines)
        block = Block(self._number, samples, sounds)
        self._number += 1
        return block

    def close(self) -> None:
        """Let go of the devices."""
        self._microphone.close()
        self._speaker.close()


def play(clip: Clip, speaker: str | None = None) -> None:
    """Play a clip to its end on a loudspeaker. Raises NoDevice without one."""
    if len(clip) == 0:
        return
    out = Speaker(find(speaker, "output"), PLAYED_LATENCY_S)
    try:
        line = out.play(clip)
        while line.ends_s == math.inf:
            out.check()
            time.sleep(BLOCK / RATE_HZ)
        time.sleep(2 * out.latency_s)
    finally:
        out.close()


def level_dbfs(block: Block) -> float:
    """How loud a block is, for the level bar: its root mean square in dBFS, not less than -96."""
    power = float(np.mean((block.samples.astype(np.float64) / 32768.0) ** 2))
    return max(-96.0, 10.0 * float(np.log10(max(power, 1e-12))))
