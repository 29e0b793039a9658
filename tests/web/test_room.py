"""The room: one laptop, one headset, and telephones on the same network, without a microphone and without https."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.program import Program, browser, serving, until, watched
from tests.web.test_outcome import rehearsed
from tests.web.test_shared_looks import is_for_everybody
from trainer.store.courses import Courses
from trainer.store.database import Database
from trainer.store.links import Links
from trainer.store.programme import Programme
from trainer.store.rounds import Rounds
from trainer.web.addresses import local

pytestmark = pytest.mark.browser
AT = "2026-11-24T10:00:00+00:00"
TELEPHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program as a room needs it: reached by others."""
    with serving(tmp_path_factory.mktemp("room"), "0.0.0.0") as started:
        urllib.request.urlopen(f"http://localhost:{started.port}/join", timeout=120).close()  # it loads models first
        yield started


def comes_in(page: Any, program: Program, role: Any, name: str) -> None:
    secret = Links(Database(program.data)).make(role, name, AT)
    page.goto(f"http://localhost:{program.port}/in/{secret}")
    page.locator("button.main").click()
    page.wait_for_url(lambda url: "/in/" not in url)


def typed(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def joins(page: Any, address: str, name: str, code: str = "") -> None:
    page.goto(address)
    if code:
        page.locator("input[name=code]").fill(code)
    page.locator("input[name=name]").fill(name)
    page.locator("button.main").click()
    page.locator("[data-follow]").wait_for(state="attached")


def seat(page: Any, name: str, stage: str) -> None:
    """The board says so, by itself."""
    page.locator(f".seat[data-stage={stage}]", has_text=name).wait_for(timeout=30_000)


def test_a_group_rehearses_round_the_room(laptop: Program) -> None:
    network = f"http://{(local() or ['127.0.0.1'])[0]}:{laptop.port}"
    with browser(None, "--use-fake-device-for-media-stream") as chromium:
        jan, anna, piotr, ola = (
            chromium.new_context(viewport=None if at_desk else TELEPHONE, locale=locale).new_page()
            for at_desk, locale in ((True, "en"), (True, "en"), (False, "pl"), (False, "en"))
        )
        wrong = [watched(page) for page in (jan, anna, piotr, ola)]

        comes_in(jan, laptop, "instructor", "Jan")
        jan.goto(f"http://localhost:{laptop.port}/courses")
        jan.locator("input[name=title]").focus()
        typed(jan, *"Monday", "Enter")  # the keyboard is enough
        jan.wait_for_url("**/board")
        code, address = jan.locator("strong.code").inner_text(), jan.locator("strong.address").inner_text()
        assert address == network.removeprefix("http://") + "/join"

        joins(anna, f"http://localhost:{laptop.port}/join", "Anna", code.lower())  # the headset, at the laptop itself
        joins(piotr, f"{network}/join/{code}", "Piotr")  # by the picture
        joins(ola, f"{network}/join", "Ola", code)
        for one in ("Anna", "Piotr", "Ola"):
            seat(jan, one, "waiting")
        assert piotr.get_by_text("Jesteś na szkoleniu").is_visible()

        jan.locator("#programme select").select_option("short-call")
        jan.get_by_role("button", name="To everybody now").first.click()
        for page in (anna, piotr, ola):
            page.locator("#begin").wait_for()
        piotr.locator("nav a").nth(4).click()  # on whatever page they are
        piotr.locator("#banner-begin").wait_for()
        piotr.locator("#banner-course").click()

        jan.locator("#round-scenario").select_option("short-call")
        jan.locator("#round-ask").click()
        anna.locator("#round-agree").focus()
        typed(anna, "Enter")
        anna.locator("input[name=agree]").check()  # to being recorded, as ever
        anna.locator("button.main").click()
        anna.locator("#round-begin").click()
        seat(jan, "Anna", "ready")
        anna.locator("#start").click()
        seat(jan, "Anna", "ringing")
        anna.locator("#answer").click()
        seat(jan, "Anna", "turn")
        assert ola.locator("#mark-keep").count() == 0
        anna.locator("#hang-up").click()
        seat(jan, "Anna", "debrief")

        piotr.locator("#mark-slower-yes").check()
        piotr.locator("#mark-lower-no").check()
        piotr.locator("#mark-keep").click()
        piotr.get_by_text("Zaznaczone").wait_for()
        jan.get_by_text("Marked: 1 of 2").wait_for()
        assert jan.locator(".tally").count() == ola.locator(".tally").count() == 0
        ola.locator("#mark-listens").focus()
        typed(ola, "Enter")
        for page in (jan, piotr, ola):
            page.locator(".tally").wait_for()
        assert "tak: 1" in piotr.locator(".tally").inner_text()

        jan.get_by_role("button", name="Close the course").click()
        until(ola, "document.body.innerText.includes('This course is closed')")
        assert [one for page in wrong for one in page if "Cross-Origin-Opener-Policy" not in one] == []  # of plain http


def test_what_somebody_is_about_to_choose_stays_when_the_board_moves(laptop: Program) -> None:
    courses = Courses(Database(laptop.data))
    course = courses.open("Quiet", "Jan", AT)
    courses.enter(course, "Jo", AT)
    with browser() as chromium:
        jan, guest = chromium.new_context().new_page(), chromium.new_context().new_page()
        comes_in(jan, laptop, "instructor", "Jan")
        jan.goto(f"http://localhost:{laptop.port}/courses/{course}/board")
        jan.locator("#round-scenario").select_option("short-call")
        jan.locator("#round-scenario").focus()
        joins(guest, f"http://localhost:{laptop.port}/join", "Kim", courses.get(course).code)
        until(jan, "[...document.getElementById('round-person').options].some((one) => one.text === 'Kim')")
        assert jan.locator("#round-scenario").input_value() == "short-call"
        assert jan.evaluate("document.activeElement.id") == "round-scenario"


@pytest.mark.parametrize(("scheme", "locale"), [("light", "pl"), ("dark", "en")])
def test_the_pages_of_the_room_are_for_everybody(laptop: Program, scheme: Any, locale: str, tmp_path: Path) -> None:
    database = Database(laptop.data)
    courses, rounds = Courses(database), Rounds(database)
    course, over = courses.open("A course " + "with a long name " * 3, "Eva", AT), courses.open("Over", "Eva", AT)
    for who in ("Adam", "Bea", "Cyryl"):
        courses.join(over, f"{who} {locale}", AT)
        rehearsed(laptop.data, f"{who} {locale}", "kept", over, shares=True)
    courses.close(over, AT)
    courses.join(course, f"Listener {locale}", AT)
    courses.join(course, f"Adam {locale}", AT)
    Programme(database).push(course, "late-delivery", AT)
    rounds.ask(course, f"Adam {locale}", "late-delivery", AT)
    with browser() as chromium:
        eva, listener = (
            chromium.new_context(color_scheme=scheme, locale=locale, reduced_motion="reduce").new_page() for _ in "12"
        )
        wrong = [watched(page) for page in (eva, listener)]
        comes_in(eva, laptop, "instructor", "Eva")
        comes_in(listener, laptop, "trainee", f"Listener {locale}")
        own = f"courses/{course}"
        (tmp_path / "door").mkdir()
        is_for_everybody(listener, laptop, ("join",), tmp_path / "door")
        for state in ("marking", "shown"):
            (tmp_path / state).mkdir()
            if state == "marking":
                rounds.agree(rounds.now(course).id, AT)  # type: ignore[union-attr]
                rounds.begun(f"Adam {locale}", "late-delivery", next(iter(courses.attempts(over))))
            else:
                rounds.reveal(rounds.now(course).id, AT)  # type: ignore[union-attr]
            is_for_everybody(listener, laptop, (own,), tmp_path / state)
        paths = ("courses", f"{own}/board", f"courses/{over}/outcome?names=yes")
        (tmp_path / "over").mkdir()
        is_for_everybody(eva, laptop, paths, tmp_path / "over")
        assert wrong == [[], []]
