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


def timing(line: Span, answer: Span | None, speech: tuple[Span, ...], ends_s: float, limits: Limits) -> Timing:
    """How a turn was taken, from the line, the answer, the trainee's stretches of speech, and the turn's end."""
    inside = [span for span in speech if line[0] < span[0] < line[1]]
    short = [span for span in inside if length_s(span) < limits.back_channel_under_s]
    under_way = [span for span in speech if span[0] <= line[0] < span[1]]
    return Timing(
        latency_s=None if answer is None else answer[0] - line[1],
        overlaps=tuple((start, min(end, line[1])) for start, end in inside if (start, end) not in short),
        customer_overlaps=tuple((line[0], min(end, line[1])) for _, end in under_way if line[1] > line[0]),
        back_channels=tuple((start, min(end, line[1])) for start, end in short),
        silences=_silences(line[1], speech, ends_s, limits.dead_air_from_s),
    )


def _silences(line_end_s: float, speech: tuple[Span, ...], ends_s: float, from_s: float) -> tuple[Span, ...]:
    """Dead air before the answer and inside it, or in its place; the quiet by which an answer is known to have ended
    is none."""
    edges = [line_end_s, *(edge for span in speech if span[1] > line_end_s for edge in span)]
    gaps = list(zip(edges[::2], edges[1::2], strict=False)) or [(line_end_s, ends_s)]
    return tuple(gap for gap in gaps if length_s(gap) >= from_s)


def length_s(span: Span) -> float:
    """How long a stretch is."""
    return span[1] - span[0]


def total_s(spans: tuple[Span, ...]) -> float:
    """How long stretches are together."""
    return sum(length_s(span) for span in spans)
