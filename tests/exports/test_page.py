"""The report page in a browser without a network: it is drawn, it sounds, nothing asks for anything outside."""

from pathlib import Path

import pytest

from tests.browser import ARGUMENTS, chromium
from trainer import attempt, store
from trainer.exports import curves, page, sentences


@pytest.mark.browser
@pytest.mark.speech
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_without_a_network(demo_root: Path, width: int, scheme: str) -> None:
    from playwright.sync_api import sync_playwright

    executable = chromium()
    folder = Path(store.Attempts(demo_root).load("latest").folder)
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, color_scheme="dark" if scheme == "dark" else "light"
        )
        shown = context.new_page()
        shown.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        shown.on("pageerror", lambda error: wrong.append(str(error)))
        shown.on("request", lambda request: wrong.append(request.url[:80]) if _outside(request.url) else None)
        shown.goto((folder / attempt.PAGE).as_uri())
        shown.wait_for_selector("#curves .main-svg")
        shown.wait_for_function("[...document.querySelectorAll('audio')].every((sound) => sound.duration > 1)")
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert shown.locator("audio").count() == 2 * shown.locator("article").count()
        shown.locator("article summary").first.click()
        button = shown.locator("article button:visible").nth(1)
        button.click()
        answer = button.get_attribute("data-answer")
        seek = float(button.get_attribute("data-seek") or -1)
        assert (
            shown.evaluate(f"document.getElementById('{answer}').currentTime") >= seek - 0.001
        )  # the browser's clock has microseconds
        browser.close()
    assert wrong == []


def _outside(url: str) -> bool:
    return not url.startswith(("file:", "data:", "blob:"))


@pytest.mark.speech
def test_text_of_a_call_is_never_markup(demo_root: Path) -> None:
    from dataclasses import replace

    report = store.Attempts(demo_root).load("latest")
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    turn = report.turns[0]
    turn = replace(turn, answer=replace(turn.answer, text=evil), line=replace(turn.line, text=evil))
    html = page.html(replace(report, turns=(turn,), scenario=evil), {})
    assert evil not in html and "<img src=x" not in html


@pytest.mark.speech
def test_the_verdict_sentence_says_tempo_pitch_and_volume(demo_root: Path, stubborn_root: Path) -> None:
    down = sentences.verdict(store.Attempts(demo_root).load("latest"))
    assert down.startswith("You slowed down") and "semitones" in down and "softer" in down and "from turn" in down
    stubborn = sentences.verdict(store.Attempts(stubborn_root).load("latest"))
    assert "did not" in stubborn or "faster" in stubborn


@pytest.mark.speech
def test_the_report_says_how_the_turns_were_taken_and_what_only_the_whole_call_shows(demo_root: Path) -> None:
    report = store.Attempts(demo_root).load("latest")
    said = sentences.over_call(report)
    assert "Pace, then lead: kept" in said[0] and "your own normal" in said[0]
    assert "never into the customer's words" in said[-1] and "% of the time" in said[-1]
    html = page.html(report, {})
    assert "Pace, then lead: kept" in html and "of the time" in html


@pytest.mark.speech
def test_the_curves_show_both_voices_and_the_normal(demo_root: Path) -> None:
    figure = curves.figure(store.Attempts(demo_root).load("latest"))
    assert len(figure["data"]) == 7  # three panels of two voices, and the anger
    assert len(figure["layout"]["shapes"]) == 3
