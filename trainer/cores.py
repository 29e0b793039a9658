"""Matrices on one core: the others are busy, and to wait for them costs ten times."""

from functools import cache
from typing import Any


def one_core() -> Any:
    """A context in which numpy multiplies matrices on one core only."""
    return _threads().limit(limits=1, user_api="blas")


@cache
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
