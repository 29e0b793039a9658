"""Speaking and silence at a mark in the customer's line: the lull after a wave, the quiet after a question.

A mark is a stretch of the line, on the clock of captured samples, in which the customer pauses. Whether speaking into
it is right (a lull) or wrong (the customer is thinking about a question) is for the rules to say.
"""

from trainer.records import AtMark, Line, Span
from trainer.turns.timing import length_s


def at_marks(line: Line, speech: tuple[Span, ...], back_channel_under_s: float) -> tuple[AtMark, ...]:
    """What the trainee did at each mark of a line; ``speech`` are their stretches in the turn, in order."""
    said = [span for span in speech if length_s(span) >= back_channel_under_s]
    found = []
    for mark in line.marks:
        before = [(max(start, line.start_s), min(end, mark.start_s)) for start, end in said]
        began = next((start - mark.start_s for start, _ in said if mark.start_s <= start < mark.end_s), None)
        spoken_over = any(start < mark.start_s < end for start, end in said)
        whole_s = mark.end_s - mark.start_s
        silence_s = 0.0 if spoken_over else whole_s if began is None else began
        before_s = sum(max(0.0, length_s(span)) for span in before)
        found.append(AtMark(mark.kind, mark.start_s < line.end_s, silence_s, began, before_s))
    return tuple(found)
