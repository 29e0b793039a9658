"""Turn-taking in figures: response latency, overlap and dead air, on the clock of captured samples.

Latency runs from the last sample of the customer's line to the first speech of the answer (human gaps have their
mode near 0.2 s: Stivers et al., PNAS 106:10587, 2009). An overlap belongs to whoever began second: speech that was
already under way when the line started is the customer's overlap. Back-channels ("mm-hm") are short and no
interruptions.
"""

from dataclasses import dataclass

from trainer.records import Span


@dataclass(frozen=True)
class Limits:
    """In seconds: speech shorter than ``back_channel_under_s`` inside a line is one; silence from which on it is dead
    air."""

    back_channel_under_s: float
    dead_air_from_s: float


@dataclass(frozen=True)
class Timing:
    """``latency_s`` is negative when the answer began inside the line; ``overlaps`` are the trainee's own."""

    latency_s: float | None
    overlaps: tuple[Span, ...]
    customer_overlaps: tuple[Span, ...]
    back_channels: tuple[Span, ...]
    silences: tuple[Span, ...]


def timing(
    line: Span,
    answer: Span | None,
    speech: tuple[Span, ...],
    ends_s: float,
    limits: Limits,
    customer: tuple[Span, ...] = (),
    lulls: tuple[Span, ...] = (),
) -> Timing:
    """How a turn was taken, from the line, the answer, the trainee's stretches of speech, and the turn's end.

    ``customer``: when else the customer spoke in this turn, which is nobody's silence and no overlap of the trainee's.
    ``lulls``: where in the line a word is welcome.
    """
    inside = [span for span in speech if line[0] < span[0] < line[1]]
    inside = [span for span in inside if not any(start <= span[0] < end for start, end in lulls)]
    short = [span for span in inside if length_s(span) < limits.back_channel_under_s]
    under_way = [span for span in speech if span[0] <= line[0] < span[1]]
    return Timing(
        latency_s=None if answer is None else answer[0] - _asked_s(line, answer, customer),
        overlaps=tuple((start, min(end, line[1])) for start, end in inside if (start, end) not in short),
        customer_overlaps=tuple((line[0], min(end, line[1])) for _, end in under_way if line[1] > line[0]),
        back_channels=tuple((start, min(end, line[1])) for start, end in short),
        silences=_silences(line[1], speech, customer, ends_s, limits.dead_air_from_s),
    )


def _asked_s(line: Span, answer: Span, customer: tuple[Span, ...]) -> float:
    """When the customer last ended before the answer."""
    return max((end for start, end in customer if start < answer[0]), default=line[1])


def _silences(
    line_end_s: float, speech: tuple[Span, ...], customer: tuple[Span, ...], ends_s: float, from_s: float
) -> tuple[Span, ...]:
    """Dead air before the answer and inside it, or in its place; the quiet by which an answer is known to have ended
    is none."""
    answered_s = max((end for _, end in speech), default=0.0)
    until_s, gaps = line_end_s, []
    for start, end in sorted(span for span in (*speech, *customer) if span[1] > line_end_s):
        gaps.append((until_s, start))
        until_s = max(until_s, end)
    if answered_s < until_s or not gaps:
        gaps.append((until_s, ends_s))
    return tuple(gap for gap in gaps if length_s(gap) >= from_s)


def length_s(span: Span) -> float:
    """How long a stretch is."""
    return span[1] - span[0]


def total_s(spans: tuple[Span, ...]) -> float:
    """How long stretches are together."""
    return sum(length_s(span) for span in spans)
