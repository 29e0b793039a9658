"""Work that is begun before anybody knows that it is needed: in a pause that may be the end of the answer, while the
customer speaks. One thing at a time, beside the capture; what was begun for nothing is thrown away.

Nothing depends on it but time: whoever asks for a result gets the same one, begun ahead or not.
"""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from trainer import precedence
from trainer.precedence import Place, Urgency

T = TypeVar("T")


class Begun(Generic[T]):
    """Work that was begun; its errors wait for whoever asks for it. ``needs``: what has to be there before it."""

    def __init__(self, future: Future[T], place: Place, needs: Sequence["Begun[Any]"] = ()) -> None:
        self._future = future
        self._place = place
        self._needs = needs

    def done(self) -> bool:
        """Whether it is over."""
        return self._future.done()

    def failed(self) -> bool:
        """Whether it went wrong, of work that is over."""
        return self._future.exception() is not None

    def result(self) -> T:
        """What came of it; whoever asks waits for it."""
        self.hurry()
        return self._future.result()

    def wait(self) -> None:
        """Until it is over, without hurry."""
        self._future.exception()

    def hurry(self) -> None:
        """Somebody waits for it now."""
        if not self.done():
            for one in self._needs:
                one.hurry()
            precedence.hurry(self._place)

    def give_up(self) -> bool:
        """Nobody wants it any more; whether it is over, or was not begun yet and never will be."""
        return self._future.cancel() or precedence.give_up(self._place) or self.done()


class Ahead:
    """Begins work by a key, one thing after the other."""

    def __init__(self) -> None:
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._begun: dict[Hashable, Begun[Any]] = {}

    @property
    def idle(self) -> bool:
        """Whether nothing that was begun is still to be done."""
        return all(begun.done() for begun in self._begun.values())

    def begin(
        self, key: Hashable, work: Callable[[], T], urgency: Urgency, needs: Sequence[Begun[Any]] = ()
    ) -> Begun[T]:
        """What ``work`` will give once its ``needs`` are there, or what was begun for ``key`` before."""
        if urgency == Urgency.WAITED_FOR:
            self._hurry()
        if key not in self._begun:
            place = Place(urgency)
            self._begun[key] = Begun(self._beside.submit(lambda: _done(place, work, needs)), place, needs)
        return self._begun[key]

    def give_up(self, but: Hashable = None) -> None:
        """Forget what was begun, ``but`` this; what has not been started yet never is."""
        self._begun = {key: begun for key, begun in self._begun.items() if key == but or not begun.give_up()}

    def close(self) -> None:
        """Let go of the worker, without waiting for it."""
        self._beside.shutdown(wait=False, cancel_futures=True)

    def _hurry(self) -> None:
        """What was begun stands before what somebody waits for."""
        for begun in self._begun.values():
            begun.hurry()


def _done(place: Place, work: Callable[[], T], needs: Sequence[Begun[Any]]) -> T:
    for one in needs:
        one.wait()
    return precedence.at_its_turn(place, work)
