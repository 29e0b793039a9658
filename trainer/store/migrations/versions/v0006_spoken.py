"""Comments that are spoken: how long their sound lasts; the sound itself lies with the attempt."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Forward."""
    op.add_column("comments", sa.Column("spoken_s", sa.Double(), nullable=True))
