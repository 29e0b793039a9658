"""An answer said again at a page: only one's own, over the same wire, and then both beside each other."""

from pathlib import Path

import pytest
from starlette.websockets import WebSocketDisconnect

from tests.test_again import SAID, said_again
from tests.web.client import Page, connect
from tests.web.program import Program, browser, come_in, watched
from tests.web.site import trainee
from tests.web.test_pages import kept_call
from trainer import again, library, sound, tts
from trainer.records import Clip, Delivery
from trainer.web import headset as page_headset


@pytest.fixture(scope="module")
def spoken() -> Clip:
    return tts.speak(library.voices()["stand-in"], SAID, Delivery(level_dbfs=-26.0))


def test_only_ones_own_answers_are_said_again(tmp_path: Path) -> None:
    mine, theirs, demo = (kept_call(tmp_path, who) for who in ("Anna", "Bela", "stand-in"))
    client = trainee(tmp_path)
    assert f"/attempts/{mine.attempt}/1/again" in client.get(f"/attempts/{mine.attempt}").text
    assert "/1/again" not in client.get(f"/attempts/{demo.attempt}").text
    statuses = {
        (report.attempt, turn): client.get(f"/attempts/{report.attempt}/{turn}/again").status_code
        for report, turn in ((mine, 1), (mine, 2), (mine, 0), (theirs, 1), (demo, 1))
    }
    assert [key for key, status in statuses.items() if status == 200] == [(mine.attempt, 1)]
    assert client.get(f"/attempts/{mine.attempt}/1/again.flac").status_code == 404


@pytest.mark.parametrize("turn", [0, 2, 1])
def test_the_wire_refuses_what_is_not_there(tmp_path: Path, turn: int) -> None:
    mine, theirs = (kept_call(tmp_path, who) for who in ("Anna", "Bela"))
    with trainee(tmp_path) as client, connect(client) as socket, pytest.raises((AssertionError, WebSocketDisconnect)):
        Page(socket, work="again", attempt=(theirs if turn == 1 else mine).attempt, turn=turn)
    assert not (Path(mine.folder) / again.FOLDER).exists() and not (Path(theirs.folder) / again.FOLDER).exists()


@pytest.mark.speech
def test_an_answer_is_said_again_over_the_wire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken: Clip) -> None:
    monkeypatch.setattr(page_headset, "SLACK", 10**9)  # no time passes in a test
    report = kept_call(tmp_path, "Anna")
    with trainee(tmp_path) as client, connect(client) as socket:
        page = Page(socket, work="again", attempt=report.attempt, turn=1)
        with page.microphone() as microphone:
            page.listen()
            page.hear("phase", lambda event: event["phase"] == "waiting")
            microphone.put(sound.to_pcm(spoken))
            page.hear("over")
    take, _, _ = again.latest(Path(report.folder), 1) or (None, None, 0)
    assert take is not None and take.device == "test microphone"


@pytest.mark.speech
def test_the_page_shows_both_answers_beside_each_other(tmp_path: Path, spoken: Clip) -> None:
    report = kept_call(tmp_path, "Anna")
    said_again(report, spoken).run()
    client = trainee(tmp_path)
    page = client.get(f"/attempts/{report.attempt}/1/again").text
    assert "This time" in page and "Tempo, syllables/s" in page and "Apologise: kept" in page
    assert client.get(f"/attempts/{report.attempt}/1/again.flac").content[:4] == b"fLaC"
    assert "Tym razem" in client.get(f"/attempts/{report.attempt}/1/again", headers={"accept-language": "pl"}).text


@pytest.mark.browser
@pytest.mark.speech
def test_an_answer_is_said_again_in_the_browser(program: Program, spoken: Clip, tmp_path: Path) -> None:
    report = kept_call(program.data, "Anna")
    file = tmp_path / "answer.wav"
    sound.write_wav(file, spoken)
    with browser(
        None, "--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}%noloop"
    ) as opened:
        page = opened.new_page()
        wrong = watched(page)
        come_in(page, program)
        page.goto(program.address.split("?")[0] + f"attempts/{report.attempt}/1/again")
        page.locator("#start").click()
        page.wait_for_selector("table", timeout=60_000)
        assert page.locator("audio").count() == 3
    assert wrong == []
