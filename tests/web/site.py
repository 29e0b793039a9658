"""The site as tests open it: a store of its own, nothing loaded, and a browser that has come in by its token."""

from pathlib import Path

from starlette.testclient import TestClient

from trainer.access import Role
from trainer.asr.scripted import ScriptedRecogniser
from trainer.store import Attempts
from trainer.store.database import Database
from trainer.store.links import Links
from trainer.web.desk import Desk
from trainer.web.guard import reached_by
from trainer.web.site import site

PORT = 8765
HOME = f"http://localhost:{PORT}"
TOKEN = "a-token-of-the-test"
COOKIE = {f"trainer-{PORT}": TOKEN}


def desk(folder: Path) -> Desk:
    return Desk(Attempts(folder), lambda language: ScriptedRecogniser(()))


def stranger(folder: Path, host: str = "127.0.0.1") -> TestClient:
    """Somebody who knows the address and not the token."""
    app = site(desk(folder), reached_by(host, TOKEN, PORT))
    return TestClient(app, base_url=HOME, follow_redirects=False, raise_server_exceptions=False)


def visitor(folder: Path) -> TestClient:
    """Somebody who came in by the token, and has not agreed to anything yet."""
    client = stranger(folder)
    client.cookies.update(COOKIE)
    return client


def by_link(folder: Path, role: Role, name: str) -> TestClient:
    """Somebody who was given a link, and opened it; a trainee has also agreed to being recorded."""
    client = stranger(folder)
    secret = Links(Database(folder)).make(role, name, "2026-11-24T08:00:00+00:00")
    assert client.post(f"/in/{secret}", headers={"origin": HOME}).status_code == 303
    if role == "trainee":
        done = client.post("/consent", data={"agree": "yes"}, headers={"origin": HOME})
        assert done.status_code == 303
    return client


def trainee(folder: Path, name: str = "Anna") -> TestClient:
    """Somebody who has agreed to being recorded."""
    client = visitor(folder)
    done = client.post("/consent", data={"name": name, "agree": "yes"}, headers={"origin": HOME})
    assert done.status_code == 303
    return client
