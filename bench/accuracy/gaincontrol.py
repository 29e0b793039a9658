"""A plausible automatic gain control: what browsers and headsets do to a voice, each recording on its own.

A peak-ish level detector drives the gain towards a target: quickly down (attack), slowly up (release), within a cap.
While nobody speaks the gain goes on rising, as simple controls let it, and the room is heard to swell.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.records import RATE_HZ, Clip

_BLOCK_S = 0.01


@dataclass(frozen=True)
class Control:
    """Where it wants the level, how fast it goes there, how far it may go, and how much its target drifts."""

    target_dbfs: float = -18.0
    attack_s: float = 0.05
    release_s: float = 1.5
    cap_db: float = 25.0
    drift_db: float = 1.0
    drift_s: float = 7.0


def controlled(clip: Clip, control: Control = Control()) -> Clip:
    """``clip`` after the control."""
    block = round(_BLOCK_S * RATE_HZ)
    count = -(-len(clip) // block)
    padded = np.pad(clip, (0, count * block - len(clip))).reshape(count, block)
    level_db = 10.0 * np.log10(np.mean(padded.astype(np.float64) ** 2, axis=1) + 1e-12)
    gains_db = _gains_db(level_db, control)
    at = (np.arange(count) + 0.5) * block
    return np.asarray(clip * 10 ** (np.interp(np.arange(len(clip)), at, gains_db) / 20), np.float32)


def _gains_db(level_db: npt.NDArray[np.float64], control: Control) -> npt.NDArray[np.float64]:
    down, up = (1.0 - np.exp(-_BLOCK_S / seconds) for seconds in (control.attack_s, control.release_s))
    gain_db, gains = 0.0, []
    for number, level in enumerate(level_db.tolist()):
        drift = control.drift_db * np.sin(2.0 * np.pi * number * _BLOCK_S / control.drift_s)
        wanted = min(max(control.target_dbfs + drift - level, -control.cap_db), control.cap_db)
        gain_db += (wanted - gain_db) * (down if wanted < gain_db else up)
        gains.append(gain_db)
    return np.asarray(gains)
