"""Comments on an attempt, and the threads that they make: whoever may hear it says something, and gets answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, func, or_, select

from trainer.access import SPEAKERS, Person, Role
from trainer.errors import NotFound
from trainer.records import RATE_HZ, Clip, Span
from trainer.store import spoken, tables
from trainer.store.database import Database
from trainer.words import say

ROW = tables.Comments
When = Span | float | None
"""A stretch, a moment, or the whole call; seconds on the clock of the call."""


@dataclass(frozen=True)
class Comment:
    """What somebody said: at a moment (``end_s`` None), at a stretch, or on the whole call (both None).

    Seconds on the clock of the call. ``answers`` is the comment that began the thread; ``spoken_s`` is how long its
    sound lasts, where it is spoken.
    """

    id: int
    person: str
    role: Role
    at: str
    text: str
    start_s: float | None
    end_s: float | None
    answers: int | None
    spoken_s: float | None

    @property
    def stands(self) -> bool:
        """Whether it has not been withdrawn: there is a text, or a sound."""
        return bool(self.text) or self.spoken_s is not None


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
        clip: Clip | None = None,
    ) -> int:
        """Keep a comment, with its sound where it is spoken; its id. Raises NotFound where it answers one that is not
        on this attempt."""
        start_s, end_s = span if isinstance(span, tuple) else (span, None)
        with self._database.writing() as session:
            if answers is not None:
                asked = session.get(ROW, answers)
                if asked is None or asked.attempt != attempt:
                    raise NotFound(say("web.not_found"))
                answers, start_s, end_s = asked.answers or asked.id, None, None
            spoken_s = None if clip is None else len(clip) / RATE_HZ
            said = {"text": text, "spoken_s": spoken_s, "start_s": start_s, "end_s": end_s, "answers": answers}
            made = ROW(attempt=attempt, person=who.name, role=who.role, at=at, **said)
            session.add(made)
            session.flush()
            if clip is not None:
                spoken.keep(self._database.root, attempt, made.id, clip)
            return made.id

    def of(self, attempt: str) -> list[Comment]:
        """All comments on an attempt, in the order in which they were made."""
        columns = (ROW.id, ROW.person, ROW.role, ROW.at, ROW.text, ROW.start_s, ROW.end_s, ROW.answers, ROW.spoken_s)
        with self._database.reading() as session:
            found = session.execute(select(*columns).where(ROW.attempt == attempt).order_by(ROW.id))
            return [Comment(*row) for row in found]

    def latest_of_speakers(self) -> dict[str, str]:
        """When whoever made a call last wrote something about it, by attempt."""
        wanted = select(ROW.attempt, func.max(ROW.at)).where(ROW.role.in_(SPEAKERS), _stands())
        with self._database.reading() as session:
            return {row[0]: row[1] for row in session.execute(wanted.group_by(ROW.attempt))}

    def withdraw(self, id: int) -> None:
        """Remove what a comment said, in words and in sound; its place in the thread stays."""
        with self._database.writing() as session:
            found = session.get(ROW, id)
            if found is not None:
                found.text, found.spoken_s = "", None
                spoken.remove(self._database.root, found.attempt, id)

    def sound(self, attempt: str, id: int) -> Path:
        """Where the sound of a comment on an attempt is. Raises NotFound where it has none, or not any more."""
        wanted = select(ROW.id).where(ROW.attempt == attempt, ROW.id == id, ROW.spoken_s.is_not(None))
        with self._database.reading() as session:
            there = session.execute(wanted).one_or_none()
        if there is None:
            raise NotFound(say("web.not_found"))
        return spoken.path(self._database.root, attempt, id)


def _stands() -> ColumnElement[bool]:
    return or_(ROW.text != "", ROW.spoken_s.is_not(None))


def threads(comments: Iterable[Comment]) -> list[Thread]:
    """Threads by the moment that they are about; those on the whole call last. Of nothing but withdrawn ones, none."""
    known = list(comments)
    found = [
        Thread(one, tuple(answer for answer in known if answer.answers == one.id))
        for one in known
        if one.answers is None
    ]
    found = [one for one in found if any(said.stands for said in (one.first, *one.answers))]
    return sorted(found, key=lambda one: (one.first.start_s is None, one.first.start_s or 0.0, one.first.id))
