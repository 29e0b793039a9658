"""Courses: an instructor opens one, people join it by its code, and what they rehearse while it is open belongs to it.

A code is short enough to be typed on a telephone: six of 30 signs are 729 million, and whoever tries them is slowed
down at the door (``trainer.web.joining``).
"""

import re
import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from trainer.access import Person
from trainer.errors import BadInput, NotFound
from trainer.store import links, people, tables
from trainer.store.database import Database
from trainer.words import say

ROW, MEMBER, REHEARSAL = tables.Courses, tables.Members, tables.Rehearsals
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXY"
"""Without 0 and O, 1, I and L, 2's neighbour Z: they are read as one another."""
CODE_LENGTH = 6


@dataclass(frozen=True)
class Course:
    """A course with those who take part, in the order in which they joined; closed where ``closed_at`` is not empty."""

    id: int
    title: str
    code: str
    instructor: str
    opened_at: str
    closed_at: str
    members: tuple[str, ...] = ()


class Courses:
    """The courses of a site."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, title: str, instructor: str, at: str) -> int:
        """Open a course; its number. No other open one has its code."""
        with self._database.writing() as session:
            taken = set(session.scalars(select(ROW.code).where(ROW.closed_at == "")))
            code = next(one for one in iter(_code, "") if one not in taken)
            made = ROW(title=title, code=code, person=people.name(instructor), opened_at=at, closed_at="")
            session.add(made)
            session.flush()
            return made.id

    def close(self, id: int, at: str) -> None:
        """Nobody joins it any more, and what is rehearsed from now on does not belong to it."""
        with self._database.writing() as session:
            session.execute(update(ROW).where(ROW.id == id, ROW.closed_at == "").values(closed_at=at))

    def get(self, id: int) -> Course:
        """The course. Raises NotFound where there is none."""
        found = self._where(ROW.id == id)
        if not found:
            raise NotFound(say("web.not_found"))
        return found[0]

    def by_code(self, typed: str) -> Course | None:
        """The open course with a code, however it is typed; None where there is none."""
        code = re.sub(r"[\W_]", "", typed).upper()
        return next(iter(self._where(ROW.code == code, ROW.closed_at == "")), None)

    def of(self, instructor: str) -> list[Course]:
        """Those that an instructor opened, the newest first."""
        return self._where(ROW.person == people.name(instructor))

    def attended(self, person: str) -> list[Course]:
        """Those that a person joined, the one joined last first."""
        mine = select(MEMBER.course).where(MEMBER.person == people.name(person)).order_by(MEMBER.id.desc())
        with self._database.reading() as session:
            order = list(session.scalars(mine))
        return sorted(self._where(ROW.id.in_(order)), key=lambda one: order.index(one.id))

    def current(self, person: str) -> Course | None:
        """The open course that a person joined last: what they rehearse now belongs to it."""
        return next((one for one in self.attended(person) if not one.closed_at), None)

    def join(self, id: int, person: str, at: str) -> None:
        """Somebody who is known here takes part; who does so already goes on."""
        with self._database.writing() as session:
            _join(session, id, people.name(person), at)

    def enter(self, id: int, person: str, at: str) -> str:
        """Somebody new takes part; the secret of their link. Raises BadInput where somebody here has that name."""
        with self._database.writing() as session:
            if _known(session, people.name(person)):
                raise BadInput(say("courses.name_taken", name=person))
            _join(session, id, people.name(person), at)
            return links.made(session, Person("trainee", people.name(person)), at)

    def remove(self, id: int, person: str) -> None:
        """Somebody does not take part any more; what they have rehearsed stays where it is."""
        with self._database.writing() as session:
            session.execute(delete(MEMBER).where(MEMBER.course == id, MEMBER.person == people.name(person)))

    def rehearsed(self, person: str, attempt: str) -> None:
        """Keep that an attempt, which begins now, belongs to the course that its speaker takes part in, if any."""
        course = self.current(person)
        if course is not None:
            with self._database.writing() as session:
                session.add(REHEARSAL(course=course.id, attempt=attempt, person=people.name(person)))

    def rehearsals(self) -> dict[str, Course]:
        """To which course each attempt belongs, of those that belong to one."""
        known = {one.id: one for one in self._where()}
        with self._database.reading() as session:
            found = session.execute(select(REHEARSAL.attempt, REHEARSAL.course).order_by(REHEARSAL.id))
            return {row.attempt: known[row.course] for row in found if row.course in known}

    def of_attempt(self, attempt: str) -> Course | None:
        """The course that an attempt belongs to."""
        return next(iter(self._where(ROW.id.in_(select(REHEARSAL.course).where(REHEARSAL.attempt == attempt)))), None)

    def attempts(self, id: int) -> dict[str, str]:
        """Whose each attempt of a course is, in the order in which they were begun."""
        wanted = select(REHEARSAL.attempt, REHEARSAL.person).where(REHEARSAL.course == id).order_by(REHEARSAL.id)
        with self._database.reading() as session:
            return {row.attempt: row.person for row in session.execute(wanted)}

    def _where(self, *conditions: ColumnElement[bool]) -> list[Course]:
        with self._database.reading() as session:
            found = session.scalars(select(ROW).where(*conditions).order_by(ROW.id.desc())).all()
            numbers = [one.id for one in found]
            joined = select(MEMBER.course, MEMBER.person).where(MEMBER.course.in_(numbers)).order_by(MEMBER.id)
            members = session.execute(joined).all()
            return [
                Course(
                    one.id,
                    one.title,
                    one.code,
                    one.person,
                    one.opened_at,
                    one.closed_at,
                    tuple(member.person for member in members if member.course == one.id),
                )
                for one in found
            ]


def _code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


def _join(session: Session, course: int, person: str, at: str) -> None:
    if session.execute(select(MEMBER.id).filter_by(course=course, person=person)).first() is None:
        session.add(MEMBER(course=course, person=person, joined_at=at))


def _known(session: Session, person: str) -> bool:
    """Whether anybody has that name, in whatever letters: they would be taken for each other."""
    names = select(MEMBER.person).union(select(tables.Links.person), select(tables.Attempts.trainee))
    return person.casefold() in {one.casefold() for one in session.scalars(names)}
