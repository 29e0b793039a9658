"""A trainee without a browser, in real time: 20 ms of sound every 20 ms over a real WebSocket, and an answer to every
line of the customer until there is none left."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.answers import SCENARIO
from tests.web.caller import agreed, calling
from tests.web.client import Page
from trainer import sound
from trainer.headset import BLOCK, QUIET_END
from trainer.records import RATE_HZ, Clip
from trainer.sound import Pcm

BLOCK_S = BLOCK / RATE_HZ
PLAYS_AFTER_S = 0.06
"""So much after it has come, a page begins a line (static/headset.js)."""
ANSWERS_AFTER_S = 0.6
NOISE_DBFS = -68.0
LONGEST_TURN_S = 90.0


@dataclass
class Called:
    """What came of a call: its attempt, every sample that was sent, and the gap of each answer in seconds."""

    attempt: str = ""
    sent: list[Pcm] = field(default_factory=list)
    gaps_s: list[float] = field(default_factory=list)


class _Call:
    """One call: a thread listens, this one speaks; ``_spoken_until`` and ``_answer_at`` are samples of the capture."""

    def __init__(self, page: Page, answers: Sequence[Clip]) -> None:
        self.found = Called()
        self._page = page
        self._left = [trimmed(answer) for answer in answers]
        self._saying: Pcm = np.zeros(0, np.int16)
        self._answer_at: int | None = None
        self._spoken_until: int | None = None
        self._line = 0
        self._over = threading.Event()
        self._lock = threading.Lock()

    def run(self) -> Called:
        listener = threading.Thread(target=self._listen)
        listener.start()
        noise = np.random.default_rng(0)
        next_s = time.perf_counter()
        turn_s = next_s
        while not self._over.is_set():
            with self._lock:
                samples = self._next(noise)
                done = not self._left and self._answer_at is None and self._spoken_until is None
            self.found.sent.append(samples)
            self._page.frames(samples)
            if done or next_s - turn_s > LONGEST_TURN_S * (len(self.found.gaps_s) + 1):
                break
            next_s += BLOCK_S
            time.sleep(max(0.0, next_s - time.perf_counter()))
        self._page.say("hang_up")
        listener.join()
        return self.found

    def _next(self, noise: np.random.Generator) -> Pcm:
        """The next block; an answer begins, and ends, in it where its time has come."""
        at = self._page.sent * BLOCK
        if self._answer_at is not None and at >= self._answer_at and self._left:
            self._saying, self._answer_at = self._left.pop(0), None
            self._spoken_until = at + len(self._saying)
        block = noise.normal(0.0, 10 ** (NOISE_DBFS / 20) * 32768, BLOCK)
        spoken, self._saying = self._saying[:BLOCK], self._saying[BLOCK:]
        block[: len(spoken)] += spoken
        return np.clip(np.round(block), -32768, 32767).astype(np.int16)

    def _listen(self) -> None:
        try:
            for event in self._page.incoming():
                if event["type"] == "sound":
                    self._hears(event["line"])
                elif event["type"] == "ringing":
                    self.found.attempt = event["attempt"]
                elif event["type"] in ("over", "failed"):
                    break
        finally:
            self._over.set()

    def _hears(self, line: int) -> None:
        """A line has come: it is played at once, answered after its end, and ends the gap where one was waited for."""
        with self._lock:
            if line == self._line:  # the same again, louder
                return
            self._line = line
            starts = self._page.sent * BLOCK + round(PLAYS_AFTER_S * RATE_HZ)
            self._page.say("starts", line=line, sample=starts)
            if self._spoken_until is not None and starts >= self._spoken_until:
                self.found.gaps_s.append((starts - self._spoken_until) / RATE_HZ)
                self._spoken_until = None
            if self._spoken_until is None and self._left:
                self._answer_at = starts + len(self._page.lines[-1][1]) + round(ANSWERS_AFTER_S * RATE_HZ)


def call(address: str, name: str, answers: Sequence[Clip]) -> Called:
    """A call in which each answer follows a line; it ends after the line that follows the last."""
    with calling(address, agreed(address, name)) as socket:
        return _Call(Page(socket, scenario=SCENARIO), answers).run()


def trimmed(clip: Clip) -> Pcm:
    """The answer up to its last speech, whose end is then known."""
    power = np.square(np.pad(clip, (0, -len(clip) % BLOCK))).reshape(-1, BLOCK).mean(axis=1)
    last = int(np.flatnonzero(power > QUIET_END**2 * power.max())[-1])
    return sound.to_pcm(clip[: (last + 1) * BLOCK])
