"""The manner in which customers speak: what anger does with the delivery, and the sounds that are no words.

``manner.yaml`` is the customary one; a voice file may have a curve of its own.
"""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np

from trainer.content import Content
from trainer.records import Curve, Decibels, Delivery, MarkKind, Seconds


@dataclass(frozen=True)
class Manner:
    """The curve from anger to delivery, the quiet at a mark, and the levels of breath and telephone line.

    ``breath_db`` is relative to the active level of the line, ``line_dbfs`` is the root mean square.
    """

    curve: Curve
    marks_s: dict[MarkKind, Seconds]
    breath_db: Decibels
    line_dbfs: Decibels


@cache
def customary() -> Manner:
    """What counts where a voice says nothing else."""
    found: Manner = Content(Path(__file__).with_name("manner.yaml")).record(Manner)
    return found


def delivery(anger: float, own: Curve) -> Delivery:
    """The delivery at an anger (0 … 1) by a voice's own curve, and the customary one where that is empty."""
    usual = customary().curve
    values = {}
    for field in fields(Delivery):
        curve = own if getattr(own, field.name) else usual
        values[field.name] = float(np.interp(anger, curve.anger, getattr(curve, field.name)))
    return Delivery(**values)
