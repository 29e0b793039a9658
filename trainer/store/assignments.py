"""What coaches ask trainees to rehearse: a scenario, until when, how often at least, and what is to be reached."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select

from trainer.access import Person, Role
from trainer.errors import NotFound
from trainer.store import people, tables
from trainer.store.database import Database
from trainer.words import say

ROW = tables.Assignments
COLUMNS = (ROW.id, ROW.person, ROW.role, ROW.at, ROW.trainee, ROW.scenario, ROW.due, ROW.least, ROW.goal)


@dataclass(frozen=True)
class Assignment:
    """What ``person`` asked ``trainee`` for: at least so many calls by the end of the day ``due`` (ISO 8601, UTC), and
    the ``goal`` in one of them (empty: none)."""

    id: int
    person: str
    role: Role
    at: str
    trainee: str
    scenario: str
    due: str
    least: int
    goal: str


class Assignments:
    """All that stand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, who: Person, at: str, trainee: str, scenario: str, due: str, least: int, goal: str = "") -> None:
        """Keep one."""
        asked = {"trainee": people.name(trainee), "scenario": scenario, "due": due, "least": least, "goal": goal}
        with self._database.writing() as session:
            session.add(ROW(person=who.name, role=who.role, at=at, **asked))

    def by(self, who: Person) -> list[Assignment]:
        """Those that somebody gave, in the order in which they are due."""
        return self._read(ROW.person == who.name, ROW.role == who.role)

    def of(self, trainee: str) -> list[Assignment]:
        """Those of a trainee, in the order in which they are due."""
        return self._read(ROW.trainee == people.name(trainee))

    def get(self, id: int) -> Assignment:
        """The assignment. Raises NotFound where there is none."""
        found = self._read(ROW.id == id)
        if not found:
            raise NotFound(say("web.not_found"))
        return found[0]

    def withdraw(self, id: int) -> None:
        """It is not asked for any more."""
        with self._database.writing() as session:
            session.execute(delete(ROW).where(ROW.id == id))

    def _read(self, *which: ColumnElement[bool]) -> list[Assignment]:
        with self._database.reading() as session:
            found = session.execute(select(*COLUMNS).where(*which).order_by(ROW.due, ROW.id))
            return [Assignment(*row) for row in found]
