"""Robust figures of few points: the slope of Theil and Sen, and the rank correlation of Spearman."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def theil_sen(x: Sequence[float], y: Sequence[float]) -> float | None:
    """The median of the slopes between all pairs of points with different x (Theil, Proc. KNAW 53:386, 1950; Sen,
    J. Am. Stat. Assoc. 63:1379, 1968): one wild point in three or four does not turn it. None where there is no pair.
    """
    dx, dy = (np.subtract.outer(np.asarray(one, float), np.asarray(one, float)) for one in (x, y))
    pairs = np.triu(dx != 0.0, 1)
    return float(np.median(dy[pairs] / dx[pairs])) if pairs.any() else None


def spearman(x: Sequence[float], y: Sequence[float]) -> float | None:
    """The correlation of the ranks, -1 to 1 (Spearman, Am. J. Psychol. 15:72, 1904), ties sharing their mean rank.
    None where one side does not move.
    """
    if len(x) < 2:
        return None
    a, b = _ranks(x), _ranks(y)
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float(np.clip((a * b).sum() / size, -1.0, 1.0)) if size else None


def _ranks(values: Sequence[float]) -> npt.NDArray[np.float64]:
    known = np.asarray(values, np.float64)
    below = (known[:, None] > known[None, :]).sum(axis=1)
    alike = (known[:, None] == known[None, :]).sum(axis=1)
    return np.asarray(below + (alike - 1) / 2.0, np.float64)
