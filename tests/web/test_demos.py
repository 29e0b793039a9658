"""A call that can be watched before one's own: made once by the stand-in trainee, and played as it went."""

import threading
from pathlib import Path

import pytest

from tests.web.program import Program, browser, come_in, until, watched
from tests.web.site import HOME, trainee
from tests.web.test_pages import kept_call
from trainer.errors import NoModel
from trainer.web import demos


def test_whoever_finds_no_demo_can_have_one_made_and_is_told_what_stands_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def fails(desk: object) -> None:
        go_on.wait(10)
        raise NoModel("no voice is installed")

    monkeypatch.setattr(demos, "made", fails)
    client = trainee(tmp_path)
    assert 'href="/demo"' in client.get("/").text and "Make it now" in client.get("/demo").text
    assert client.post("/demo", headers={"origin": HOME}).headers["location"] == "/demo"
    assert "being made" in client.get("/demo").text
    go_on.set()
    client.app.state.demo._thread.join(10)  # type: ignore[attr-defined]
    assert "no voice is installed" in client.get("/demo").text


def test_the_demo_that_is_there_is_watched_at_once_and_calls_of_others_are_not(tmp_path: Path) -> None:
    demo, theirs = kept_call(tmp_path, "stand-in"), kept_call(tmp_path, "Bela")
    client = trainee(tmp_path)
    assert client.get("/demo").headers["location"] == f"/attempts/{demo.attempt}/watch"
    page = client.get(f"/attempts/{demo.attempt}/watch").text
    assert f"/attempts/{demo.attempt}/1/line.flac" in page and "I will take care of it." in page
    assert client.get(f"/attempts/{theirs.attempt}/watch").status_code == 404


@pytest.mark.browser
def test_a_call_is_played_as_it_went(program: Program) -> None:
    report = kept_call(program.data, "Anna", "I will take care of it.")
    with browser() as chromium:
        page = chromium.new_page()
        wrong = watched(page)
        come_in(page, program)
        page.goto(program.address.split("?")[0] + f"attempts/{report.attempt}/watch")
        page.locator("#play").click()
        page.locator("#sign[data-phase=customer]").wait_for()
        until(page, "document.getElementById('play').textContent === 'Pause'")
        page.locator("#skip").click()
        page.locator("#captions").get_by_text("I will take care of it.").wait_for()
        page.locator("#skip").click()
        until(page, "document.getElementById('play').textContent === 'From the start'")
    assert wrong == []
