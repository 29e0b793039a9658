"""The pages in the reader's language: as the browser asks, until another is chosen on the page."""

from pathlib import Path

import pytest
from starlette.datastructures import Headers

from tests.web.client import Page, connect
from tests.web.site import HOME, trainee, visitor
from tests.web.test_pages import kept_call
from trainer.web import headset
from trainer.web.languages import read_by


@pytest.mark.parametrize(
    ("wished", "read"),
    [("", "en"), ("pl", "pl"), ("pl-PL,pl;q=0.9,en;q=0.8", "pl"), ("de-DE,de;q=0.9,pl;q=0.5,en;q=0.3", "pl"),
     ("en-GB, pl;q=0.9", "en"), ("de", "en"), ("*", "en"), (";;q=,q=9,\x00", "en"), ("pl;q=0.1,en;q=0.2", "en")],
)  # fmt: skip
def test_the_browser_says_which_language_is_read(wished: str, read: str) -> None:
    assert read_by(Headers({"accept-language": wished})) == read


def test_a_language_chosen_on_the_page_stays_chosen(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    assert '<html lang="pl">' in client.get("/consent", headers={"accept-language": "pl"}).text
    origin = {"origin": HOME, "referer": f"{HOME}/consent?x=1"}
    done = client.post("/language", data={"language": "pl"}, headers=origin)
    assert (done.status_code, done.headers["location"]) == (303, "/consent")
    page = client.get("/consent", headers={"accept-language": "en"}).text
    assert "Zanim głos zostanie nagrany" in page and 'aria-pressed="true">Polski' in page


@pytest.mark.parametrize("referer", ["//elsewhere.example/", "https://elsewhere.example//elsewhere.example/x", ""])
def test_the_choice_leads_nowhere_else(tmp_path: Path, referer: str) -> None:
    client = visitor(tmp_path)
    done = client.post("/language", data={"language": "tlh"}, headers={"origin": HOME, "referer": referer})
    assert done.headers["location"].startswith("/") and not done.headers["location"].startswith("//")
    assert "set-cookie" not in done.headers


def test_every_page_of_a_call_is_read_in_polish_with_its_advice(tmp_path: Path) -> None:
    report = kept_call(tmp_path, "Anna")
    client = trainee(tmp_path)
    client.headers["accept-language"] = "pl"
    shown = {path: client.get(path).text for path in ("/", "/attempts", "/soundcheck", "/call/late-delivery")}
    shown["report"] = client.get(f"/attempts/{report.attempt}").text
    for path, page in shown.items():
        assert '<html lang="pl">' in page, path
        for english in ("Sound check", "Pick up", "Turn by turn", "For next time", "What went well"):
            assert english not in page, (path, english)
    assert "Na następny raz" in shown["report"] and "przed następną rozmową" in shown["report"].lower()
    assert "Próba głosu" in shown["/soundcheck"] and "tęcza" in shown["/soundcheck"]


@pytest.mark.speech
def test_what_is_said_over_the_wire_is_said_in_the_language_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(headset, "SLACK", 10**9)  # no time passes in a test
    with trainee(tmp_path) as client:
        client.headers["accept-language"] = "pl"
        with connect(client) as socket:
            page = Page(socket, work="soundcheck")
            with page.microphone():
                page.listen(0.0)
                assert "czytanie" in page.hear("failed")["problem"]
