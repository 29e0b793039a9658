"""The replay page: both voices in time with each other, marks that can be walked, moments that can be linked to."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.web.program import Program, browser, come_in, until, watched
from tests.web.site import trainee
from tests.web.test_pages import EVIL, kept_call
from trainer.records import Because, Finding, Report, Word
from trainer.store import Attempts
from trainer.web import replay_marks


def finding(rule: str, state: Any, *spans: tuple[float, float]) -> Finding:
    return Finding(rule, ("af",), state, None, None, False, None, None, spans, "Say it once." * (state == "broken"))


def marked_call(root: Path, who: str, said: str = "I am so sorry about this.") -> Report:
    """A call of two turns in twelve seconds: the first drives the customer up, the second brings them down."""
    report = kept_call(root, who)
    first = report.turns[0]
    words = tuple(Word(word, 2.2 + place * 0.4, 2.5 + place * 0.4, 0.9) for place, word in enumerate(said.split()))
    answer = replace(first.answer, start_s=2.2, end_s=5.0, speech_s=2.8, text=said, words=words)
    because = (Because("never-interrupt", 0.05),)
    found = (finding("speak-slowly", "broken"), finding("never-interrupt", "broken", (3.0, 3.5)))
    line = replace(first.line, text=said, start_s=0.2, end_s=2.0)
    up = replace(first, line=line, answer=answer, findings=found, anger_before=0.8, anger_after=0.85, because=because)
    later = replace(answer, start_s=8.5, end_s=11.0, words=())
    kept = (finding("apologise", "kept", (9.0, 9.5)),)
    line = replace(line, start_s=6.5, end_s=8.0)
    down = replace(up, number=2, line=line, answer=later, findings=kept, anger_before=0.85, anger_after=0.7, because=())
    report = replace(report, turns=(up, down))
    Attempts(root).finish(Path(report.folder), report)
    return report


def test_a_moment_is_shown_with_what_was_found_at_it_and_nothing_that_was_said_is_markup(tmp_path: Path) -> None:
    report = marked_call(tmp_path, "Anna", EVIL)
    client = trainee(tmp_path)
    page = client.get(f"/attempts/{report.attempt}/replay")
    assert page.status_code == 200 and "<script>alert" not in page.text and "<img src=x" not in page.text
    for link in ("#t=2.20", "#t=3.00", "#t=9.00"):
        assert f'href="{link}"' in page.text
    assert f'href="/attempts/{report.attempt}/replay"' in client.get(f"/attempts/{report.attempt}").text
    polish = client.get(f"/attempts/{report.attempt}/replay", headers={"accept-language": "pl"}).text
    assert "Pomijać ciszę" in polish and "Skip silence" not in polish


def test_the_replay_of_others_is_not_there(tmp_path: Path) -> None:
    theirs, demo = marked_call(tmp_path, "Bela"), marked_call(tmp_path, "stand-in")
    client = trainee(tmp_path)
    for what in ("replay", "replay.wav", "replay.bin"):
        assert client.get(f"/attempts/{theirs.attempt}/{what}").status_code == 404
    assert client.get(f"/attempts/{demo.attempt}/replay").status_code == 200


def test_any_part_of_the_sound_is_had_at_once_and_is_the_same_as_in_the_whole(tmp_path: Path) -> None:
    address = f"/attempts/{marked_call(tmp_path, 'Anna').attempt}/replay.wav"
    client = trainee(tmp_path)
    whole = client.get(address).content
    assert whole[:4] == b"RIFF" and len(whole) == 44 + 12 * 16_000 * 4
    for first, last in ((0, 1), (10, 99), (44, 47), (45, 60), (32_001, 96_003), (len(whole) - 5, len(whole) - 1)):
        part = client.get(address, headers={"range": f"bytes={first}-{last}"})
        assert (part.status_code, part.content) == (206, whole[first : last + 1])
    assert client.get(address, headers={"range": f"bytes={len(whole)}-"}).status_code == 416


def test_silence_is_skipped_only_where_neither_speaks(tmp_path: Path) -> None:
    report = marked_call(tmp_path, "Anna")
    assert replay_marks.quiet(report, 12.0) == [(5.2, 6.3), (11.2, 11.8)]


def test_the_best_and_the_worst_moment_are_where_the_customer_moved_most(tmp_path: Path) -> None:
    shown = replay_marks.shown(marked_call(tmp_path, "Anna"), 12 * 16_000)
    assert (shown["worst"]["at_s"], shown["best"]["at_s"]) == (3.0, 9.0)
    assert "-0.15" in shown["best"]["text"] and [mark["at_s"] for mark in shown["marks"]] == [2.2, 3.0, 9.0]


def opened(page: Any, program: Program, report: Report, moment: str = "") -> None:
    page.goto(program.address.split("?")[0] + f"attempts/{report.attempt}/replay{moment}")
    until(page, "document.getElementById('making').hidden && document.getElementById('sound').readyState > 0")


def at(page: Any) -> float:
    return float(page.evaluate("document.getElementById('sound').currentTime"))


@pytest.mark.browser
def test_the_replay_is_walked_by_the_keyboard_alone(program: Program) -> None:
    report = marked_call(program.data, "Anna")
    with browser() as chromium:
        page = chromium.new_page()
        wrong = watched(page)
        come_in(page, program)
        opened(page, program, report)
        for key, moment, said in (
            ("n", 2.2, "Speak slowly"), ("n", 3.0, "Let them finish"), ("n", 9.0, "Apologise"), ("p", 3.0, ""),
            ("t", 6.5, "Turn 2"), ("b", 9.0, "Best moment"), ("w", 3.0, "Worst moment"), ("r", 0.0, ""),
        ):  # fmt: skip
            page.keyboard.press(key)
            until(page, f"Math.abs(document.getElementById('sound').currentTime - {moment}) < 0.06", 5.0)
            assert said.lower() in page.locator("#status").text_content().lower(), key
        page.keyboard.press("s")
        page.keyboard.press("q")
        assert page.evaluate("[document.getElementById('sound').playbackRate, sound.preservesPitch]") == [0.75, True]
        assert page.locator("#skip").is_checked()
        page.keyboard.press("Space")
        until(page, "!document.getElementById('sound').paused && document.getElementById('sound').currentTime > 0.2")
        page.keyboard.press("Space")
        until(page, "document.getElementById('sound').paused")
        page.keyboard.press("?")
        page.locator("#keys").get_by_text("next mark", exact=False).wait_for()
        page.locator("#keys-on").uncheck()
        page.locator("#keys-close").click()
        before = at(page)
        page.keyboard.press("n")
        assert at(page) == before
    assert wrong == []


@pytest.mark.browser
def test_a_link_leads_to_its_moment(program: Program) -> None:
    report = marked_call(program.data, "Anna")
    with browser() as chromium:
        page = chromium.new_page()
        come_in(page, program)
        opened(page, program, report, "#t=9.00")
        until(page, "Math.abs(document.getElementById('sound').currentTime - 9) < 0.06", 5.0)
        assert "Apologise" in page.locator("#marks [aria-current]").text_content()
        page.locator("#marks a").nth(1).click()
        until(page, "Math.abs(document.getElementById('sound').currentTime - 3) < 0.06", 5.0)
        assert page.url.endswith("#t=3.00")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_replay_is_for_everybody(program: Program, scheme: Any, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    report = marked_call(program.data, "Anna")
    with browser() as chromium:
        page = chromium.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
        come_in(page, program)
        opened(page, program, report, "#t=3.00")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        for dialog in (False, True):
            if dialog:
                page.locator("#keys-open").click()
            found = Axe().run(page)
            assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found.response["violations"]] == []
