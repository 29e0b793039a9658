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
SURE = 8.0
"""Standard deviations above chance. The greatest of 8000 delays reaches 4 by chance, and 8 never."""
SOFTEST_DB = -50.0
"""A leak that is softer lies under the noise of any room: our choice."""

Spectrum = npt.NDArray[np.complex128]


@dataclass(frozen=True)
class Leak:
    """``level_db``: of what is heard against what was played · ``delay_s``: how much later it is heard."""

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
    level_db = _level_db(played, captured, at)
    return Leak(level_db, at / RATE_HZ) if level_db >= SOFTEST_DB else None


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
