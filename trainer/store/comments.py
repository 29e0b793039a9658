"""Comments on an attempt, and the threads that they make: whoever may hear it says something, and gets answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from trainer.access import SPEAKERS, Person, Role
from trainer.errors import NotFound
from trainer.records import Span
from trainer.store import tables
from trainer.store.database import Database
from trainer.words import say

ROW = tables.Comments
When = Span | float | None
"""A stretch, a moment, or the whole call; seconds on the clock of the call."""


@dataclass(frozen=True)
class Comment:
    """What somebody said: at a moment (``end_s`` None), at a stretch, or on the whole call (both None).

    Seconds on the clock of the call. ``answers`` is the comment that began the thread; one that was withdrawn has no
    text any more.
    """

    id: int
    person: str
    role: Role
    at: str
    text: str
    start_s: float | None
    end_s: float | None
    answers: int | None


@dataclass(frozen=True)
class Thread:
    """A comment and the answers to it, in their order."""

    first: Comment
    answers: tuple[Comment, ...]


class Comments:
    """The comments on all attempts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def say(
        self,
        attempt: str,
        who: Person,
        at: str,
        text: str,
        span: When = None,
        answers: int | None = None,
    ) -> int:
        """Keep a comment; its id. Raises NotFound where it answers one that is not on this attempt."""
        start_s, end_s = span if isinstance(span, tuple) else (span, None)
        with self._database.writing() as session:
            if answers is not None:
                asked = session.get(ROW, answers)
                if asked is None or asked.attempt != attempt:
                    raise NotFound(say("web.not_found"))
                answers, start_s, end_s = asked.answers or asked.id, None, None
            said = {"text": text, "start_s": start_s, "end_s": end_s, "answers": answers}
            made = ROW(attempt=attempt, person=who.name, role=who.role, at=at, **said)
            session.add(made)
            session.flush()
            return made.id

    def of(self, attempt: str) -> list[Comment]:
        """All comments on an attempt, in the order in which they were made."""
        columns = (ROW.id, ROW.person, ROW.role, ROW.at, ROW.text, ROW.start_s, ROW.end_s, ROW.answers)
        with self._database.reading() as session:
            found = session.execute(select(*columns).where(ROW.attempt == attempt).order_by(ROW.id))
            return [Comment(*row) for row in found]

    def latest_of_speakers(self) -> dict[str, str]:
        """When whoever made a call last wrote something about it, by attempt."""
        wanted = select(ROW.attempt, func.max(ROW.at)).where(ROW.role.in_(SPEAKERS), ROW.text != "")
        with self._database.reading() as session:
            return {row[0]: row[1] for row in session.execute(wanted.group_by(ROW.attempt))}

    def withdraw(self, id: int) -> None:
        """Remove what a comment said; its place in the thread stays."""
        with self._database.writing() as session:
            found = session.get(ROW, id)
            if found is not None:
                found.text = ""


def threads(comments: Iterable[Comment]) -> list[Thread]:
    """Threads by the moment that they are about; those on the whole call last. Of nothing but withdrawn ones, none."""
    known = list(comments)
    found = [
        Thread(one, tuple(answer for answer in known if answer.answers == one.id))
        for one in known
        if one.answers is None
    ]
    found = [one for one in found if any(said.text for said in (one.first, *one.answers))]
    return sorted(found, key=lambda one: (one.first.start_s is None, one.first.start_s or 0.0, one.first.id))
