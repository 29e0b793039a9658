"""Findings that a coach sees otherwise, with the reason. The finding and the overruling stand beside each other."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from trainer.access import Person, Role
from trainer.store import tables
from trainer.store.database import Database

ROW = tables.Overrulings
STATES = ("kept", "broken", "not_called_for")
"""What a coach may say of a rule in a turn, where it is one of the voice or of the turn-taking."""
OF_WORDS = ("said", "not_said")
"""The same of a rule of the words: it is kept as a correction too (``trainer.corrections``), to measure the rule by."""


@dataclass(frozen=True)
class Overruling:
    """What a coach says of a rule in a turn, in place of what was found."""

    id: int
    person: str
    role: Role
    at: str
    turn: int
    rule: str
    state: str
    reason: str


class Overrulings:
    """What was overruled in all attempts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def say(self, attempt: str, who: Person, at: str, turn: int, rule: str, state: str, reason: str) -> None:
        """Keep it; one person's later word on the same rule of the same turn takes the place of the earlier."""
        about = {"attempt": attempt, "person": who.name, "role": who.role, "turn": turn, "rule": rule}
        with self._database.writing() as session:
            session.execute(delete(ROW).filter_by(**about))
            session.add(ROW(**about, at=at, state=state, reason=reason))

    def of(self, attempt: str) -> list[Overruling]:
        """All of an attempt, in the order in which they were said."""
        columns = (ROW.id, ROW.person, ROW.role, ROW.at, ROW.turn, ROW.rule, ROW.state, ROW.reason)
        with self._database.reading() as session:
            found = session.execute(select(*columns).where(ROW.attempt == attempt).order_by(ROW.id))
            return [Overruling(*row) for row in found]

    def withdraw(self, id: int) -> None:
        """It is not said any more."""
        with self._database.writing() as session:
            session.execute(delete(ROW).where(ROW.id == id))
