"""Secret links: who has one comes in by it, as the person and in the role that it was made for, until it is revoked.

Only the SHA-256 of a secret is kept. A secret has 256 random bits: there is nothing to guess, so that no salt and no
slow hash are needed (NIST SP 800-63B, 5.1.2.2, asks for those below 112 bits).
"""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from trainer.access import Person, Role
from trainer.errors import NotFound
from trainer.store import people, tables
from trainer.store.database import Database
from trainer.words import say

ROW = tables.Links
BYTES = 32


@dataclass(frozen=True)
class Link:
    """A link that was handed out; revoked where ``revoked_at`` is not empty."""

    id: int
    role: Role
    person: str
    made_at: str
    revoked_at: str


class Links:
    """The links of a site."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, role: Role, person: str, at: str) -> str:
        """A new link; its secret, which is known from now on only to whoever is given it."""
        with self._database.writing() as session:
            return made(session, Person(role, people.name(person)), at)

    def person(self, secret: str) -> Person | None:
        """Whom a secret lets in; None where there is no such link, or not any more."""
        wanted = select(ROW.role, ROW.person).where(ROW.sha256 == _hashed(secret), ROW.revoked_at == "")
        with self._database.reading() as session:
            found = session.execute(wanted).one_or_none()
        return Person(*found) if found else None

    def all(self) -> list[Link]:
        """Every link, the newest first."""
        wanted = select(ROW.id, ROW.role, ROW.person, ROW.made_at, ROW.revoked_at).order_by(ROW.id.desc())
        with self._database.reading() as session:
            return [Link(*row) for row in session.execute(wanted)]

    def listeners(self) -> list[Person]:
        """The coaches and instructors who can come in now, by name."""
        wanted = select(ROW.role, ROW.person).where(ROW.role.in_(("coach", "instructor")), ROW.revoked_at == "")
        with self._database.reading() as session:
            found = [Person(*row) for row in session.execute(wanted.distinct())]
        return sorted(found, key=lambda one: (one.name, one.role))  # here: each database sorts letters in its own way

    def trainees(self) -> list[str]:
        """The names of the trainees who can come in now."""
        wanted = select(ROW.person).where(ROW.role == "trainee", ROW.revoked_at == "")
        with self._database.reading() as session:
            return sorted(session.scalars(wanted.distinct()))

    def revoke(self, id: int, at: str) -> None:
        """From now on it lets nobody in. Raises NotFound where there is no such link."""
        change = update(ROW).where(ROW.id == id, ROW.revoked_at == "").values(revoked_at=at)
        with self._database.writing() as session:
            if not session.connection().execute(change).rowcount:
                raise NotFound(say("web.not_found"))


def made(session: Session, who: Person, at: str) -> str:
    """The same within what else is written."""
    secret = secrets.token_urlsafe(BYTES)
    session.add(ROW(role=who.role, person=who.name, sha256=_hashed(secret), made_at=at, revoked_at=""))
    return secret


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
