"""Sound in flight: clips, and blocks of 20 ms."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

RATE_HZ = 16_000
"""Sampling rate of every clip, block and clock in the program."""

Clip: TypeAlias = npt.NDArray[np.float32]
"""Mono sound at 16 kHz, full scale ±1, shape (samples,)."""


@dataclass(frozen=True)
class Block:
    """20 ms of captured sound: PCM16, 320 samples, and whether the customer could be heard meanwhile."""

    number: int
    samples: npt.NDArray[np.int16]
    customer_sounds: bool
