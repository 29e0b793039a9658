"""Courses: who takes part, what is rehearsed in them, the rounds of the room; sharing by course; and site settings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Forward."""
    _table(
        "courses",
        _column("title", 200),
        _column("code", 40),
        _column("person", 200),
        _column("opened_at", 32),
        _column("closed_at", 32),
    )
    _table("members", *_of("members", "courses"), _column("person", 200), _column("joined_at", 32), once="person")
    _table(
        "programme", *_of("programme", "courses"), _column("scenario", 200), _column("pushed_at", 32), once="scenario"
    )
    _table("rehearsals", *_of("rehearsals", "courses"), _column("attempt", 200), _column("person", 200), once="attempt")
    _table(
        "rounds",
        *_of("rounds", "courses"),
        _column("person", 200),
        _column("scenario", 200),
        _column("agreed_at", 32),
        _column("attempt", 200),
        _column("revealed_at", 32),
        _column("closed_at", 32),
    )
    _table(
        "marks",
        *_of("marks", "rounds"),
        _column("person", 200),
        _column("at", 32),
        _column("slower", 40),
        _column("lower", 40),
        _column("rule", 200),
        once="person",
    )
    op.create_table(
        "settings",
        _column("name", 40),
        _column("value", 200),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    op.add_column("sharings", sa.Column("course", sa.Integer(), nullable=True))


def _column(name: str, length: int) -> Any:
    return sa.Column(name, sa.String(length), nullable=False)


def _of(table: str, parent: str) -> tuple[Any, ...]:
    """The row of another table that these belong to, and go with."""
    column = parent.removesuffix("s")
    return (
        sa.Column(column, sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE"),
    )


def _table(name: str, *columns: Any, once: str = "") -> None:
    """A table with a number for each row; ``once``: what stands in it once for each parent."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *([sa.UniqueConstraint(_parent(columns), once, name=f"uq_{name}_{_parent(columns)}")] if once else []),
    )


def _parent(columns: tuple[Any, ...]) -> str:
    return str(columns[0].name)
