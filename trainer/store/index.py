"""The attempts by person, without opening every folder: a table that mends itself by the folders when it is read."""

from contextlib import suppress

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
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
        found = [one for one in map(self._summary, changed) if one and known.get(one.attempt) != one.state]
        gone = known.keys() - folders
        if found or gone:
            with suppress(IntegrityError), self._database.writing() as session:  # another has just written the same
                _write(session, found, gone)

    def _summary(self, name: str) -> Summary | None:
        """None where it was removed since the folders were listed."""
        try:
            return self._kept.summary(name)
        except FileNotFoundError:
            return None

    def _read(self, trainee: str | None) -> list[Summary]:
        self.refresh()
        wanted = select(ROW.attempt, ROW.scenario, ROW.trainee, ROW.started_at, ROW.state, ROW.turns)
        if trainee is not None:
            wanted = wanted.where(ROW.trainee == trainee)
        with self._database.reading() as session:
            found = [Summary(*row) for row in session.execute(wanted)]
        return sorted(found, key=lambda one: one.attempt, reverse=True)  # as the folders are, in every database


def _write(session: Session, found: list[Summary], gone: set[str]) -> None:
    session.execute(delete(ROW).where(ROW.attempt.in_(gone)))
    for one in found:
        session.merge(ROW(**{**vars(one), "trainee": people.name(one.trainee)}))
