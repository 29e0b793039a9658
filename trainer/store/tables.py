"""The tables of the database: what people do with what was recorded, and an index of the attempts.

The folder of an attempt is the truth for what was recorded; a row of ``attempts`` can be made again from it. Only types
that SQLite and PostgreSQL both know; moments are ISO 8601 in UTC, to the second, as everywhere in this program.
A change here goes with a migration (trainer/store/migrations); a test holds the two against each other.
"""

from sqlalchemy import ForeignKey, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from trainer.access import Role

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name: a later migration can only drop what it can name."""
NAME, MOMENT, WORD = String(200), String(32), String(40)


class Table(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMES)


class Attempts(Table):
    """The index: what the list of attempts shows of each folder. ``trainee`` as ``people.name`` writes it."""

    __tablename__ = "attempts"

    attempt: Mapped[str] = mapped_column(NAME, primary_key=True)
    scenario: Mapped[str] = mapped_column(NAME)
    trainee: Mapped[str] = mapped_column(NAME, index=True)
    started_at: Mapped[str] = mapped_column(MOMENT)
    state: Mapped[str] = mapped_column(WORD)
    turns: Mapped[int]


class Links(Table):
    """Secret links, by the hash of the secret."""

    __tablename__ = "links"

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(WORD)
    person: Mapped[str] = mapped_column(NAME)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[str] = mapped_column(MOMENT)
    revoked_at: Mapped[str] = mapped_column(MOMENT)


class Sharings(Table):
    """What people have said about sharing: an attempt; all of theirs where ``attempt`` is empty; all of a course where
    there is one. Never changed."""

    __tablename__ = "sharings"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(NAME, index=True)
    attempt: Mapped[str] = mapped_column(NAME)
    shared: Mapped[bool]
    at: Mapped[str] = mapped_column(MOMENT)
    course: Mapped[int | None]


class Hearings(Table):
    """Who had an attempt of somebody else's open, from when to when."""

    __tablename__ = "hearings"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(NAME)
    role: Mapped[Role] = mapped_column(WORD)
    attempt: Mapped[str] = mapped_column(NAME, index=True)
    first_at: Mapped[str] = mapped_column(MOMENT)
    last_at: Mapped[str] = mapped_column(MOMENT)


class Written:
    """Columns of what somebody says about an attempt: about which, who, in which role, and when."""

    attempt: Mapped[str] = mapped_column(NAME, index=True)
    person: Mapped[str] = mapped_column(NAME)
    role: Mapped[Role] = mapped_column(WORD)
    at: Mapped[str] = mapped_column(MOMENT)


class Comments(Written, Table):
    """Comments: at a moment, at a stretch, or on the whole; seconds on the clock of the call.

    ``spoken_s``: how long the sound of one that is spoken lasts. Neither text nor sound: withdrawn.
    """

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    start_s: Mapped[float | None]
    end_s: Mapped[float | None]
    spoken_s: Mapped[float | None]
    answers: Mapped[int | None] = mapped_column(ForeignKey("comments.id", ondelete="SET NULL"))


class Overrulings(Written, Table):
    """A finding that a coach sees otherwise; the finding itself stays as it is."""

    __tablename__ = "overrulings"

    id: Mapped[int] = mapped_column(primary_key=True)
    turn: Mapped[int]
    rule: Mapped[str] = mapped_column(NAME)
    state: Mapped[str] = mapped_column(WORD)
    reason: Mapped[str] = mapped_column(Text)


class Notes(Written, Table):
    """A coach's answer to one of the guides' questions after a call."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(WORD)
    text: Mapped[str] = mapped_column(Text)


class Clips(Written, Table):
    """An answer marked as exemplary; in the library from ``agreed_at`` on, which only its speaker sets or empties."""

    __tablename__ = "clips"

    id: Mapped[int] = mapped_column(primary_key=True)
    trainee: Mapped[str] = mapped_column(NAME)
    turn: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    agreed_at: Mapped[str] = mapped_column(MOMENT)


class Courses(Table):
    """A course: ``person`` is the instructor who opened it; it goes on until it has a ``closed_at``."""

    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(NAME)
    code: Mapped[str] = mapped_column(WORD)
    person: Mapped[str] = mapped_column(NAME)
    opened_at: Mapped[str] = mapped_column(MOMENT)
    closed_at: Mapped[str] = mapped_column(MOMENT)


class OfCourse:
    """Columns of what belongs to a course, and goes with it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))


class Members(OfCourse, Table):
    """Who takes part in a course."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("course", "person"),)

    person: Mapped[str] = mapped_column(NAME)
    joined_at: Mapped[str] = mapped_column(MOMENT)


class Programme(OfCourse, Table):
    """A scenario that is rehearsed in a course; it was pushed to everybody where ``pushed_at`` is not empty."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("course", "scenario"),)

    scenario: Mapped[str] = mapped_column(NAME)
    pushed_at: Mapped[str] = mapped_column(MOMENT)


class Rehearsals(OfCourse, Table):
    """An attempt that was made in a course, and whose it is."""

    __tablename__ = "rehearsals"
    __table_args__ = (UniqueConstraint("course", "attempt"),)

    attempt: Mapped[str] = mapped_column(NAME)
    person: Mapped[str] = mapped_column(NAME)


class Rounds(OfCourse, Table):
    """One rehearses, the others listen: who, what, and how far it has come; what has not happened yet is empty."""

    __tablename__ = "rounds"

    person: Mapped[str] = mapped_column(NAME)
    scenario: Mapped[str] = mapped_column(NAME)
    agreed_at: Mapped[str] = mapped_column(MOMENT)
    attempt: Mapped[str] = mapped_column(NAME)
    revealed_at: Mapped[str] = mapped_column(MOMENT)
    closed_at: Mapped[str] = mapped_column(MOMENT)


class Marks(Table):
    """What somebody heard in a round; all three are empty for who only listened."""

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("round", "person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    person: Mapped[str] = mapped_column(NAME)
    at: Mapped[str] = mapped_column(MOMENT)
    slower: Mapped[str] = mapped_column(WORD)
    lower: Mapped[str] = mapped_column(WORD)
    rule: Mapped[str] = mapped_column(NAME)


class Settings(Table):
    """What the owner of the machine has set for the site."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(WORD, primary_key=True)
    value: Mapped[str] = mapped_column(NAME)


class Assignments(Table):
    """What somebody asked a trainee to rehearse: at least so often, until the end of the day ``due``."""

    __tablename__ = "assignments"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(NAME)
    role: Mapped[Role] = mapped_column(WORD)
    at: Mapped[str] = mapped_column(MOMENT)
    trainee: Mapped[str] = mapped_column(NAME, index=True)
    scenario: Mapped[str] = mapped_column(NAME)
    due: Mapped[str] = mapped_column(MOMENT)
    least: Mapped[int]
    goal: Mapped[str] = mapped_column(WORD)
