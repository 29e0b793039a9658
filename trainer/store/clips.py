"""Answers marked as exemplary. In the library stand those whose speaker has agreed, for as long as they agree."""

from dataclasses import dataclass

from sqlalchemy import select

from trainer.access import Person, Role
from trainer.errors import NotFound
from trainer.store import people, tables
from trainer.store.database import Database
from trainer.words import say

ROW = tables.Clips
COLUMNS = (ROW.id, ROW.attempt, ROW.person, ROW.role, ROW.at, ROW.trainee, ROW.turn, ROW.reason, ROW.agreed_at)


@dataclass(frozen=True)
class Clip:
    """An answer that ``person`` marked; ``agreed_at`` is empty where ``trainee``, its speaker, has not agreed."""

    id: int
    attempt: str
    person: str
    role: Role
    at: str
    trainee: str
    turn: int
    reason: str
    agreed_at: str


class Clips:
    """Everything that was ever marked, and not removed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, attempt: str, trainee: str, turn: int, who: Person, at: str, reason: str) -> None:
        """Mark an answer; what is marked already stays as it is."""
        with self._database.writing() as session:
            if session.execute(select(ROW.id).where(ROW.attempt == attempt, ROW.turn == turn)).first() is None:
                by = {"person": who.name, "role": who.role, "at": at, "reason": reason, "agreed_at": ""}
                session.add(ROW(attempt=attempt, trainee=people.name(trainee), turn=turn, **by))

    def agree(self, id: int, at: str) -> None:
        """Its speaker agrees from that moment on; with an empty moment, not any more."""
        with self._database.writing() as session:
            found = session.get(ROW, id)
            if found is not None:
                found.agreed_at = at

    def get(self, id: int) -> Clip:
        """The clip. Raises NotFound where there is none."""
        with self._database.reading() as session:
            found = session.execute(select(*COLUMNS).where(ROW.id == id)).one_or_none()
        if found is None:
            raise NotFound(say("web.not_found"))
        return Clip(*found)

    def of(self, attempt: str) -> dict[int, Clip]:
        """Those of an attempt, by turn."""
        with self._database.reading() as session:
            found = session.execute(select(*COLUMNS).where(ROW.attempt == attempt).order_by(ROW.turn))
            return {row.turn: Clip(*row) for row in found}

    def library(self) -> list[Clip]:
        """Those whose speakers agree, the newest first."""
        with self._database.reading() as session:
            found = session.execute(select(*COLUMNS).where(ROW.agreed_at != "").order_by(ROW.id.desc()))
            return [Clip(*row) for row in found]
