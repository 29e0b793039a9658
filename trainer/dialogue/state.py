"""Where a call stands, and what the customer says next."""

from dataclasses import dataclass

from trainer.records import Because, Difficulty


@dataclass(frozen=True)
class State:
    """The beat, the anger, and the customer's memory.

    ``used``: the wordings that were said · ``kept``: the words of advice that were kept, once for each time · ``told``:
    the facts that were asked for · ``offered``: what was offered or promised · ``tested``: the empty promises that were
    found out · ``calming``: answers in a row that calmed · ``over``: answers that left them at the end of their
    patience · ``abused``: they have had enough once already.
    """

    beat: str
    anger: float
    seed: int
    difficulty: Difficulty = "normal"
    turn: int = 1
    used: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    tested: tuple[str, ...] = ()
    calming: int = 0
    over: int = 0
    abused: bool = False


@dataclass(frozen=True)
class Reply:
    """The customer's next line, and why the anger moved. ``over``: nothing is to be answered any more.

    ``heard``: the anger that the line is spoken with, which swells and falls with the beats; ``anger_after`` is what
    the trainee has to do with.
    """

    state: State
    line: str
    beat: str
    anger_before: float
    anger_after: float
    because: tuple[Because, ...]
    over: bool
    heard: float
