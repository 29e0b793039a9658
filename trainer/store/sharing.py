"""What people share: each call, or all of theirs. The last word about a call counts, and every word is kept."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from trainer.store import people, tables
from trainer.store.database import Database

ROW = tables.Sharings
ALL = ""


@dataclass(frozen=True)
class Said:
    """What a person has said about sharing, in that order: about which attempt (or ALL), and whether it is shared."""

    words: tuple[tuple[str, bool], ...] = ()

    def covers(self, attempt: str) -> bool:
        """Whether an attempt is shared; "all" covers later ones too. Who has said nothing shares nothing."""
        return next((shared for about, shared in reversed(self.words) if about in (ALL, attempt)), False)

    @property
    def everything(self) -> bool:
        """Whether what they will record is shared as well."""
        return self.covers(ALL)


class Sharing:
    """What everybody shares."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def say(self, person: str, shared: bool, at: str, attempt: str = ALL) -> None:
        """Keep that from now on an attempt, or everything of theirs, is shared, or is not any more."""
        with self._database.writing() as session:
            session.add(ROW(person=people.name(person), attempt=attempt, shared=shared, at=at))

    def of(self, person: str) -> Said:
        """What a person has said."""
        wanted = select(ROW.attempt, ROW.shared).where(ROW.person == people.name(person)).order_by(ROW.id)
        with self._database.reading() as session:
            return Said(tuple((row.attempt, row.shared) for row in session.execute(wanted)))

    def everybody(self) -> dict[str, Said]:
        """The same of all who have said anything."""
        words: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        with self._database.reading() as session:
            for row in session.execute(select(ROW.person, ROW.attempt, ROW.shared).order_by(ROW.id)):
                words[row.person].append((row.attempt, row.shared))
        return {person: Said(tuple(said)) for person, said in words.items()}
