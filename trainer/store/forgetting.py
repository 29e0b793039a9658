"""What the database knows of an attempt or of a person, removed: every row of every table that names them."""

from pathlib import Path

from sqlalchemy import delete, select

from trainer.store import database, people, spoken, tables
from trainer.store.tables import Table


def attempt(root: Path, id: str) -> int:
    """Remove every row about an attempt; how many there were."""
    return _remove(root, "attempt", id)


def person(root: Path, name: str) -> int:
    """Remove every row that a person made, or that says who they are, and what they said aloud; how many there were."""
    if not database.exists(root):
        return 0
    said = select(tables.Comments.attempt, tables.Comments.id).where(tables.Comments.person == people.name(name))
    with database.Database(root).writing() as session:
        for about, id in session.execute(said):
            spoken.remove(root, about, id)
    return _remove(root, "person", people.name(name)) + _remove(root, "trainee", people.name(name))


def _remove(root: Path, column: str, value: str) -> int:
    if not database.exists(root):
        return 0
    named = [table for table in reversed(Table.metadata.sorted_tables) if column in table.columns]
    with database.Database(root).writing() as session:
        done = [session.connection().execute(delete(table).where(table.c[column] == value)) for table in named]
    return sum(one.rowcount for one in done)
