"""A line as it sounds: its parts in a row with quiet at the marks, a breath before it, and the telephone beneath.

All of it has one level, and everything in it is repeatable: the noises have fixed seeds.
"""

from collections.abc import Sequence

import numpy as np

from trainer.loudness import active_level, at_level
from trainer.records import RATE_HZ, Clip, Delivery, Mark, MarkKind
from trainer.tts import telephone
from trainer.tts.manner import customary
from trainer.tts.noise import noise
from trainer.tts.render import Array, limited

BREATH_HZ = (500.0, 4000.0)
"""Where the noise of an inhalation through the mouth is."""
AFTER_BREATH_S = 0.06


def whole(pieces: Sequence[Array | MarkKind], delivery: Delivery) -> tuple[Clip, tuple[Mark, ...]]:
    """The sound of a line at the level of its delivery, and its marks, in seconds of that sound.

    ``pieces``: the sounds of its parts, at levels that belong together, and the marks between them.
    """
    row: list[Array] = []
    marks: list[Mark] = []
    spoken = False
    for piece in pieces:
        if isinstance(piece, str):
            start_s = sum(map(len, row)) / RATE_HZ
            quiet_s = customary().marks_s[piece]
            row.append(np.zeros(round(quiet_s * RATE_HZ)))
            marks.append(Mark(piece, start_s, start_s + quiet_s))
        else:
            row += [piece] if spoken else [_breath(delivery.breath_s, piece), piece]
            spoken = True
    samples = np.concatenate(row)
    if not samples.any():
        return samples.astype(np.float32), tuple(marks)
    samples = at_level(samples, delivery.level_dbfs)
    return limited(samples + telephone.quiet(len(samples))).astype(np.float32), tuple(marks)


def _breath(seconds: float, before: Array) -> Array:
    """An inhalation that swells and breaks off, so far under the active level of what it comes before."""
    level = active_level(before)
    if seconds <= 0.0 or level is None:
        return np.zeros(0)
    count = round(seconds * RATE_HZ)
    at = np.arange(count) / count
    swell = np.sin(np.pi * at**1.5) ** 2
    breath = noise(count, BREATH_HZ, 2) * swell
    breath *= 10 ** ((level[0] + customary().breath_db) / 20) / np.sqrt(np.mean(np.square(breath)))
    return np.concatenate([breath, np.zeros(round(AFTER_BREATH_S * RATE_HZ))])
