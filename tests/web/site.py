"""The site as tests open it: a store of its own, nothing loaded, and a browser that has come in by its token."""

from pathlib import Path

from starlette.testclient import TestClient

from trainer.asr.scripted import ScriptedRecogniser
from trainer.store import Attempts
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


def trainee(folder: Path, name: str = "Anna") -> TestClient:
    """Somebody who has agreed to being recorded."""
    client = visitor(folder)
    done = client.post("/consent", data={"name": name, "agree": "yes"}, headers={"origin": HOME})
    assert done.status_code == 303
    return client
