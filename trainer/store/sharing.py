"""What people share: each call, all of theirs, or all of a course, with its instructor alone.

The last word about a call counts, and every word is kept.
"""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from trainer.store import people, tables
from trainer.store.database import Database

ROW = tables.Sharings
ALL = ""


@dataclass(frozen=True)
class Word:
    """What was said once: about an attempt, all of theirs (ALL), or all of a course."""

    attempt: str
    shared: bool
    course: int | None = None


@dataclass(frozen=True)
class Said:
    """What a person has said about sharing, in that order."""

    words: tuple[Word, ...] = ()

    def covers(self, attempt: str, course: int | None = None) -> bool:
        """Whether coaches and instructors hear an attempt, which belongs to ``course``; "all" covers later ones too.

        Who has said nothing shares nothing; a course that is taken back takes its calls back from everybody.
        """
        return self._last(attempt, course, for_all=True)

    def covers_for_instructor(self, attempt: str, course: int | None) -> bool:
        """Whether the instructor of its course hears an attempt."""
        return self._last(attempt, course, for_all=False)

    @property
    def everything(self) -> bool:
        """Whether what they will record is shared as well."""
        return self.covers(ALL)

    def course(self, course: int) -> bool:
        """Whether what they will record in a course is heard by its instructor."""
        return self.covers_for_instructor(ALL, course)

    def _last(self, attempt: str, course: int | None, for_all: bool) -> bool:
        for word in reversed(self.words):
            of_course = word.course is not None and word.course == course
            if of_course and not (for_all and word.shared):
                return word.shared
            if word.course is None and word.attempt in (ALL, attempt):
                return word.shared
        return False


class Sharing:
    """What everybody shares."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def say(self, person: str, shared: bool, at: str, attempt: str = ALL, course: int | None = None) -> None:
        """Keep that from now on an attempt, everything of a course, or everything of theirs, is shared, or is not."""
        with self._database.writing() as session:
            session.add(ROW(person=people.name(person), attempt=attempt, shared=shared, at=at, course=course))

    def of(self, person: str) -> Said:
        """What a person has said."""
        return self._said(people.name(person)).get(people.name(person), Said())

    def everybody(self) -> dict[str, Said]:
        """The same of all who have said anything."""
        return self._said(None)

    def _said(self, person: str | None) -> dict[str, Said]:
        words: dict[str, list[Word]] = defaultdict(list)
        wanted = select(ROW.person, ROW.attempt, ROW.shared, ROW.course).order_by(ROW.id)
        if person is not None:
            wanted = wanted.where(ROW.person == person)
        with self._database.reading() as session:
            for row in session.execute(wanted):
                words[row.person].append(Word(row.attempt, row.shared, row.course))
        return {one: Said(tuple(said)) for one, said in words.items()}
