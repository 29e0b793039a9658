"""What is rehearsed in a course: scenarios that its instructor has assigned, and the one pushed to everybody last."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from trainer.store import tables
from trainer.store.database import Database

ROW = tables.Programme


@dataclass(frozen=True)
class Assigned:
    """A scenario of a course; ``pushed``: it is on everybody's page now."""

    scenario: str
    pushed: bool


class Programme:
    """The scenarios of all courses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, course: int) -> list[Assigned]:
        """The scenarios of a course, in the order in which they were assigned."""
        with self._database.reading() as session:
            found = session.execute(select(ROW.scenario, ROW.pushed_at).where(ROW.course == course).order_by(ROW.id))
            return [Assigned(row.scenario, bool(row.pushed_at)) for row in found]

    def assign(self, course: int, scenario: str) -> None:
        """It is to be rehearsed, when one likes."""
        with self._database.writing() as session:
            if session.execute(select(ROW.id).filter_by(course=course, scenario=scenario)).first() is None:
                session.add(ROW(course=course, scenario=scenario, pushed_at=""))

    def push(self, course: int, scenario: str, at: str) -> None:
        """It is to be rehearsed now, by everybody; in place of the one before. With an empty one, nothing is."""
        if scenario:
            self.assign(course, scenario)
        with self._database.writing() as session:
            session.execute(update(ROW).where(ROW.course == course).values(pushed_at=""))
            session.execute(update(ROW).where(ROW.course == course, ROW.scenario == scenario).values(pushed_at=at))

    def drop(self, course: int, scenario: str) -> None:
        """It is not to be rehearsed any more."""
        with self._database.writing() as session:
            session.execute(delete(ROW).where(ROW.course == course, ROW.scenario == scenario))
