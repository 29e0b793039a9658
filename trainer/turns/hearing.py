"""Who speaks when, on one clock: seconds of captured samples. Blocks go in, stretches of speech come out.

``Hearing`` follows the speech of a call block by block. ``Listening`` is one turn of it: it begins when the
customer's line starts and ends when the trainee has spoken and then been silent for as long as patience allows,
or when nobody said anything for too long.
"""

from dataclasses import dataclass
from typing import Literal

from trainer.records import RATE_HZ, Block, Clip, Span
from trainer.voicing import SpeechDetector

WINDOW_S = 512 / RATE_HZ
BLOCK_S = 320 / RATE_HZ

Phase = Literal["customer", "waiting", "speaking", "overlap", "ended", "dead_air"]


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds.

    ``end_s``: people pause inside their turns; 1.2 s of silence cuts off about 13 turns in 100, between the 18
    and 8 measured for 1.0 and 1.5 s. ``dead_air_s``: when an answer is no longer expected. ``least_s``: a sound
    shorter than this does not begin an answer. ``gap_s`` joins stretches of speech.
    """

    end_s: float = 1.2
    dead_air_s: float = 10.0
    least_s: float = 0.25
    gap_s: float = 0.25
    longest_s: float = 120.0


class Hearing:
    """Speech in a stream of blocks, as joined stretches in seconds of the capture clock."""

    def __init__(self, patience: Patience) -> None:
        self._detector = SpeechDetector()
        self._gap_s = patience.gap_s
        self._at_s = 0.0
        self.stretches: list[Span] = []

    def feed(self, clip: Clip) -> None:
        """Listen to the next block of sound."""
        for probability in self._detector.feed(clip):
            start_s, self._at_s = self._at_s, self._at_s + WINDOW_S
            threshold = 0.35 if self._in_speech(start_s) else 0.5
            if probability >= threshold:
                self._add((start_s, self._at_s))

    def _in_speech(self, at_s: float) -> bool:
        return bool(self.stretches) and at_s - self.stretches[-1][1] < WINDOW_S

    def _add(self, window: Span) -> None:
        if self.stretches and window[0] - self.stretches[-1][1] < self._gap_s:
            self.stretches[-1] = (self.stretches[-1][0], window[1])
        else:
            self.stretches.append(window)


class Listening:
    """One turn: from the start of the customer's line to the end of the trainee's answer."""

    def __init__(self, hearing: Hearing, patience: Patience, begins_s: float) -> None:
        self._hearing = hearing
        self._patience = patience
        self._begins_s = begins_s
        self._now_s = begins_s
        self.line: Span | None = None
        self._line_sounds = False

    def feed(self, block: Block, clip: Clip) -> Phase:
        """Take in the next block; "ended" and "dead_air" are final."""
        self._hearing.feed(clip)
        start_s = block.number * BLOCK_S
        self._now_s = start_s + BLOCK_S
        self._line_sounds = block.customer_sounds
        if block.customer_sounds:
            self.line = (self.line[0] if self.line else start_s, self._now_s)
        return self._phase()

    def speech(self) -> tuple[Span, ...]:
        """The trainee's stretches of speech in this turn that are long enough to count."""
        return tuple(
            (max(start, self._begins_s), end)
            for start, end in self._hearing.stretches
            if end > self._begins_s and end - start >= self._patience.least_s
        )

    @property
    def now_s(self) -> float:
        """Until when it has listened."""
        return self._now_s

    def answer(self, back_channel_under_s: float) -> Span | None:
        """From the first to the last speech of the answer: what was said after, or into the end of, the line.

        A back-channel over the line's last word does not begin an answer that follows. Where they said something
        only while the customer spoke, that is the answer.
        """
        speech = self.speech()
        if not speech:
            return None
        line_end_s = self.line[1] if self.line else self._begins_s
        late = [span for span in speech if span[1] > line_end_s]
        after = [span for span in late if span[0] >= line_end_s or span[1] - span[0] >= back_channel_under_s]
        spoken = after or late or speech
        return spoken[0][0], spoken[-1][1]

    def _phase(self) -> Phase:
        speech = self.speech()
        talking = bool(speech) and self._now_s - speech[-1][1] < 3 * WINDOW_S
        if self._line_sounds:
            return "overlap" if talking else "customer"
        line_end_s = self.line[1] if self.line else self._begins_s
        if speech and speech[-1][1] - speech[0][0] > self._patience.longest_s:
            return "ended"
        if talking:
            return "speaking"
        answered = speech and speech[-1][1] > line_end_s
        quiet_s = self._now_s - max(line_end_s, speech[-1][1] if speech else 0.0)
        if answered and quiet_s >= self._patience.end_s:
            return "ended"
        if quiet_s >= self._patience.dead_air_s:
            return "ended" if speech else "dead_air"
        return "waiting"
