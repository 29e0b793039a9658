"""Who speaks when, on one clock: seconds of captured samples. Blocks go in, stretches of speech come out.

``Hearing`` follows the speech of a call block by block. ``Listening`` is one turn of it: it begins when the
customer's line starts and ends when the trainee has spoken and then been silent for as long as patience allows,
or when nobody said anything for too long. How long that is depends on whether what was said looks finished.
"""

from collections.abc import Callable
from typing import Literal

from trainer.records import RATE_HZ, Block, Clip, Span
from trainer.turns.onset import WINDOW, Onset
from trainer.turns.patience import Patience
from trainer.voicing import SpeechDetector

WINDOW_S = WINDOW / RATE_HZ
BLOCK_S = 320 / RATE_HZ
TALKING_S = 3 * WINDOW_S
"""Who has been silent for less is still talking."""

Phase = Literal["customer", "waiting", "speaking", "overlap", "ended", "dead_air"]


class Hearing:
    """Speech in a stream of blocks, as joined stretches in seconds of the capture clock."""

    def __init__(self, patience: Patience) -> None:
        self._detector = SpeechDetector()
        self._onset = Onset()
        self._gap_s = patience.gap_s
        self._at_s = 0.0
        self.stretches: list[Span] = []

    def feed(self, clip: Clip) -> None:
        """Listen to the next block of sound."""
        self._onset.feed(clip)
        for number, probability in enumerate(self._detector.feed(clip), round(self._at_s / WINDOW_S)):
            start_s, self._at_s = self._at_s, self._at_s + WINDOW_S
            in_speech = self._in_speech(start_s)
            if probability >= (0.35 if in_speech else 0.5):
                earlier = 0 if in_speech else self._onset.windows_before(number)
                self._add((start_s - earlier * WINDOW_S, self._at_s))

    def _in_speech(self, at_s: float) -> bool:
        return bool(self.stretches) and at_s - self.stretches[-1][1] < WINDOW_S

    def _add(self, window: Span) -> None:
        if self.stretches and window[0] - self.stretches[-1][1] < self._gap_s:
            self.stretches[-1] = (self.stretches[-1][0], window[1])
        else:
            self.stretches.append(window)


class Listening:
    """One turn: from the start of the customer's line to the end of the trainee's answer."""

    def __init__(
        self,
        hearing: Hearing,
        patience: Patience,
        begins_s: float,
        finished: Callable[[], bool | None] = lambda: None,
    ) -> None:
        """``finished``: whether what has been said looks finished, None where that is not known (yet)."""
        self._hearing = hearing
        self._patience = patience
        self._begins_s = begins_s
        self._finished = finished
        self._now_s = begins_s
        self.line: Span | None = None
        self.reactions: list[Span] = []
        self.leak_s: float | None = None
        """Where the headphones leak: what is heard until so long after the customer is theirs, nobody's speech."""
        self._hears: Literal["line", "reaction", "nothing"] = "line"
        self._customer_sounds = False

    def feed(self, block: Block, clip: Clip) -> Phase:
        """Take in the next block; "ended" and "dead_air" hold until the trainee or the customer goes on."""
        self._hearing.feed(clip)
        start_s = block.number * BLOCK_S
        self._now_s = start_s + BLOCK_S
        self._customer_sounds = block.customer_sounds and self._hears != "nothing"
        if self._customer_sounds:
            self._sounds((start_s, self._now_s))
        return self.phase()

    def expect_reaction(self) -> None:
        """What sounds next is no more of the line, but what the customer says about the answer in its middle."""
        self._hears = "reaction"
        self.reactions.append((self._now_s, self._now_s))

    def ignore_customer(self) -> None:
        """What sounds from here on does not belong to this turn."""
        self._hears = "nothing"

    def speech(self) -> tuple[Span, ...]:
        """The trainee's stretches of speech in this turn that are long enough to count."""
        heard = [(max(start, self._begins_s), end) for start, end in self._hearing.stretches if end > self._begins_s]
        if self.leak_s is not None:
            heard = [span for one in heard for span in self._apart(one, self.leak_s)]
        return tuple(span for span in heard if span[1] - span[0] >= self._patience.least_s)

    @property
    def now_s(self) -> float:
        """Until when it has listened."""
        return self._now_s

    @property
    def talking(self) -> bool:
        """Whether the trainee speaks now."""
        speech = self.speech()
        return bool(speech) and self._now_s - speech[-1][1] < TALKING_S

    @property
    def quiet_s(self) -> float:
        """For how long nobody has said anything."""
        speech = self.speech()
        return self._now_s - max(self._customer_until_s(), speech[-1][1] if speech else 0.0)

    def answer(self, back_channel_under_s: float) -> Span | None:
        """From the first to the last speech of the answer: what was said after, or into the end of, the line.

        A back-channel over the line's last word does not begin an answer that follows. Where they said something
        only while the customer spoke, that is the answer.
        """
        speech = self.speech()
        if not speech:
            return None
        line_end_s = self._line_end_s()
        late = [span for span in speech if span[1] > line_end_s]
        after = [span for span in late if span[0] >= line_end_s or span[1] - span[0] >= back_channel_under_s]
        spoken = after or late or speech
        return spoken[0][0], spoken[-1][1]

    def phase(self) -> Phase:
        """Where the turn stands."""
        if self._customer_sounds:
            return "overlap" if self.talking else "customer"
        speech = self.speech()
        if speech and speech[-1][1] - speech[0][0] > self._patience.longest_s:
            return "ended"
        if self.talking:
            return "speaking"
        answered = bool(speech) and speech[-1][1] > self._line_end_s()
        if answered and self._over(speech[-1][1]):
            return "ended"
        if self.quiet_s >= self._patience.dead_air_s:
            return "ended" if answered else "dead_air"
        return "waiting"

    def _over(self, spoken_until_s: float) -> bool:
        """Whether the silence has lasted long enough; after the customer's own words always as after an open one."""
        if self.quiet_s >= self._patience.end_s(finished=False):
            return True
        unanswered = bool(self.reactions) and spoken_until_s <= self.reactions[-1][1]
        long_enough = self.quiet_s >= self._patience.end_s(finished=True)
        return long_enough and not unanswered and self._finished() is True

    def _sounds(self, now: Span) -> None:
        if self._hears == "reaction":
            start_s, end_s = self.reactions[-1]
            self.reactions[-1] = (now[0] if end_s == start_s else start_s, now[1])
        else:
            self.line = (self.line[0] if self.line else now[0], now[1])

    def _line_end_s(self) -> float:
        return self.line[1] if self.line else self._begins_s

    def _customer_until_s(self) -> float:
        return self.reactions[-1][1] if self.reactions else self._line_end_s()

    def _apart(self, stretch: Span, late_s: float) -> list[Span]:
        """What of a stretch lies outside of the customer's words, which are heard ``late_s`` late."""
        left = [stretch]
        for start_s, end_s in [*([self.line] if self.line else []), *self.reactions]:
            left = [
                span
                for one in left
                for span in ((one[0], min(one[1], start_s)), (max(one[0], end_s + late_s), one[1]))
                if span[0] < span[1]
            ]
        return left
