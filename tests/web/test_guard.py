"""Nobody gets in without the token, by another name, or from another site; over HTTP and WebSocket alike."""

from pathlib import Path

import pytest
from starlette.testclient import WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from tests.web.site import COOKIE, HOME, PORT, TOKEN, stranger, trainee, visitor
from trainer.web.guard import reached_by

PAGES = ["/", "/consent", "/attempts", "/attempts/latest", "/links", "/nowhere"]
FOREIGN = [
    "http://evil.example",
    "null",
    f"http://localhost.evil.example:{PORT}",
    f"https://localhost:{PORT}",
    "http://localhost",
    f"http://LOCALHOST.:{PORT}",
    "",
]


@pytest.mark.parametrize("path", PAGES)
def test_without_the_token_nothing_is_shown(tmp_path: Path, path: str) -> None:
    client = stranger(tmp_path)
    for asked in (path, f"{path}?token=", f"{path}?token=wrong"):
        answer = client.get(asked)
        assert answer.status_code == 403 and "trainer serve" in answer.text
    client.cookies.set(f"trainer-{PORT}", "wrong")
    assert client.get(path).status_code == 403


def test_the_token_opens_the_page_and_leaves_the_address(tmp_path: Path) -> None:
    answer = stranger(tmp_path).get(f"/attempts?token={TOKEN}&a=b")
    assert answer.status_code == 303 and answer.headers["location"] == "/attempts?a=b"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie


def test_only_what_everybody_could_read_in_the_source_is_shown_without_the_token(tmp_path: Path) -> None:
    assert stranger(tmp_path).get("/static/trainer.css").status_code == 200
    assert stranger(tmp_path).get("/static/../links").status_code == 403


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/"])
def test_the_token_never_leads_to_another_site(tmp_path: Path, path: str) -> None:
    answer = stranger(tmp_path).get(f"{HOME}{path}?token={TOKEN}")
    assert answer.headers["location"].startswith("/") and not answer.headers["location"].startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "host", ["evil.example:8765", "localhost", "localhost:80", "127.0.0.1:1", "localhost:x", "10.0.0.7:8765", ""]
)
def test_a_name_that_is_not_ours_is_refused_even_with_the_token(tmp_path: Path, host: str) -> None:
    answer = visitor(tmp_path).get("/consent", headers={"host": host})
    assert answer.status_code == 403 and "name" in answer.text


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_form_from_another_site_is_refused(tmp_path: Path, origin: str) -> None:
    form = {"name": "Anna", "agree": "yes"}
    answer = visitor(tmp_path).post("/consent", data=form, headers={"origin": origin})
    assert answer.status_code == 403
    assert not (tmp_path / "people").exists()


def test_a_form_without_an_origin_is_refused(tmp_path: Path) -> None:
    assert visitor(tmp_path).post("/consent", data={"name": "Anna", "agree": "yes"}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "SAME-ORIGIN", "x"])
def test_a_request_that_another_site_begins_is_refused(tmp_path: Path, site: str) -> None:
    assert visitor(tmp_path).get("/consent", headers={"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_pages_and_a_typed_address_come_through(tmp_path: Path, site: str) -> None:
    assert visitor(tmp_path).get("/consent", headers={"sec-fetch-site": site}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": one} for one in FOREIGN] + [{}, {"origin": HOME, "host": "evil.example:8765"}]
)
def test_a_websocket_from_elsewhere_is_refused(tmp_path: Path, headers: dict[str, str]) -> None:
    client = visitor(tmp_path)
    with (
        pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
        client.websocket_connect(f"ws://localhost:{PORT}/wire", headers=headers),
    ):
        pass


def test_a_websocket_without_the_token_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
        stranger(tmp_path).websocket_connect(f"ws://localhost:{PORT}/wire?token={TOKEN}", headers={"origin": HOME}),
    ):
        pass


@pytest.mark.parametrize("path", ["/", "/consent", "/attempts", "/nowhere", "/static/trainer.css"])
def test_every_answer_forbids_scripts_from_elsewhere(tmp_path: Path, path: str) -> None:
    answer = trainee(tmp_path).get(path)
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy and "style-src 'self';" in policy and "default-src 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_everywhere_means_by_address_and_never_by_a_foreign_name() -> None:
    entry = reached_by("0.0.0.0", TOKEN, PORT)
    assert entry.knows(f"192.168.1.20:{PORT}") and entry.knows(f"[fe80::1]:{PORT}") and entry.knows(f"localhost:{PORT}")
    assert not entry.knows(f"evil.example:{PORT}") and not entry.knows("192.168.1.20")
    named = reached_by("trainer.example.org", TOKEN, PORT)
    assert named.knows(f"trainer.example.org:{PORT}") and not named.knows(f"10.0.0.1:{PORT}")
    assert f"trainer-{PORT}" in COOKIE
