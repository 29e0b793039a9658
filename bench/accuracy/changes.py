"""Speech changed by a known amount: height and tempo by PSOLA (Praat) or WORLD, brightness by a shelf, level by a gain.

E. Moulines & F. Charpentier, "Pitch-synchronous waveform processing techniques", Speech Communication 9:453 (1990),
as "overlap-add" in Praat; M. Morise et al., WORLD, IEICE Trans. E99-D (2016), fed with Praat's pitch.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.accuracy import oracle
from trainer import sound
from trainer.records import RATE_HZ, Clip

Track = npt.NDArray[np.float64]

WORLD_FRAME_S = 0.005
SHELF_HZ = 1000.0


@dataclass(frozen=True)
class Change:
    """What is done to a clip. ``duration`` multiplies its length: 1.15 is slower by 13 %."""

    by: str = "psola"
    pitch_st: float = 0.0
    duration: float = 1.0
    level_db: float = 0.0
    shelf_db: float = 0.0


def changed(clip: Clip, change: Change) -> Clip:
    """``clip`` with everything of ``change`` done to it."""
    out = clip
    if change.pitch_st or change.duration != 1.0:
        out = (psola if change.by == "psola" else world)(clip, change.pitch_st, change.duration)
    if change.shelf_db:
        out = shelf(out, change.shelf_db)
    return np.asarray(out * 10 ** (change.level_db / 20), np.float32)


def as_written(clip: Clip) -> Clip:
    """What a 16-bit file keeps of it: clipped at full scale."""
    return sound.from_pcm(sound.to_pcm(clip))


def psola(clip: Clip, pitch_st: float, duration: float) -> Clip:
    """Height moved by ``pitch_st``, length multiplied by ``duration``, each without the other."""
    from parselmouth.praat import call

    manipulation = call(oracle.praat_sound(clip), "To Manipulation", 0.01, oracle.LOWEST_HZ, oracle.HIGHEST_HZ)
    length_s = len(clip) / RATE_HZ
    if pitch_st:
        tier = call(manipulation, "Extract pitch tier")
        call(tier, "Multiply frequencies", 0.0, length_s, 2.0 ** (pitch_st / 12.0))
        call([tier, manipulation], "Replace pitch tier")
    if duration != 1.0:
        tier = call("Create DurationTier", "d", 0.0, length_s)
        call(tier, "Add point", 0.0, duration)
        call([tier, manipulation], "Replace duration tier")
    made = np.asarray(call(manipulation, "Get resynthesis (overlap-add)").values[0], np.float32)
    assert abs(len(made) / len(clip) / duration - 1.0) < 0.02, "Praat made another length than it was asked for"
    return made


def world(clip: Clip, pitch_st: float, duration: float) -> Clip:
    """The same by WORLD."""
    return resynthesised(clip, pitch_st, duration)[0]


def resynthesised(clip: Clip, pitch_st: float, duration: float = 1.0) -> tuple[Clip, Track]:
    """By WORLD, with the F0 that it was given, one value in 5 ms, 0 where unvoiced."""
    import pyworld

    samples = np.asarray(clip, np.float64)
    at_s: Track = np.arange(int(len(samples) / RATE_HZ / WORLD_FRAME_S) + 1, dtype=np.float64) * WORLD_FRAME_S
    f0_hz = oracle.praat_f0(clip, at_s)
    envelope = pyworld.cheaptrick(samples, f0_hz, at_s, RATE_HZ)
    noise = pyworld.d4c(samples, f0_hz, at_s, RATE_HZ)
    moved_hz = np.ascontiguousarray(f0_hz * 2.0 ** (pitch_st / 12.0))
    made = pyworld.synthesize(moved_hz, envelope, noise, RATE_HZ, WORLD_FRAME_S * 1000.0 * duration)
    return np.asarray(made, np.float32), moved_hz


def shelf(clip: Clip, gain_db: float) -> Clip:
    """High shelf at 1 kHz (R. Bristow-Johnson's cookbook, slope 1): ``gain_db`` above, 0 dB below."""
    from scipy.signal import lfilter

    root = 10.0 ** (gain_db / 40.0)
    w = 2.0 * np.pi * SHELF_HZ / RATE_HZ
    c, s = np.cos(w), np.sin(w) * np.sqrt(2.0) * np.sqrt(root)
    b = [root * (root + 1 + (root - 1) * c + s), -2 * root * (root - 1 + (root + 1) * c)]
    b.append(root * (root + 1 + (root - 1) * c - s))
    a = [root + 1 - (root - 1) * c + s, 2 * (root - 1 - (root + 1) * c), root + 1 - (root - 1) * c - s]
    return np.asarray(lfilter(b, a, clip), np.float32)
