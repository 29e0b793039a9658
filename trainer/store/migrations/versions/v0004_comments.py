"""What is said about attempts: comments, overrulings, notes, and answers marked as exemplary."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Forward."""
    _table(
        "comments",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start_s", sa.Double(), nullable=True),
        sa.Column("end_s", sa.Double(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answers"], ["comments.id"], name="fk_comments_answers", ondelete="SET NULL"),
    )
    _table(
        "overrulings",
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    _table(
        "notes",
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    _table(
        "clips",
        sa.Column("trainee", sa.String(200), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agreed_at", sa.String(32), nullable=False),
    )


def _table(name: str, *columns: Any) -> None:
    """With the columns that all of them have: about which attempt, who, in which role, when."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.String(200), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_attempt", name, ["attempt"])
