"""Two days of two people, page after page as they go: a coach who listens, and the trainee who is listened to."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.web.program import Program, browser, come_in, until, watched
from tests.web.test_compare import attempt
from tests.web.test_shared_looks import by_link
from trainer import sound
from trainer.records import Report
from trainer.signals import vowel
from trainer.store.database import Database
from trainer.store.sharing import Sharing

pytestmark = pytest.mark.browser
AT = "2026-11-24T10:00:00+00:00"


def side_by_side(page: Any, later: Report, earlier: Report) -> None:
    """From a list of calls to two of them beside each other."""
    page.locator(f"a[href='/attempts/{later.attempt}/compare']").click()
    page.get_by_label("Beside which attempt").select_option(earlier.attempt)
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url(f"**/compare?with={earlier.attempt}")
    until(page, "document.getElementById('making').hidden && document.querySelector('canvas').height > 200")


def coach_listens(page: Any, later: Report, earlier: Report) -> None:
    """From the queue to both attempts side by side, to the replay, to what is said of it, and to what comes next."""
    side_by_side(page, later, earlier)
    assert "clearly lower" in page.locator(".whole").text_content()
    page.get_by_role("link", name="Later, turn 1, in the replay").click()
    page.wait_for_url("**/replay#t=*")
    page.get_by_role("link", name="Comments").click()
    page.wait_for_url("**/comments#turn-1")
    page.get_by_label("What went well?").fill("The voice came down.")
    page.get_by_role("button", name="Keep the notes").click()
    page.wait_for_url("**/comments#notes")
    page.get_by_text("Comment on turn 1").click()
    page.locator("#turn-1 .speak").last.click()
    page.get_by_text("Recording: 1 s").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Send what I said").click()
    page.locator("#turn-1 .comment audio").wait_for()
    page.get_by_role("link", name="Shared with you").click()
    page.get_by_text("Ask somebody to rehearse a call").click()
    page.get_by_label("Who").select_option("Anna")
    page.get_by_label("Until").fill("2999-12-31")
    page.get_by_label("What is to be reached").select_option("comes-down")
    page.get_by_role("button", name="Ask for it").click()
    page.locator("#assignments .state.open").first.wait_for()


def trainee_looks(page: Any, later: Report, earlier: Report) -> None:
    """What is asked of them, both attempts beside each other, what the coach said aloud; and an answer to it."""
    page.locator("#assigned").get_by_text("Come down within 2 turns").first.wait_for()
    page.get_by_role("link", name="What you did").click()
    side_by_side(page, later, earlier)
    page.get_by_role("button", name="Hear both in turn, line 1").press("Enter")
    until(page, "document.querySelector('#line-1 audio').currentTime > 0.2")
    page.get_by_role("link", name="Report: ").last.click()
    page.get_by_role("link", name="Comments (1)").click()
    page.get_by_text("The voice came down.").wait_for()
    said = page.locator("#turn-1 .comment audio")
    said.evaluate("(one) => one.play()")
    until(page, "document.querySelector('#turn-1 .comment audio').currentTime > 0.2")
    page.locator("#turn-1 .thread summary").click()
    page.locator("#turn-1 .thread textarea").fill("Thank you.")
    page.locator("#turn-1 .thread textarea").press("Tab")
    page.keyboard.press("Enter")
    page.locator("#turn-1 .answers").get_by_text("Thank you.").wait_for()


def test_a_coach_listens_and_the_trainee_hears_what_they_said(program: Program, tmp_path: Path) -> None:
    earlier = attempt(program.data, "Anna", 2, 300.0, "opening", "story")
    later = attempt(program.data, "Anna", 9, 200.0, "opening", "demand")
    for one in (earlier, later):
        Sharing(Database(program.data)).say("Anna", True, AT, one.attempt)
    file = tmp_path / "said.wav"
    sound.write_wav(file, np.tile(vowel(150.0, 1.0), 3))
    fake = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}")
    with browser(None, *fake) as chromium:
        coach, trainee = (chromium.new_context().new_page() for _ in range(2))
        wrong = [watched(page) for page in (coach, trainee)]
        by_link(coach, program)
        coach_listens(coach, later, earlier)
        come_in(trainee, program)
        trainee_looks(trainee, later, earlier)
    assert wrong == [[], []]
