"""The headset at a sound card: one full-duplex stream of sounddevice, 20 ms at a time.

The callback copies and queues, nothing else. Captured blocks are numbered as they come; what is being played is
counted on the same clock, and put later by the latency that the system states for its output. A device that goes
away is told by callbacks that stop: PortAudio raises no error for it.
"""

import queue
import threading
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from trainer.errors import NoDevice
from trainer.headset import BLOCK
from trainer.records import RATE_HZ, Block, Clip
from trainer.words import say

GONE_AFTER_S = 0.5
DEAD_AFTER_S = 5.0
"""So long nothing but zeros: no real microphone is that quiet, and PulseAudio gives zeros for one that is gone."""
FADE = BLOCK

Kind = Literal["input", "output"]


@dataclass(frozen=True)
class Device:
    """A sound device as the system names it, with its channels."""

    index: int
    name: str
    inputs: int
    outputs: int
    is_default: bool

    def __str__(self) -> str:
        ways = [f"{count} {way}" for count, way in ((self.inputs, "in"), (self.outputs, "out")) if count]
        return f"{self.name} ({', '.join(ways)}){' *' if self.is_default else ''}"


def _library() -> Any:
    """sounddevice, when PortAudio is there. Raises NoDevice."""
    try:
        import sounddevice
    except OSError as problem:
        raise NoDevice(say("mic.no_portaudio")) from problem
    return sounddevice


def devices() -> list[Device]:
    """Every sound device. Raises NoDevice without PortAudio."""
    library = _library()
    chosen = set(library.default.device)
    return [
        Device(
            place, str(one["name"]), int(one["max_input_channels"]), int(one["max_output_channels"]), place in chosen
        )
        for place, one in enumerate(library.query_devices())
    ]


def find(name: str | None, kind: Kind) -> Device:
    """The device with ``name`` in its name, or the system's default. Raises NoDevice with those there are."""
    able = [one for one in devices() if (one.inputs if kind == "input" else one.outputs)]
    if not able:
        raise NoDevice(say(f"mic.no_{kind}"))
    if name is None:
        default = _library().default.device[0 if kind == "input" else 1]
        return next((one for one in able if one.index == default), able[0])
    found = [one for one in able if one.name == name] or [one for one in able if name.casefold() in one.name.casefold()]
    if not found:
        raise NoDevice(say("mic.unknown", name=name, known="; ".join(one.name for one in able)))
    if len({one.name for one in found}) > 1:
        raise NoDevice(say("mic.several", name=name, known="; ".join(one.name for one in found)))
    return found[0]


class SoundCard:
    """A microphone and headphones as a ``Headset``; opens at once, records until it is closed."""

    live = True

    def __init__(self, microphone: str | None = None, speaker: str | None = None) -> None:
        """Open both. Raises NoDevice, with the devices there are and what would work."""
        source, sink = find(microphone, "input"), find(speaker, "output")
        self.name = source.name
        self.overflows = 0
        self._captured: queue.SimpleQueue[tuple[Any, bool]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._line: Clip = np.zeros(0, np.float32)
        self._sounding: list[bool] = []
        self._number = 0
        self._zeros = 0
        try:
            self._stream = _library().Stream(
                samplerate=RATE_HZ,
                blocksize=BLOCK,
                device=(source.index, sink.index),
                channels=1,
                dtype="float32",
                latency="high",
                callback=self._callback,
            )
            self._stream.start()
        except (_library().PortAudioError, ValueError) as problem:
            raise NoDevice(say("mic.cannot_open", name=source.name, problem=_first_line(problem))) from problem
        self.output_latency_s: float | None = float(self._stream.latency[1])
        self._sounding = [False] * round(self.output_latency_s * RATE_HZ / BLOCK)

    @property
    def playing(self) -> bool:
        """Whether something is still to be heard."""
        return len(self._line) > 0 or any(self._sounding)

    def play(self, clip: Clip) -> None:
        """Begin to play ``clip`` now, in place of what is playing."""
        with self._lock:
            self._line = np.asarray(clip, np.float32)

    def stop(self) -> None:
        """Fade out within 20 ms."""
        with self._lock:
            rest = self._line[:FADE].copy()
            self._line = rest * np.linspace(1.0, 0.0, len(rest), dtype=np.float32)

    def read(self) -> Block:
        """The next 20 ms. Raises NoDevice when nothing comes any more, or only zeros."""
        try:
            samples, played = self._captured.get(timeout=GONE_AFTER_S)
        except queue.Empty:
            raise NoDevice(say("mic.gone", name=self.name)) from None
        samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
        self._zeros = self._zeros + 1 if not samples.any() else 0
        if self._zeros * BLOCK / RATE_HZ >= DEAD_AFTER_S:
            raise NoDevice(say("mic.only_zeros", name=self.name, seconds=f"{DEAD_AFTER_S:.0f}"))
        self._sounding.append(played)
        pcm = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(np.int16)
        block = Block(self._number, pcm, self._sounding.pop(0))
        self._number += 1
        return block

    def close(self) -> None:
        """Let go of the device."""
        self._stream.close(ignore_errors=True)

    def _callback(self, captured: Any, played: Any, frames: int, time: Any, status: Any) -> None:
        """Copy and queue, nothing else."""
        if status.input_overflow:
            self.overflows += 1
        with self._lock:
            part, self._line = self._line[:frames], self._line[frames:]
        played[: len(part), 0] = part
        played[len(part) :] = 0.0
        self._captured.put((captured[:, 0].copy(), len(part) > 0))


def play(clip: Clip, speaker: str | None = None) -> None:
    """Play a clip to its end on a loudspeaker. Raises NoDevice without one."""
    sink = find(speaker, "output")
    try:
        _library().play(clip, RATE_HZ, device=sink.index, blocking=True)
    except _library().PortAudioError as problem:
        raise NoDevice(say("mic.cannot_open", name=sink.name, problem=_first_line(problem))) from problem


def level_dbfs(block: Block) -> float:
    """How loud a block is, for the level bar: its root mean square in dBFS, not less than -96."""
    power = float(np.mean((block.samples.astype(np.float64) / 32768.0) ** 2))
    return max(-96.0, 10.0 * float(np.log10(max(power, 1e-12))))


def _first_line(problem: Exception) -> str:
    return str(problem).splitlines()[0]
