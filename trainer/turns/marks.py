"""Speaking and silence at a mark in the customer's line: the lull after a wave, the quiet after a question.

A mark is a stretch of the line, on the clock of captured samples, in which the customer pauses. Whether speaking into
it is right (a lull) or wrong (the customer is thinking about a question) is for the rules to say.
"""

from dataclasses import dataclass

from trainer.records import Span
from trainer.turns.timing import length_s


@dataclass(frozen=True)
class AtMark:
    """``silence_s``: from the mark's beginning to the first word in it, at most the whole mark.

    ``began_after_s`` is None where nobody began to speak in the mark; ``before_s`` is how long was spoken in the line
    before the mark, back-channels left out.
    """

    silence_s: float
    began_after_s: float | None
    before_s: float


def at_mark(mark: Span, line_start_s: float, speech: tuple[Span, ...], back_channel_under_s: float) -> AtMark:
    """What the trainee did at a mark and before it; ``speech`` are their stretches in the turn, in order."""
    said = [span for span in speech if length_s(span) >= back_channel_under_s]
    before = [(max(start, line_start_s), min(end, mark[0])) for start, end in said]
    began = next((start - mark[0] for start, _ in said if mark[0] <= start < mark[1]), None)
    spoken_over = any(start < mark[0] < end for start, end in said)
    silence_s = 0.0 if spoken_over else length_s(mark) if began is None else began
    return AtMark(silence_s, began, sum(max(0.0, length_s(span)) for span in before))
