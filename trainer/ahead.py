"""Work that is begun before anybody knows that it is needed: in a pause that may be the end of the answer, while the
customer speaks. One thing at a time, beside the capture; what was begun for nothing is thrown away.

Nothing depends on it but time: whoever asks for a result gets the same one, begun ahead or not.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


class Ahead:
    """Begins work by a key, one thing after the other."""

    def __init__(self) -> None:
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._begun: dict[Hashable, Future[Any]] = {}

    @property
    def idle(self) -> bool:
        """Whether nothing that was begun is still to be done."""
        return all(begun.done() for begun in self._begun.values())

    def begin(self, key: Hashable, work: Callable[[], T]) -> Future[T]:
        """What ``work`` will give, or what was begun for ``key`` before; its errors wait for whoever asks for it."""
        if key not in self._begun:
            self._begun[key] = self._beside.submit(work)
        return self._begun[key]

    def give_up(self) -> None:
        """Forget what was begun; what has not been started yet never is."""
        self._begun = {key: begun for key, begun in self._begun.items() if not (begun.cancel() or begun.done())}

    def close(self) -> None:
        """Let go of the worker, without waiting for it."""
        self._beside.shutdown(wait=False, cancel_futures=True)
