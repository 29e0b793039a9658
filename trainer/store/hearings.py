"""Who had a call of somebody else's open, and when: kept before they hear anything, and shown to its speaker."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.access import Person, Role
from trainer.store import tables
from trainer.store.database import Database

ROW = tables.Hearings
SAME_VISIT = timedelta(minutes=30)
"""Who opens it again within this has not been away: our choice, more than the longest call."""
NOTED_EVERY = timedelta(minutes=1)
"""A page asks for dozens of sounds at once; the end of a visit is kept to this."""


@dataclass(frozen=True)
class Heard:
    """One visit."""

    person: str
    role: Role
    attempt: str
    first_at: str
    last_at: str


class Hearings:
    """The visits to all attempts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, who: Person, attempt: str, at: str) -> None:
        """Keep that they have it open at this moment."""
        with self._database.reading() as session:
            last = _last(session, who, attempt)
        if last and _between(last.last_at, at) < NOTED_EVERY:
            return
        with self._database.writing() as session:
            last = _last(session, who, attempt)  # again, now that nobody else writes
            if last and _between(last.last_at, at) < SAME_VISIT:
                last.last_at = at
            else:
                session.add(ROW(person=who.name, role=who.role, attempt=attempt, first_at=at, last_at=at))

    def of(self, attempts: Iterable[str]) -> dict[str, list[Heard]]:
        """The visits to these attempts, by attempt, the newest first."""
        columns = (ROW.person, ROW.role, ROW.attempt, ROW.first_at, ROW.last_at)
        wanted = select(*columns).where(ROW.attempt.in_(list(attempts))).order_by(ROW.id.desc())
        found: dict[str, list[Heard]] = defaultdict(list)
        with self._database.reading() as session:
            for row in session.execute(wanted):
                found[row.attempt].append(Heard(*row))
        return dict(found)

    def by(self, who: Person) -> set[str]:
        """The attempts that somebody has opened."""
        wanted = select(ROW.attempt).where(ROW.person == who.name, ROW.role == who.role)
        with self._database.reading() as session:
            return set(session.scalars(wanted))


def _last(session: Session, who: Person, attempt: str) -> tables.Hearings | None:
    mine = (ROW.person == who.name, ROW.role == who.role, ROW.attempt == attempt)
    return session.scalars(select(ROW).where(*mine).order_by(ROW.id.desc()).limit(1)).first()


def _between(first: str, second: str) -> timedelta:
    return datetime.fromisoformat(second) - datetime.fromisoformat(first)
