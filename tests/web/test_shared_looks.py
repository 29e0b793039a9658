"""The pages of sharing and comments at every width, light and dark, as coach and as trainee; and their script."""

from pathlib import Path
from typing import Any

import pytest

from tests.web.program import Program, browser, come_in, until, watched
from tests.web.test_comments import AT, EWA, shared_call
from trainer.store.clips import Clips
from trainer.store.comments import Comments
from trainer.store.database import Database
from trainer.store.links import Links
from trainer.store.notes import Notes
from trainer.store.overrulings import Overrulings

pytestmark = pytest.mark.browser


def talked_about(program: Program) -> str:
    """A shared call with everything on its page that there can be; its address."""
    report, database = shared_call(program.data), Database(program.data)
    comments = Comments(database)
    first = comments.say(report.attempt, EWA, AT, "Here you waited until she had told it all.", (2.0, 3.0))
    comments.say(report.attempt, EWA, AT, "And then you said what you would do.", answers=first)
    comments.say(report.attempt, EWA, AT, "On the whole: " + "calm, clear and to the point. " * 8)
    Notes(database).keep(report.attempt, EWA, AT, {"well": "The greeting.", "better": "Wait longer."})
    Overrulings(database).say(report.attempt, EWA, AT, 1, "apologise", "said", "She said it in the greeting.")
    clips = Clips(database)
    clips.mark(report.attempt, "Anna", 1, EWA, AT, "Slower, and still clear.")
    clips.agree(clips.of(report.attempt)[1].id, AT)
    return f"attempts/{report.attempt}"


def by_link(page: Any, program: Program) -> None:
    secret = Links(Database(program.data)).make("coach", "Ewa", AT)
    page.goto(f"http://localhost:{program.port}/in/{secret}")
    page.get_by_role("button", name="Come in as Ewa").click()
    page.wait_for_url("**/coaching")


def is_for_everybody(page: Any, program: Program, paths: tuple[str, ...], folder: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for path in paths:
        page.goto(f"http://localhost:{program.port}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        for width in (390, 1280, 2560):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            page.screenshot(path=folder / f"{path.replace('/', '-')}-{width}.png", full_page=True)
        found = Axe().run(page)
        told = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found.response["violations"]]
        assert told == [] and len(found.response["passes"]) > 5, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_coach_and_trainee_are_for_everybody(program: Program, scheme: Any, tmp_path: Path) -> None:
    own = talked_about(program)
    with browser() as chromium:
        for who, paths in (("coach", ("coaching", own, f"{own}/comments", "clips")),
                           ("anna", ("sharing", own, f"{own}/comments", "links", "clips"))):  # fmt: skip
            page = chromium.new_context(color_scheme=scheme, reduced_motion="reduce").new_page()
            wrong = watched(page)
            by_link(page, program) if who == "coach" else come_in(page, program)
            (tmp_path / who).mkdir()
            is_for_everybody(page, program, paths, tmp_path / who)
            assert wrong == []


def test_a_link_shows_whom_it_lets_in_before_it_does(program: Program, tmp_path: Path) -> None:
    with browser() as chromium:
        page = chromium.new_page()
        secret = Links(Database(program.data)).make("trainee", "Zoë", AT)
        is_for_everybody(page, program, (f"in/{secret}", "in/nothing"), tmp_path)
        assert page.context.cookies() == []


def test_a_comment_plays_what_it_is_about_and_takes_its_moment_from_what_is_heard(program: Program) -> None:
    own = talked_about(program)
    with browser() as chromium:
        page = chromium.new_page()
        by_link(page, program)
        page.goto(f"http://localhost:{program.port}/{own}/comments")
        page.get_by_role("button", name="Hear it at 0:02.0").click()
        answer = "document.querySelectorAll('#turn-1 audio')[1]"
        until(page, f"{answer}.currentTime >= 2.0 - Number({answer}.dataset.begins) && !{answer}.paused")
        page.evaluate(f"{answer}.pause()")
        page.get_by_text("Comment on turn 1").click()
        page.get_by_role("button", name="End here, 1").click()
        typed = page.get_by_label("To (optional)").input_value()
        heard_s = page.evaluate(f"Number({answer}.dataset.begins) + {answer}.currentTime")
        assert abs(float(typed.split(":")[0]) * 60 + float(typed.split(":")[1]) - heard_s) <= 0.051
        page.locator("#turn-1 textarea[name=text]").last.fill("Up to here.")
        page.locator("#turn-1 textarea[name=text]").last.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/comments#turn-1")
        assert page.get_by_text("Up to here.").is_visible()
