"""How loud a sound is: active speech level by ITU-T P.56 (12/2011, method B), loudness by ITU-R BS.1770-4.

P.56: the envelope is the rectified signal through two exponential averages of 30 ms; the sound is active while the
envelope has been over a threshold within the last 200 ms; the active level is the power over active time only, at the
threshold that lies 15.9 dB below it. dBFS: a full-scale square wave is 0 dBFS, a full-scale sine -3.01.
BS.1770: the power after a filter for the ear, in blocks of 400 ms, those left out that lie under -70 LUFS or more
than 10 LU under the mean of the others.

Both are counted while the sound goes by, so that an hour of it needs no memory, and after a high-pass far below any
voice: the offset of a cheap converter is no sound.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from trainer.records import RATE_HZ, Clip

Samples = TypeVar("Samples", npt.NDArray[np.float32], npt.NDArray[np.float64])

MARGIN_DB = 15.9
HANGOVER_S = 0.2
AVERAGING_S = 0.03
QUIETEST_DBFS = -75.0
"""Below this there is nothing but the noise of a converter: no active level."""
CLIPPED = 32_700 / 32_768
_STEP_DB = 0.05
_THRESHOLDS_DB = np.arange(-95.0, 0.0, _STEP_DB)
_GRAIN = 16
"""The envelope moves by 3 % at most in 1 ms, so it is looked at once in 16 samples."""
_HOLD = round(HANGOVER_S * RATE_HZ / _GRAIN)

RUMBLE_HZ = 15.0
"""First order: a voice of 60 Hz loses 0.3 dB of its fundamental, one of 100 Hz 0.1."""

HOP_S = 0.1
BLOCK_HOPS = 4
GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
_EAR = (
    # The two biquads of BS.1770, table 1 and 2, moved from 48 to 16 kHz by their analogue design
    # (gain dB, Q, Hz) of the shelf and (Q, Hz) of the high-pass: B. De Man, "Evaluation of implementations of the
    # EBU R128 loudness measurement", AES 145 (2018).
    (3.99984385397, 0.7071752369554193, 1681.9744509555319),
    (0.5003270373253953, 38.13547087613982),
)


@dataclass(frozen=True)
class Loudness:
    """Levels of a whole sound: active level and its activity (0 … 1), peak in dBFS, loudness in LUFS, clipping.

    ``active_dbfs`` and ``lufs`` are None where there is no sound.
    """

    duration_s: float
    active_dbfs: float | None
    activity: float
    peak_dbfs: float
    lufs: float | None
    clipped_fraction: float


def db(power: float) -> float:
    """Ten times the logarithm of a power; -200 for none."""
    return 10.0 * float(np.log10(max(power, 1e-20)))


def loudness(chunks: Iterable[Clip]) -> Loudness:
    """The levels of a sound that comes in pieces of whole milliseconds (multiples of 16 samples), but for the last."""
    active, ear = _ActiveLevel(), _Ear()
    count, clipped, peak = 0, 0, 0.0
    for chunk in chunks:
        if len(chunk):
            magnitude = np.abs(chunk)
            count += len(chunk)
            clipped += int(np.count_nonzero(magnitude >= CLIPPED))
            peak = max(peak, float(magnitude.max()))
            active.feed(chunk)
            ear.feed(chunk)
    level, activity = active.level() or (None, 0.0)
    return Loudness(count / RATE_HZ, level, activity, db(peak**2), ear.lufs(), clipped / max(count, 1))


def active_level(clip: Samples) -> tuple[float, float] | None:
    """Active level in dBFS and activity (0 … 1) of ``clip``; None where there is no sound."""
    meter = _ActiveLevel()
    if len(clip):
        meter.feed(clip)
    return meter.level()


def at_level(clip: Samples, dbfs: float) -> Samples:
    """``clip`` brought to an active level; silence stays silence."""
    found = active_level(clip)
    return clip if found is None else clip * clip.dtype.type(10 ** ((dbfs - found[0]) / 20))


class HighPass:
    """Takes away what lies under RUMBLE_HZ; begins as if the first sample had always been there."""

    def __init__(self) -> None:
        self._state: npt.NDArray[np.float64] | None = None

    def feed(self, chunk: Samples) -> Samples:
        """The next piece without its rumble."""
        from scipy.signal import butter, lfilter, lfilter_zi

        over, under = butter(1, RUMBLE_HZ, "highpass", fs=RATE_HZ)
        if self._state is None:
            self._state = lfilter_zi(over, under) * float(chunk[0])
        filtered, self._state = lfilter(over, under, chunk.astype(np.float64), zi=self._state)
        return np.asarray(filtered, chunk.dtype)


class _ActiveLevel:
    """P.56, 6.1 to 6.4; the thresholds are 0.05 dB apart in place of the interpolated 6 dB."""

    def __init__(self) -> None:
        self._energy = 0.0
        self._count = 0
        self._under = np.zeros(len(_THRESHOLDS_DB), np.int64)
        self._looked = 0
        self._states = [np.zeros(1), np.zeros(1)]
        self._last = np.zeros(_HOLD - 1)
        self._high_pass = HighPass()

    def feed(self, chunk: Samples) -> None:
        """Take in the next piece."""
        chunk = self._high_pass.feed(chunk)
        self._energy += float(np.sum(np.square(chunk, dtype=np.float64)))
        self._count += len(chunk)
        held_db = np.sort(20.0 * np.log10(np.maximum(self._held(self._envelope(chunk)), 1e-10)))
        self._under += np.searchsorted(held_db, _THRESHOLDS_DB)
        self._looked += len(held_db)

    def level(self) -> tuple[float, float] | None:
        """Active level and activity of all that was fed; None where there is no sound."""
        power_db = db(self._energy / max(self._count, 1))
        if self._count == 0 or power_db < QUIETEST_DBFS - 20.0:
            return None
        activity = 1.0 - self._under / self._looked
        levels = power_db - 10.0 * np.log10(np.maximum(activity, 1e-9))
        fits = np.flatnonzero((activity > 0) & (levels - _THRESHOLDS_DB <= MARGIN_DB))
        if len(fits) == 0 or levels[fits[0]] < QUIETEST_DBFS:
            return None
        return float(levels[fits[0]]), float(activity[fits[0]])

    def _envelope(self, chunk: Samples) -> npt.NDArray[np.float64]:
        """The rectified sound through both averages, once in 16 samples."""
        from scipy.signal import lfilter

        keep = float(np.exp(-1.0 / (RATE_HZ * AVERAGING_S)))
        envelope = np.abs(chunk).astype(np.float64)
        for number, state in enumerate(self._states):
            envelope, self._states[number] = lfilter([1.0 - keep], [1.0, -keep], envelope, zi=state)
        looked = envelope[_GRAIN - 1 :: _GRAIN]
        return looked if len(looked) else np.asarray([np.max(np.abs(chunk))], np.float64)

    def _held(self, envelope: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The envelope with its hangover."""
        from scipy.ndimage import maximum_filter1d

        whole = np.concatenate([self._last, envelope])
        self._last = whole[len(whole) - _HOLD + 1 :]
        held = maximum_filter1d(whole, _HOLD, origin=(_HOLD - 1) // 2, mode="constant")
        return np.asarray(held[_HOLD - 1 :])


class _Ear:
    """BS.1770-4 of one channel: power of the filtered sound in hops of 100 ms, four of which make a block."""

    def __init__(self) -> None:
        self._sections = np.array([_shelf(*_EAR[0]), _high_pass(*_EAR[1])])
        self._state = np.zeros((2, 2))
        self._rest = np.zeros(0)
        self._hops: list[float] = []

    def feed(self, chunk: Clip) -> None:
        """Take in the next piece."""
        from scipy.signal import sosfilt

        filtered, self._state = sosfilt(self._sections, chunk.astype(np.float64), zi=self._state)
        whole = np.concatenate([self._rest, filtered])
        hop = round(HOP_S * RATE_HZ)
        count = len(whole) // hop
        self._hops += np.mean(whole[: count * hop].reshape(count, hop) ** 2, axis=1).tolist()
        self._rest = whole[count * hop :]

    def lufs(self) -> float | None:
        """The integrated loudness; None under 0.4 s, and where every block is under the gate."""
        if len(self._hops) < BLOCK_HOPS:
            return None
        blocks = np.convolve(self._hops, np.full(BLOCK_HOPS, 1.0 / BLOCK_HOPS), "valid")
        loud = blocks[_lufs(blocks) >= GATE_LUFS]
        if len(loud) == 0:
            return None
        loud = loud[_lufs(loud) >= _lufs(np.mean(loud)) + RELATIVE_GATE_LU]
        return float(_lufs(np.mean(loud)))


def _lufs(power: "npt.NDArray[np.float64] | np.floating") -> npt.NDArray[np.float64]:
    return np.asarray(-0.691 + 10.0 * np.log10(np.maximum(power, 1e-20)))


def _shelf(gain_db: float, q: float, hz: float) -> list[float]:
    k = np.tan(np.pi * hz / RATE_HZ)
    high = 10 ** (gain_db / 20)
    middle = high**0.4996667741545416
    zeros = [high + middle * k / q + k * k, 2 * (k * k - high), high - middle * k / q + k * k]
    return [value / (1 + k / q + k * k) for value in (*zeros, 1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k)]


def _high_pass(q: float, hz: float) -> list[float]:
    k = np.tan(np.pi * hz / RATE_HZ)
    whole = 1 + k / q + k * k
    return [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / whole, (1 - k / q + k * k) / whole]
