"""Where speech is: stretches between pauses of at least 0.25 s.

Where speech begins and ends is told by its energy, whether it is speech at all by Silero: a run of loud frames, closed
over gaps under 0.25 s, is speech when Silero hears some in at least a fifth of it. Silero alone bridges pauses and
blurs their edges, energy alone takes a slammed door for speech. The energy limit lies 6 dB above the noise, but never
more than 25 dB below the loud frames (de Jong & Wempe, Behav. Res. Methods 41:385, 2009, use the same 25 dB) nor less
than 12 dB. Silero does not know a shout from about 500 Hz on; there, a sure pitch with overtones speaks for it.
"""

import numpy as np
import numpy.typing as npt

from trainer.records import Span
from trainer.voicing import HOP_S

SHOUT_HZ = 350.0
SURE = 0.8
OVERTONES = 0.01
SHORTEST_PAUSE_S = 0.25
SHORTEST_SPEECH_S = 0.08
SPEECH = 0.3
SPEECH_SHARE = 0.2
ABOVE_NOISE_DB = 6.0
LOWEST_DB, HIGHEST_DB = -25.0, -12.0

Frames = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def shouted(f0_hz: Frames, confidence: Frames, overtones: Frames) -> Mask:
    """Frames that sound like a shout; ``overtones`` is the share of their power from 1150 Hz on, which no beep has."""
    return (f0_hz >= SHOUT_HZ) & (confidence >= SURE) & (overtones >= OVERTONES)


def spans(energy_db: Frames, likely: Mask) -> tuple[Span, ...]:
    """The stretches of speech in seconds, from the energy of each frame and whether it sounds like speech."""
    if not likely.any():
        return ()
    loud = float(np.percentile(energy_db[likely], 95))
    noise = float(np.percentile(energy_db, 5))
    limit = float(np.clip(noise + ABOVE_NOISE_DB, loud + LOWEST_DB, loud + HIGHEST_DB))
    return tuple(run for run in _runs(energy_db >= limit) if np.mean(likely[frames(run)]) >= SPEECH_SHARE)


def mask(stretches: tuple[Span, ...], count: int) -> Mask:
    """Which of ``count`` frames lie in the stretches."""
    inside = np.zeros(count, np.bool_)
    for stretch in stretches:
        inside[frames(stretch)] = True
    return inside


def frames(span: Span) -> slice:
    """The frames of a stretch."""
    return slice(round(span[0] / HOP_S), round(span[1] / HOP_S))


def _runs(loud: Mask) -> tuple[Span, ...]:
    """Runs of loud frames; gaps under 0.25 s are closed, then runs under 0.08 s dropped."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], loud.astype(np.int8), [0]])))
    joined: list[list[int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if joined and (start - joined[-1][1]) * HOP_S < SHORTEST_PAUSE_S:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    runs = ((start * HOP_S, end * HOP_S) for start, end in joined)
    return tuple(run for run in runs if run[1] - run[0] >= SHORTEST_SPEECH_S)


def away(speech: Mask, seconds: float) -> Mask:
    """Frames that are so far away from all speech."""
    from scipy.ndimage import binary_dilation

    return ~np.asarray(binary_dilation(speech, iterations=round(seconds / HOP_S)), np.bool_)
