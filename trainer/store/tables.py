"""The tables of the database: what people do with what was recorded, and an index of the attempts.

The folder of an attempt is the truth for what was recorded; a row of ``attempts`` can be made again from it. Only types
that SQLite and PostgreSQL both know; moments are ISO 8601 in UTC, to the second, as everywhere in this program.
A change here goes with a migration (trainer/store/migrations); a test holds the two against each other.
"""

from sqlalchemy import MetaData, String
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
    """What people have said about sharing: an attempt, or all of theirs where ``attempt`` is empty. Never changed."""

    __tablename__ = "sharings"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(NAME, index=True)
    attempt: Mapped[str] = mapped_column(NAME)
    shared: Mapped[bool]
    at: Mapped[str] = mapped_column(MOMENT)


class Hearings(Table):
    """Who had an attempt of somebody else's open, from when to when."""

    __tablename__ = "hearings"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(NAME)
    role: Mapped[Role] = mapped_column(WORD)
    attempt: Mapped[str] = mapped_column(NAME, index=True)
    first_at: Mapped[str] = mapped_column(MOMENT)
    last_at: Mapped[str] = mapped_column(MOMENT)
