"""The page as a ``Headset``: frames come in by number, lines go out, and the page says on the capture clock when each
is heard. One thread reads (the call's), another feeds (the socket's).

A frame that is read has been journalled when the next one is asked for: then it is acknowledged. The page keeps what
is not acknowledged and sends it again; so the connection may be lost, the page reloaded, and nothing is lost.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trainer import sound
from trainer.errors import NoDevice
from trainer.headset import BLOCK
from trainer.records import RATE_HZ, Block, Clip
from trainer.sound import Pcm
from trainer.web import wire
from trainer.words import say

ACKNOWLEDGED_EVERY = 10
STARTS_WITHIN = 5 * RATE_HZ
"""Samples: a line that has not begun after so long, and its own length, will not be heard any more."""
FADES = RATE_HZ // 5
"""Samples: so soon a line has ended that is stopped."""
SLACK = 10 * wire.FRAMES_PER_S
"""So many frames may come sooner than time passes; a page that was away sends what it kept at once."""


@dataclass(frozen=True)
class Waits:
    """How long to wait, in seconds: for a page that is away, that gives no sound, that has been paused."""

    away_s: float = 120.0
    silent_s: float = 15.0
    paused_s: float = 1800.0


USUAL_WAITS = Waits()


@dataclass
class Line:
    """A line at the page, and where on the capture clock it is heard (None: not known yet)."""

    number: int
    clip: Clip
    sent: int
    starts: int | None = None
    ends: int | None = None

    def over(self, now: int) -> bool:
        """Whether it has been heard by sample ``now``, or never will be."""
        if self.ends is not None:
            return now >= self.ends
        return self.starts is None and now > self.sent + len(self.clip) + STARTS_WITHIN

    def sounds(self, first: int, last: int) -> bool:
        """Whether it is heard anywhere between two samples."""
        return self.starts is not None and self.ends is not None and self.starts < last and self.ends > first


class PageHeadset:
    """A microphone and headphones that a page has."""

    live = True

    def __init__(self, hello: wire.Hello, send: Callable[[str | bytes], None], waits: Waits = USUAL_WAITS) -> None:
        self.name = hello.microphone or say("web.microphone_unnamed")
        self.output_latency_s = hello.output_latency_s
        self._rate_hz = hello.rate_hz
        self._send = send
        self._waits = waits
        self._news = threading.Condition()
        self._frames: deque[Pcm] = deque()
        self._taken = self._read = self._kept = 0
        self._lines: deque[Line] = deque(maxlen=3)
        self._resting: Clip = np.zeros(0, np.float32)
        self._began_s = time.monotonic()
        self._since_s = self._began_s
        self._here = True
        self._paused = self._hung_up = self._lost = self._closed = False

    # The call's side

    @property
    def playing(self) -> bool:
        """Whether something is still to be heard."""
        with self._news:
            return bool(self._lines) and not self._lines[-1].over(self._read * BLOCK)

    def play(self, clip: Clip) -> None:
        """Send a line for the page to begin at once, in place of what is playing."""
        with self._news:
            number = self._lines[-1].number + 1 if self._lines else 1
            self._lines.append(Line(number, clip, self._read * BLOCK))
        self._send(self._sound(number, clip))

    def stop(self) -> None:
        """Have the page fade out."""
        with self._news:
            line = self._lines[-1] if self._lines else None
            if line is None or line.over(self._read * BLOCK):
                return
            line.starts = self._read * BLOCK if line.starts is None else line.starts
            line.ends = self._read * BLOCK + FADES
        self._send(wire.text("stop", line=line.number))

    def rest(self, clip: Clip) -> None:
        """Send what sounds again and again where no line is played."""
        self._resting = clip
        self._send(self.resting)

    def go_on_as(self, clip: Clip) -> None:
        """Send the line that is playing once more as ``clip``; the page goes on in it where it is."""
        with self._news:
            line = self._lines[-1] if self._lines else None
            if line is None or line.over(self._read * BLOCK):
                return
            line.clip = clip
        self._send(self._sound(line.number, clip))

    def read(self) -> Block:
        """The next 20 ms. Raises NoDevice when the page stays away or its microphone does.

        Hanging up is the page's Ctrl-C: it comes to the call as the same interrupt.
        """
        with self._news:
            self._acknowledge()
            while not self._frames:
                self._look()
                self._news.wait(0.1)
            if self._hung_up:
                raise KeyboardInterrupt
            samples, number = self._frames.popleft(), self._read
            self._read += 1
            first = number * BLOCK
            heard = any(line.sounds(first, first + BLOCK) for line in self._lines)
            return Block(number, samples, heard)

    def close(self) -> None:
        """All that was read is kept by now; nothing is taken any more."""
        with self._news:
            self._closed = True
            self._kept = self._read
        self._send(wire.text("kept", frames=self._kept))

    # The page's side

    @property
    def next(self) -> int:
        """The number of the next frame that is wanted."""
        with self._news:
            return self._taken

    @property
    def resting(self) -> bytes:
        """What sounds where no line is played, as a line without a number."""
        return self._sound(wire.REST, self._resting)

    @property
    def unheard(self) -> tuple[int, bytes] | None:
        """Number and sound of a line that has not been heard to its end, for a page that may not have it."""
        with self._news:
            line = self._lines[-1] if self._lines else None
            if line is None or line.over(self._read * BLOCK):
                return None
        return line.number, self._sound(line.number, line.clip)

    def take(self, number: int, samples: Pcm) -> None:
        """A frame; one that came before is passed over. Raises Refused for one out of order, or sooner than time."""
        with self._news:
            if number < self._taken or self._closed:
                return
            if number > self._taken:
                raise wire.Refused(wire.OUT_OF_ORDER, "out_of_order")
            if number > (time.monotonic() - self._began_s) * wire.FRAMES_PER_S + SLACK:
                raise wire.Refused(wire.TOO_FAST, "too_fast")
            self._frames.append(samples)
            self._taken += 1
            self._since_s = time.monotonic()
            self._news.notify()

    def told(self, message: wire.Message) -> None:
        """What the page says about its sound."""
        with self._news:
            if isinstance(message, wire.Starts | wire.Ends):
                self._stamp(message)
            elif isinstance(message, wire.Pause):
                self._paused = message.paused
            elif isinstance(message, wire.MicrophoneLost):
                self._lost = True
            elif isinstance(message, wire.HangUp):
                self._hung_up = True
            self._since_s = time.monotonic()
            self._news.notify()

    def here(self, there: bool, hello: wire.Hello | None = None) -> None:
        """Whether a page is connected; one that came again may play at another rate."""
        with self._news:
            self._here, self._since_s = there, time.monotonic()
            if hello:
                self._paused = self._lost = False
                self._rate_hz = hello.rate_hz

    def _stamp(self, message: wire.Starts | wire.Ends) -> None:
        line = next((one for one in self._lines if one.number == message.line), None)
        if line is None:
            return
        if isinstance(message, wire.Starts):
            line.starts, line.ends = message.sample, message.sample + len(line.clip)
        elif line.starts is not None:
            line.ends = max(line.starts, message.sample)

    def _sound(self, number: int, clip: Clip) -> bytes:
        return wire.sound(number, sound.to_pcm(sound.resample(np.asarray(clip, np.float32), RATE_HZ, self._rate_hz)))

    def _acknowledge(self) -> None:
        """What was read before is in the journal now; told in tens, or when nothing else is to be done."""
        if self._read > self._kept and (self._read - self._kept >= ACKNOWLEDGED_EVERY or not self._frames):
            self._kept = self._read
            self._send(wire.text("kept", frames=self._kept))

    def _look(self) -> None:
        """Raises what there is to be raised while no frame comes."""
        if self._hung_up:
            raise KeyboardInterrupt
        if self._lost:
            raise NoDevice(say("web.microphone_lost", name=self.name))
        waited_s = time.monotonic() - self._since_s
        waits = self._waits
        longest_s = waits.away_s if not self._here else waits.paused_s if self._paused else waits.silent_s
        if waited_s > longest_s:
            raise NoDevice(say("web.page_away" if not self._here else "web.page_silent", seconds=f"{longest_s:.0f}"))
