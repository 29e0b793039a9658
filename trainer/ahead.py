"""Work that is begun before anybody knows that it is needed: in a pause that may be the end of the answer, while the
customer speaks. One thing at a time, beside the capture; what was begun for nothing is thrown away.

Nothing depends on it but time: whoever asks for a result gets the same one, begun ahead or not.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Begins work by a key, and gives its result, or makes it now where another or none was begun."""

    def __init__(self) -> None:
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._key: Hashable = None
        self._begun: Future[T] | None = None
        self.closed = False
        """Whether nobody waits any more: long work may look, and stop."""

    def begin(self, key: Hashable, work: Callable[[], T]) -> None:
        """Begin ``work``, unless it is begun already; what was begun for another key is given up."""
        if self._begun is not None and key == self._key:
            return
        self.give_up()
        self._key, self._begun = key, self._beside.submit(work)

    def result(self, key: Hashable, work: Callable[[], T]) -> T:
        """The result for ``key``. Raises what ``work`` raises."""
        if self._begun is None or key != self._key:
            self.give_up()
            return work()
        begun, self._begun = self._begun, None
        return begun.result()

    def give_up(self) -> None:
        """Forget what was begun; what has not been started yet never is."""
        if self._begun is not None:
            self._begun.cancel()
        self._key, self._begun = None, None

    def close(self) -> None:
        """Let go of the worker, without waiting for it."""
        self.closed = True
        self.give_up()
        self._beside.shutdown(wait=False, cancel_futures=True)
