"""Turn-taking in figures: response latency and overlap, on the clock of captured samples.

Latency runs from the last sample of the customer's line to the first speech of the answer (human gaps have their
mode near 0.2 s: Stivers et al., PNAS 106:10587, 2009). An overlap belongs to whoever began second: speech that
was already under way when the line started is not the trainee's interruption. Back-channels ("mm-hm") are short
and no interruptions.
"""

from dataclasses import dataclass

from trainer.records import Span

BACK_CHANNEL_S = 0.6


@dataclass(frozen=True)
class Timing:
    """``latency_s`` is negative when the answer began inside the line; ``overlaps`` are the trainee's own."""

    latency_s: float
    overlap_s: float
    overlaps: tuple[Span, ...]
    back_channels: tuple[Span, ...]


def timing(line: Span, answer: Span, speech: tuple[Span, ...]) -> Timing:
    """Latency and overlap of an answer, from the line's and the trainee's stretches of speech."""
    cuts = [(start, min(end, line[1])) for start, end in speech if line[0] < start < line[1]]
    whole = {start: end - start for start, end in speech}
    overlaps = tuple(cut for cut in cuts if whole[cut[0]] >= BACK_CHANNEL_S)
    back_channels = tuple(cut for cut in cuts if whole[cut[0]] < BACK_CHANNEL_S)
    return Timing(answer[0] - line[1], sum(end - start for start, end in overlaps), overlaps, back_channels)
