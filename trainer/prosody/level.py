"""What a recording's samples say about its level: the largest, and how many stand at full scale.

The volume itself, the active speech level of ITU-T P.56, has its home in ``trainer/loudness.py``.
"""

import numpy as np

from trainer.loudness import db
from trainer.records import Clip

CLIPPED = 32_700 / 32_768


def peak_dbfs(clip: Clip) -> float:
    """Level of the largest sample, in dBFS."""
    return db(float(np.max(np.abs(clip))) ** 2) if len(clip) else -200.0


def clipped_fraction(clip: Clip) -> float:
    """Share of samples at full scale."""
    return float(np.mean(np.abs(clip) >= CLIPPED)) if len(clip) else 0.0
