"""What the database of a data folder holds, to look for what should not be in it any more."""

import os
from pathlib import Path

from sqlalchemy import MetaData, select

from trainer.store import engines
from trainer.store.database import FILE


def held(root: Path) -> bytes:
    """Every byte of the file; of a server, which keeps its files to itself, every row as text."""
    if "TRAINER_DATABASE" not in os.environ:
        return (root / FILE).read_bytes()
    there = MetaData()
    with engines.opened(os.environ["TRAINER_DATABASE"]).connect() as connection:
        there.reflect(connection)
        rows = [row for table in there.sorted_tables for row in connection.execute(select(table))]
    return "\n".join(map(str, rows)).encode()
