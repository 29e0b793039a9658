"""What is done on how many cores. Matrices on one: the others are busy, and to wait for them costs ten times."""

import os
from functools import cache
from typing import Any

AT_ONCE = min(2, os.cpu_count() or 1)
"""So many answers are recognised side by side, for different calls; more would need memory for each."""


def one_core() -> Any:
    """A context in which numpy multiplies matrices on one core only."""
    return _threads().limit(limits=1, user_api="blas")


@cache
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
