"""A stream of sounddevice in each direction, PCM16, 20 ms at a time; the callbacks copy and queue, nothing else."""

import math
import queue
import sys
import time
from typing import Any

import numpy as np

from trainer import sound
from trainer.errors import NoDevice
from trainer.headset import BLOCK
from trainer.mic.listing import Device, library
from trainer.records import RATE_HZ, Clip
from trainer.sound import Pcm
from trainer.words import say

BURST_S = BLOCK / RATE_HZ
"""What a callback brings or takes, at any rate."""
GONE_AFTER_S = 0.5
STARTS_WITHIN_S = 5.0
"""PulseAudio gives the first block up to 1.5 s after the start of a stream."""
SETTLES_S = 1.0
"""In the first second of a stream, PulseAudio behind ALSA states times that are wrong by up to half a second."""
OUTPUT_LATENCY_S: float | str = 0.1 if sys.platform == "linux" else "high"
"""PortAudio's "high" is 40 ms with PulseAudio behind ALSA: there it runs dry on a busy machine, and recovers badly."""
PLAYED_LATENCY_S: float | str = 0.4 if sys.platform == "linux" else "high"
"""Of what is only listened to: nobody answers it, so it may come later and never runs dry."""


class Microphone:
    """The stream of capture, cut into blocks that know when they were captured."""

    def __init__(self, device: Device) -> None:
        self._name = device.name
        self.overflows = 0
        self._bursts: queue.SimpleQueue[tuple[bytes, float]] = queue.SimpleQueue()
        self._pcm: Pcm = np.zeros(0, np.int16)
        self._ends_s = 0.0
        self._stream, self._rate_hz = _opened("RawInputStream", device, latency="high", callback=self._callback)
        self._resampler: Any = None
        if self._rate_hz != RATE_HZ:
            import soxr

            self._resampler = soxr.ResampleStream(self._rate_hz, RATE_HZ, 1, dtype="float32", quality="HQ")
        try:
            self._bursts.get(timeout=STARTS_WITHIN_S)
            self._began_s = time.monotonic()
        except queue.Empty:
            self.close()
            raise NoDevice(say("mic.gives_nothing", name=self._name)) from None

    def forget(self) -> None:
        """What was captured before anybody listened, and before the clock of the stream could be trusted."""
        time.sleep(max(0.0, self._began_s + SETTLES_S - time.monotonic()))
        while not self._bursts.empty():
            self._bursts.get()

    def block(self) -> tuple[Pcm, float]:
        """The next 20 ms, and when they began on the system's clock. Raises NoDevice after the last of them."""
        while len(self._pcm) < BLOCK:
            burst = self._burst()
            if burst is None:
                break
            captured, self._ends_s = burst
            self._pcm = np.concatenate((self._pcm, self._at_16_khz(captured)))
        if len(self._pcm) == 0:
            raise NoDevice(say("mic.gone", name=self._name))
        starts_s = self._ends_s - len(self._pcm) / RATE_HZ
        block, self._pcm = self._pcm[:BLOCK], self._pcm[BLOCK:]
        return np.pad(block, (0, BLOCK - len(block))), starts_s  # only the last block of all is ever padded

    def close(self) -> None:
        """End the stream."""
        _closed(self._stream)

    def _burst(self) -> tuple[bytes, float] | None:
        """What a callback brought; None when none comes, not even after a second look at a stream still active."""
        for _look in range(2):
            try:
                return self._bursts.get(timeout=GONE_AFTER_S)
            except queue.Empty:
                if not self._stream.active:
                    break
        return None

    def _at_16_khz(self, captured: bytes) -> Pcm:
        pcm = np.frombuffer(captured, np.int16)
        if self._resampler is None:
            return pcm
        return sound.to_pcm(self._resampler.resample_chunk(sound.from_pcm(pcm)))

    def _callback(self, captured: Any, frames: int, times: Any, status: Any) -> None:
        """Copy and queue, nothing else."""
        if status.input_overflow:
            self.overflows += 1
        began_s = times.inputBufferAdcTime or times.currentTime
        self._bursts.put((bytes(captured), began_s + BURST_S))


class Line:
    """Sound on its way to the headphones, and when it is heard on the system's clock (infinite: not known yet)."""

    def __init__(self, pcm: bytes, before: "Line | None") -> None:
        self.starts_s = math.inf
        self.ends_s = math.inf
        self.fades = False
        self.pcm = pcm
        self._at = 0
        self._before = before

    def take(self, size: int, heard_s: float) -> bytes:
        """The next ``size`` bytes, which will be heard from ``heard_s`` on; fewer at the end."""
        while self._before is not None:  # what it took the place of, even where that had not begun
            self._before.ends_s = min(self._before.ends_s, heard_s)
            self._before = self._before._before
        if self._at == 0:
            self.starts_s = heard_s
        part = self.pcm[self._at : self._at + size]
        self._at += size
        if self.fades:
            ramp = np.linspace(1.0, 0.0, len(part) // 2)
            part = (np.frombuffer(part, np.int16) * ramp).astype(np.int16).tobytes()
            self._at = len(self.pcm)
        if self._at >= len(self.pcm):
            self.ends_s = heard_s + BURST_S * len(part) / size
        return part


class Speaker:
    """The stream to the headphones; where no line is played, silence or what ``rest`` was given."""

    def __init__(self, device: Device, latency: float | str = OUTPUT_LATENCY_S) -> None:
        self._name = device.name
        self._line: Line | None = None
        self._rest = b""
        self._rest_at = 0
        self._called_s = time.monotonic()
        self.latency_s = 0.0
        self._stream, self._rate_hz = _opened(
            "RawOutputStream",
            device,
            latency=latency,
            callback=self._callback,
            prime_output_buffers_using_stream_callback=True,
        )
        self.latency_s = float(self._stream.latency)

    def play(self, clip: Clip) -> Line:
        """Begin to play."""
        self._line = line = Line(self._pcm(clip), self._line)
        return line

    def go_on_as(self, clip: Clip) -> None:
        """Play what is left of the line from ``clip``."""
        if self._line is not None:
            self._line.pcm = self._pcm(clip)

    def rest(self, clip: Clip) -> None:
        """What sounds again and again where no line is played; nothing, or at least 20 ms."""
        self._rest = self._pcm(clip)

    def _pcm(self, clip: Clip) -> bytes:
        return sound.to_pcm(sound.resample(np.asarray(clip, np.float32), RATE_HZ, self._rate_hz)).tobytes()

    def stop(self) -> None:
        """Fade out."""
        if self._line is not None:
            self._line.fades = True

    def check(self) -> None:
        """Raises NoDevice where a line is to be heard and nothing takes it."""
        if self._line is None or self._line.ends_s < math.inf:
            return
        if time.monotonic() - self._called_s > 2 * GONE_AFTER_S:
            raise NoDevice(say("mic.gone_speaker", name=self._name))

    def close(self) -> None:
        """End the stream."""
        _closed(self._stream)

    def _callback(self, played: Any, frames: int, times: Any, status: Any) -> None:
        """Copy, nothing else."""
        self._called_s = time.monotonic()
        line, part = self._line, b""
        if line is not None and line.ends_s == math.inf:
            heard_s = times.outputBufferDacTime or times.currentTime + self.latency_s
            part = line.take(2 * frames, heard_s)
        played[: len(part)] = part
        played[len(part) :] = self._resting(2 * frames - len(part))

    def _resting(self, size: int) -> bytes:
        """The next ``size`` bytes of where no line is played."""
        rest = self._rest
        if len(rest) < size:
            return bytes(size)
        start = self._rest_at if self._rest_at + size <= len(rest) else 0
        self._rest_at = start + size
        return rest[start : start + size]


def _opened(stream: str, device: Device, **options: Any) -> tuple[Any, int]:
    """A stream of one channel, PCM16, that runs, and its rate: 16 kHz, or the device's own. Raises NoDevice."""
    portaudio = library()
    problem: Exception | None = None
    for rate_hz in dict.fromkeys((RATE_HZ, device.rate_hz)):
        format = {"samplerate": rate_hz, "blocksize": rate_hz // 50, "channels": 1, "dtype": "int16"}
        try:
            opened = getattr(portaudio, stream)(device=device.index, **format, **options)
        except (portaudio.PortAudioError, ValueError) as found:
            problem = found
            continue
        try:
            opened.start()
            return opened, rate_hz
        except portaudio.PortAudioError as found:
            problem = found
            _closed(opened)
    reason = str(problem).splitlines()[0] if str(problem) else ""
    raise NoDevice(say("mic.cannot_open", name=device.name, problem=reason)) from problem


def _closed(stream: Any) -> None:
    """End a stream without waiting for what it has not played; one whose device is gone has ended already."""
    stream.abort(ignore_errors=True)
    stream.close(ignore_errors=True)
