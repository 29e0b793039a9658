"""A sound cut at its pauses, for a decoder that has passed over a sentence which it took for the one before."""

import numpy as np
import numpy.typing as npt

from trainer.records import Span
from trainer.voicing import HOP_S

PAUSE_S = 0.3
LEAST_S = 1.0
"""Speech in a stretch: of less the decoder makes nothing."""

AROUND_S = 0.2

Mask = npt.NDArray[np.bool_]


def stretches(speech: Mask) -> list[Span]:
    """The sound from pause to pause in seconds, with a little quiet around each; ``speech`` by frames of 16 ms."""
    found: list[list[int]] = []
    edges = np.flatnonzero(np.diff(np.concatenate([[0], speech.astype(np.int8), [0]])))
    for start, end in edges.reshape(-1, 2).tolist():
        if found and ((start - found[-1][1]) * HOP_S < PAUSE_S or _short(found[-1])):
            found[-1][1] = end
        else:
            found.append([start, end])
    if len(found) > 1 and _short(found[-1]):
        last = found.pop()
        found[-1][1] = last[1]
    return [(max(0.0, start * HOP_S - AROUND_S), min(speech.size, end) * HOP_S + AROUND_S) for start, end in found]


def _short(stretch: list[int]) -> bool:
    return (stretch[1] - stretch[0]) * HOP_S < LEAST_S
