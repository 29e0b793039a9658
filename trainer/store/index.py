"""The attempts by person, without opening every folder: a table that mends itself by the folders when it is read."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from trainer.store import Attempts, Summary, people, tables
from trainer.store.database import Database

ROW = tables.Attempts
NOT_OVER = ("recording", "recovered")
"""States in which a report may still come."""


class Index:
    """What the folders hold, as rows."""

    def __init__(self, database: Database, kept: Attempts) -> None:
        self._database = database
        self._kept = kept

    def of(self, person: str) -> list[Summary]:
        """A person's attempts, the newest first."""
        return self._read(people.name(person))

    def everybody(self) -> list[Summary]:
        """All attempts, the newest first."""
        return self._read(None)

    def refresh(self) -> None:
        """Take in folders that are new or were not over; drop rows whose folder is gone."""
        folders = set(self._kept.ids())
        with self._database.reading() as session:
            known = {row.attempt: row.state for row in session.execute(select(ROW.attempt, ROW.state))}
        changed = [one for one in folders if known.get(one, NOT_OVER[0]) in NOT_OVER]
        found = [self._kept.summary(one) for one in changed]
        found = [one for one in found if known.get(one.attempt) != one.state]
        gone = known.keys() - folders
        if found or gone:
            with self._database.writing() as session:
                _write(session, found, gone)

    def _read(self, trainee: str | None) -> list[Summary]:
        self.refresh()
        wanted = select(ROW.attempt, ROW.scenario, ROW.trainee, ROW.started_at, ROW.state, ROW.turns)
        wanted = wanted.order_by(ROW.attempt.desc())
        if trainee is not None:
            wanted = wanted.where(ROW.trainee == trainee)
        with self._database.reading() as session:
            return [Summary(*row) for row in session.execute(wanted)]


def _write(session: Session, found: list[Summary], gone: set[str]) -> None:
    """Another thread may have written the same; the later one replaces it."""
    session.execute(delete(ROW).where(ROW.attempt.in_(gone)))
    for one in found:
        session.merge(ROW(**{**vars(one), "trainee": people.name(one.trainee)}))
