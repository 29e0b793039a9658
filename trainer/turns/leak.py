"""Whether the microphone hears the headphones: the customer's own sound in the captured one, at a level and a delay.

The generalised cross-correlation with phase transform (Knapp & Carter, IEEE Trans. ASSP 24:320, 1976), averaged over
windows of two seconds. A sound that has nothing to do with the one that was played gives noise of a known height, with
whom- and whatever in the room; a leak stands out of it, also far below the trainee's voice, because that leaves gaps.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.records import RATE_HZ, Clip

WINDOW = 32768
LONGEST_DELAY_S = 0.5
LEAST_S = 0.6
SURE = 12.0
"""Standard deviations above chance. People who talk over a line reached 10.5 in 144 trials, a leak 40 dB under the line
24 and more through their voices. Two lines of one speech engine share some of its noise and may reach 36, so a trainee
out of the customer's own engine may be taken for a leak."""
Spectrum = npt.NDArray[np.complex128]


@dataclass(frozen=True)
class Leak:
    """``delay_s``: how much later the customer is heard than played · ``level_db``: how loud against it, good to 0.5 dB
    where nobody else speaks, and rough where somebody does."""

    level_db: float
    delay_s: float


def find(played: Clip, captured: Clip) -> Leak | None:
    """The leak of ``played`` into ``captured``, which begin with the same sample of the clock; None where there is none
    that could be told."""
    size = min(len(played), len(captured))
    if size < LEAST_S * RATE_HZ:
        return None
    played, captured = played[:size], captured[:size]
    windows = range(0, max(size - WINDOW // 2, 1), WINDOW // 2)
    crossed = [_phase(_spectrum(captured, at), _spectrum(played, at)) for at in windows]
    correlation = np.fft.irfft(np.mean(crossed, axis=0))
    late, chance = correlation[: round(LONGEST_DELAY_S * RATE_HZ)], float(np.std(correlation))
    at = int(np.argmax(late))
    if chance == 0.0 or late[at] < SURE * chance:
        return None
    return Leak(_level_db(played, captured, at), at / RATE_HZ)


def _spectrum(clip: Clip, at: int) -> Spectrum:
    part = clip[at : at + WINDOW].astype(np.float64)
    return np.fft.rfft(part * np.hanning(len(part)), 2 * WINDOW)


def _phase(heard: Spectrum, played: Spectrum) -> Spectrum:
    cross = heard * np.conj(played)
    size = np.abs(cross)
    return np.divide(cross, size, out=np.zeros_like(cross), where=size > 0.0)


def _level_db(played: Clip, captured: Clip, delay: int) -> float:
    """Of the part of ``captured`` that is ``played``, by least squares."""
    heard, source = captured[delay:].astype(np.float64), played[: len(captured) - delay].astype(np.float64)
    gain = float(np.dot(heard, source) / max(np.dot(source, source), 1e-12))
    return 20.0 * float(np.log10(max(abs(gain), 1e-6)))
