"""Rounds of the room: one rehearses at the only headset, the others mark what they hear, and then see what it was.

What was measured is the speaker's own: the others see it only in a round to which its speaker has agreed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from trainer.store import people, tables
from trainer.store.database import Database

ROW, MARK = tables.Rounds, tables.Marks


@dataclass(frozen=True)
class Round:
    """Who rehearses what; ``agreed``: they agreed to it; ``attempt``: their call, once it has begun; ``revealed``."""

    id: int
    course: int
    person: str
    scenario: str
    agreed: bool
    attempt: str
    revealed: bool


@dataclass(frozen=True)
class Mark:
    """What somebody heard: whether the speaker slowed down, spoke lower, and a rule; empty where they did not say."""

    person: str
    slower: str
    lower: str
    rule: str


class Rounds:
    """The rounds of all courses; in each course one goes on at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, course: int, person: str, scenario: str, at: str) -> None:
        """Ask somebody to rehearse before the others; the round before is over."""
        with self._database.writing() as session:
            session.execute(update(ROW).where(ROW.course == course, ROW.closed_at == "").values(closed_at=at))
            asked = {"agreed_at": "", "attempt": "", "revealed_at": "", "closed_at": ""}
            session.add(ROW(course=course, person=people.name(person), scenario=scenario, **asked))

    def now(self, course: int) -> Round | None:
        """The round that goes on in a course, if any."""
        wanted = select(ROW).where(ROW.course == course, ROW.closed_at == "").order_by(ROW.id.desc())
        with self._database.reading() as session:
            one = session.scalars(wanted).first()
            if one is None:
                return None
            done = bool(one.agreed_at), one.attempt, bool(one.revealed_at)
            return Round(one.id, one.course, one.person, one.scenario, *done)

    def agree(self, round: int, at: str) -> None:
        """Whoever was asked agrees to it."""
        self._set(round, agreed_at=at)

    def begun(self, person: str, scenario: str, attempt: str) -> None:
        """A call begins: it is the one of the round in which its speaker agreed to rehearse it, if there is one."""
        mine = (ROW.person == people.name(person), ROW.scenario == scenario, ROW.agreed_at != "")
        change = update(ROW).where(*mine, ROW.revealed_at == "", ROW.closed_at == "").values(attempt=attempt)
        with self._database.writing() as session:
            session.execute(change)

    def reveal(self, round: int, at: str) -> None:
        """Everybody sees what was measured; nothing can be marked any more."""
        self._set(round, revealed_at=at)

    def close(self, round: int, at: str) -> None:
        """The round is over, and goes from all pages."""
        self._set(round, closed_at=at)

    def mark(self, round: int, mark: Mark, at: str) -> bool:
        """Keep what somebody heard, in place of what they marked before; False where that comes too late."""
        with self._database.writing() as session:
            one = session.get(ROW, round)
            if one is None or one.revealed_at or one.closed_at:
                return False
            session.execute(delete(MARK).where(MARK.round == round, MARK.person == mark.person))
            session.add(MARK(round=round, at=at, **vars(mark)))
            return True

    def marks(self, round: int) -> Sequence[Mark]:
        """What was marked in a round."""
        wanted = select(MARK.person, MARK.slower, MARK.lower, MARK.rule).where(MARK.round == round).order_by(MARK.id)
        with self._database.reading() as session:
            return [Mark(*row) for row in session.execute(wanted)]

    def _set(self, round: int, **values: str) -> None:
        with self._database.writing() as session:
            session.execute(update(ROW).where(ROW.id == round).values(**values))
