"""Spoken comments: whoever may write one may say it, both hear the same, and it is gone with what it is about."""

import re
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from tests.web.program import Program, browser, until, watched
from tests.web.site import HOME, by_link, trainee
from tests.web.test_comments import ANNA, AT, EWA, post, shared_call
from tests.web.test_shared_looks import by_link as come_in_by_link
from trainer import sound
from trainer.attempt import COMMENTS
from trainer.signals import vowel
from trainer.store import Attempts
from trainer.store.comments import Comments, threads
from trainer.store.database import Database

pytestmark = pytest.mark.usefixtures("both_databases")

REFUSED = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); }"
SAID = sound.to_pcm(vowel(150.0, 1.0))


def speak(client: TestClient, about: str, pcm: "np.typing.NDArray[np.int16]" = SAID, **fields: str) -> tuple[int, str]:
    answer = client.post(f"{about}/comments/spoken", params=fields, content=pcm.tobytes(), headers={"origin": HOME})
    return answer.status_code, str(answer.json())


def sounds(report_folder: str) -> list[str]:
    return sorted(path.name for path in (Path(report_folder) / COMMENTS).glob("*"))


def test_the_trainee_hears_exactly_what_the_coach_said_at_its_moment(tmp_path: Path) -> None:
    report = shared_call(tmp_path)
    about = f"/attempts/{report.attempt}"
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    status, told = speak(ewa, about, start="0:01.5", end="0:03", text="Here you waited.")
    assert status == 201 and f"{about}/comments#turn-1" in told
    for client in (anna, ewa):
        page = client.get(f"{about}/comments").text
        assert f'src="{about}/comments/1.flac"' in page and "Here you waited." in page and "0:01.5–0:03.0" in page
        assert client.get(f"{about}/comments/1.flac", headers={"range": "bytes=0-3"}).content == b"fLaC"
    kept = sound.read(Path(report.folder) / COMMENTS / "1.flac", 10.0)
    assert np.array_equal(sound.to_pcm(kept), SAID)
    number = re.search(r'name="answers" value="(\d+)"', anna.get(f"{about}/comments").text)
    assert number and speak(anna, about, answers=number[1])[0] == 201  # without any text
    assert "Spoken by Anna, 1 s" in ewa.get(f"{about}/comments").text and "Comments (2)" in anna.get(about).text


@pytest.mark.parametrize(
    ("pcm", "said"),
    [(np.zeros(0, np.int16), "Nothing was said"), (SAID[:4_000], "Nothing was said"),
     (np.zeros(16_000, np.int16), "heard nothing"), (np.tile(SAID, 121), "up to 120 s")],
)  # fmt: skip
def test_a_sound_that_is_no_comment_is_told_in_a_sentence(
    tmp_path: Path, pcm: "np.typing.NDArray[np.int16]", said: str
) -> None:
    report = shared_call(tmp_path)
    status, told = speak(trainee(tmp_path), f"/attempts/{report.attempt}", pcm)
    assert status == 400 and said in told and sounds(report.folder) == []


@pytest.mark.parametrize("fields", [{"start": "soon"}, {"start": "9999"}, {"text": "x" * 2001}])
def test_what_is_said_about_no_moment_of_the_call_is_not_kept(tmp_path: Path, fields: dict[str, str]) -> None:
    report = shared_call(tmp_path)
    assert speak(trainee(tmp_path), f"/attempts/{report.attempt}", **fields)[0] == 400
    assert sounds(report.folder) == [] and Comments(Database(tmp_path)).of(report.attempt) == []


def test_what_was_said_is_gone_when_it_is_taken_back(tmp_path: Path) -> None:
    report = shared_call(tmp_path)
    about = f"/attempts/{report.attempt}"
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    speak(ewa, about)
    assert post(anna, f"{about}/comments/1/withdraw") == 404 and sounds(report.folder) == ["1.flac"]
    assert post(ewa, f"{about}/comments/1/withdraw") == 303
    assert sounds(report.folder) == [] and anna.get(f"{about}/comments/1.flac").status_code == 404
    assert threads(Comments(Database(tmp_path)).of(report.attempt)) == []


def test_what_was_said_is_gone_with_whoever_said_it_and_with_the_call(tmp_path: Path) -> None:
    report = shared_call(tmp_path)
    comments = Comments(Database(tmp_path))
    for who in (EWA, ANNA):
        comments.say(report.attempt, who, AT, "", clip=vowel(150.0, 1.0))
    Attempts(tmp_path).forget_person("Ewa")
    assert sounds(report.folder) == ["2.flac"]
    Attempts(tmp_path).forget(report.attempt)
    assert not Path(report.folder).exists() and comments.of(report.attempt) == []


def test_only_who_may_read_a_comment_hears_it(tmp_path: Path) -> None:
    report = shared_call(tmp_path)
    about = f"/attempts/{report.attempt}"
    anna, ewa, piotr = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa"), by_link(tmp_path, "trainee", "Piotr")
    speak(ewa, about)
    assert [one.get(f"{about}/comments/1.flac").status_code for one in (anna, ewa, piotr)] == [200, 200, 404]
    post(anna, f"{about}/share", shared="no")
    assert [one.get(f"{about}/comments/1.flac").status_code for one in (anna, ewa)] == [200, 404]


def test_a_spoken_answer_waits_for_the_coach_like_a_written_one(tmp_path: Path) -> None:
    report = shared_call(tmp_path)
    about = f"/attempts/{report.attempt}"
    speak(trainee(tmp_path), about)
    assert list(Comments(Database(tmp_path)).latest_of_speakers()) == [report.attempt]


@pytest.mark.browser
def test_a_coach_says_a_comment_by_the_keyboard_alone(program: Program, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    report, file = shared_call(program.data), tmp_path / "said.wav"
    sound.write_wav(file, np.tile(vowel(150.0, 1.0), 3))
    fake = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}")
    with browser(None, *fake) as chromium:
        page = chromium.new_page()
        wrong = watched(page)
        come_in_by_link(page, program)
        page.goto(f"http://localhost:{program.port}/attempts/{report.attempt}/comments")
        page.locator("#threads .speak").focus()
        page.keyboard.press("Enter")
        page.get_by_text(re.compile(r"Recording: [1-9]\d* s of 120 s")).wait_for()
        page.keyboard.press("Enter")  # the cursor stands on "Stop"
        page.get_by_text("s were recorded").wait_for()
        until(page, "document.querySelector('.speaking audio').duration > 0.9")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
        page.keyboard.press("Enter")  # and then on "Send"
        heard = page.locator("#threads .comment audio")
        heard.wait_for()
        heard.evaluate("(one) => one.play()")
        until(page, "document.querySelector('#threads .comment audio').currentTime > 0.1")
        assert "Spoken by Ewa" in heard.get_attribute("aria-label")
    assert wrong == []


@pytest.mark.browser
def test_where_the_microphone_is_not_given_the_page_says_so_and_one_can_write(program: Program) -> None:
    report = shared_call(program.data)
    with browser() as chromium:
        page = chromium.new_page()
        come_in_by_link(page, program)
        page.add_init_script(REFUSED)
        page.goto(f"http://localhost:{program.port}/attempts/{report.attempt}/comments")
        page.locator("#threads .speak").click()
        page.get_by_text("The browser was told not to give the microphone").wait_for()
        page.get_by_role("button", name="Leave it").click()
        page.locator("#threads textarea").fill("In writing, then.")
        page.locator("#threads button[type=submit]").last.click()
        page.get_by_text("In writing, then.").wait_for()
