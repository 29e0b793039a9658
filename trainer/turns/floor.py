"""Who has the floor while both talk: pure decisions, from stretches of speech on the clock of captured samples.

``Resumption`` is for the first seconds of a line that answers the trainee: whoever speaks up then goes on with the
answer, and the customer gives way. ``Floor`` is for the rest of it: a real interruption, or a word into a lull.
"""

from collections.abc import Sequence
from typing import Literal

from trainer.records import Span
from trainer.turns.hearing import TALKING_S
from trainer.turns.patience import Patience
from trainer.turns.timing import length_s

EDGE_S = 1e-6


class Resumption:
    """Whether the trainee goes on with an answer that was taken for over."""

    def __init__(self, answer_end_s: float, begins_s: float, patience: Patience, back_channel_under_s: float) -> None:
        """The customer's line begins at ``begins_s``, the answer before it ended at ``answer_end_s``."""
        self._after_s = answer_end_s
        self._until_s = begins_s + patience.goes_on_within_s
        self._patience = patience
        self._counts_from_s = back_channel_under_s
        self.held = False

    def move(self, now_s: float, stretches: Sequence[Span]) -> Literal["listen", "hold", "go_on", "went_on", "over"]:
        """What the customer does now: holds the line at the first sound, takes it up again where it was none of
        speech that goes on, gives way where it was ("went_on"), or has the floor ("over")."""
        new = [span for span in stretches if span[0] > self._after_s + EDGE_S and span[0] < self._until_s]
        if not new:
            return "over" if now_s >= self._until_s else "listen"
        last = new[-1]
        if self.held:
            return self._held(now_s, last)
        if now_s - last[1] < TALKING_S and length_s(last) >= self._patience.hold_from_s - EDGE_S:
            self.held = True
            return "hold"
        return "over" if now_s >= self._until_s and now_s - last[1] >= TALKING_S else "listen"

    def _held(self, now_s: float, last: Span) -> Literal["listen", "go_on", "went_on"]:
        if length_s(last) >= self._counts_from_s:
            return "went_on"
        if now_s - last[1] < self._patience.quiet_again_s:
            return "listen"
        self.held = False
        self._after_s = last[1]
        return "go_on"


class Floor:
    """Whether the trainee takes the floor from a customer who speaks."""

    def __init__(self, patience: Patience, back_channel_under_s: float) -> None:
        self._patience = patience
        self._counts_from_s = back_channel_under_s

    def move(
        self, now_s: float, line: Span, lulls: Sequence[Span], speech: Sequence[Span]
    ) -> Literal["listen", "take_lull", "cut_in"]:
        """What the speech over ``line`` is so far: nothing that counts, a word into a lull, or an interruption."""
        if not speech or now_s - speech[-1][1] >= TALKING_S or speech[-1][0] <= line[0]:
            return "listen"
        start_s, end_s = speech[-1]
        if in_lull(start_s, lulls):
            return "take_lull" if end_s - start_s >= self._patience.lull_from_s else "listen"
        return "cut_in" if end_s - start_s >= self._counts_from_s else "listen"


def in_lull(at_s: float, lulls: Sequence[Span]) -> bool:
    """Whether a moment lies in a lull of the customer's line."""
    return any(start <= at_s < end for start, end in lulls)
