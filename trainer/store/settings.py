"""What the owner of the machine has set for the site."""

from trainer.store import tables
from trainer.store.database import Database

ROW = tables.Settings
COACHING_ONLY = "coaching_only"


class Settings:
    """The settings of a site; each has a usual value until somebody says otherwise."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def coaching_only(self) -> bool:
        """Whether this is for practice alone: no export has results beside names. Usually so."""
        with self._database.reading() as session:
            found = session.get(ROW, COACHING_ONLY)
            return found is None or found.value == "yes"

    def set_coaching_only(self, on: bool) -> None:
        """Set it."""
        with self._database.writing() as session:
            session.merge(ROW(name=COACHING_ONLY, value="yes" if on else "no"))
