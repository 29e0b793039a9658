"""A coach's notes on an attempt, by the questions that the guides ask after a call; the trainee reads them."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import delete, select

from trainer.access import Person
from trainer.store import tables
from trainer.store.database import Database

ROW = tables.Notes
QUESTIONS = ("well", "wrong", "better")
"""What went well, what went wrong, what would be better: of the guides et and pl-1."""


class Notes:
    """The notes on all attempts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, attempt: str, who: Person, at: str, texts: Mapping[str, str]) -> None:
        """Keep somebody's notes by question, in place of their earlier ones; an empty one is none."""
        mine = {"attempt": attempt, "person": who.name, "role": who.role}
        with self._database.writing() as session:
            session.execute(delete(ROW).filter_by(**mine))
            session.add_all(ROW(**mine, at=at, question=one, text=text) for one, text in texts.items() if text)

    def of(self, attempt: str) -> dict[Person, dict[str, str]]:
        """The notes on an attempt, by who wrote them and by question."""
        wanted = select(ROW.person, ROW.role, ROW.question, ROW.text).where(ROW.attempt == attempt).order_by(ROW.id)
        found: dict[Person, dict[str, str]] = defaultdict(dict)
        with self._database.reading() as session:
            for row in session.execute(wanted):
                found[Person(row.role, row.person)][row.question] = row.text
        return dict(found)
