"""Side by side: two attempts at one call, line by line, for whoever may hear both, by the keyboard as by hand."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.calls import answer, turns
from tests.coaching.test_progress import normal
from tests.web.program import Program, browser, come_in, until, watched
from tests.web.site import by_link, trainee
from tests.web.test_pages import EVIL, kept_call
from trainer.attempt import line_file
from trainer.records import Finding, Line, Report
from trainer.store import Attempts
from trainer.store.database import Database
from trainer.store.sharing import Sharing

AT = "2026-11-24T10:00:00+00:00"
BROKEN = Finding("apologise", ("af",), "broken", None, None, False, None, None, (), "Say that you are sorry.")


def _line(line: Line, place: int, beat: str) -> Line:
    return replace(line, beat=beat, text=f"About the {beat}.", start_s=5.0 * place, end_s=5.0 * place + 0.9)


def attempt(root: Path, who: str, day: int, pitch: float, *beats: str, said: str = "I will see to it.") -> Report:
    """A call of that day in which the customer went through these beats."""
    kept = kept_call(root, who)
    for number in range(2, len(beats) + 1):
        shutil.copy(line_file(Path(kept.folder), 1), line_file(Path(kept.folder), number))
    each = [answer(pitch=pitch, start_s=1.0 + 5.0 * place, speech_s=4.0) for place in range(len(beats))]
    found = turns(*(replace(one, text=said) for one in each))
    found = [
        replace(turn, line=_line(turn.line, place, beat), findings=(BROKEN,))
        for place, (turn, beat) in enumerate(zip(found, beats, strict=True))
    ]
    report = replace(kept, started_at=f"2026-11-{day:02d}T10:00:00+00:00", turns=tuple(found), baseline=normal())
    Attempts(root).finish(Path(report.folder), report)
    return report


def test_a_line_stands_once_with_both_answers_and_what_changed_in_figures(tmp_path: Path) -> None:
    later = attempt(tmp_path, "Anna", 9, 200.0, "opening", "demand", said=EVIL)
    earlier = attempt(tmp_path, "Anna", 2, 300.0, "opening", "story")
    client = trainee(tmp_path)
    page = client.get(f"/attempts/{later.attempt}/compare?with={earlier.attempt}").text
    assert page.count("About the opening.") == 1 and page.index("About the story.") > 0
    sounds = [f"/attempts/{one.attempt}/1/answer.flac" for one in (earlier, later)]
    assert page.index(sounds[0]) < page.index(sounds[1])
    assert "Lines answered in both: 1" in page and "pitch: clearly lower (-7.0 st; chance alone explains" in page
    assert "tempo: no difference that can be measured (+0.0 %" in page and page.count("in one of the two only") == 2
    assert "<script>alert" not in page and "<img src=x" not in page
    swapped = client.get(f"/attempts/{earlier.attempt}/compare?with={later.attempt}").text
    assert "clearly lower (-7.0 st" in swapped  # the earlier stands first, from wherever one comes
    polish = client.get(f"/attempts/{later.attempt}/compare", headers={"accept-language": "pl"}).text
    assert "wysokość głosu: wyraźnie niżej (-7,0 st" in polish


def test_without_being_asked_the_first_attempt_stands_beside_and_beside_the_first_the_latest(tmp_path: Path) -> None:
    first, middle, last = (attempt(tmp_path, "Anna", day, 200.0, "opening").attempt for day in (1, 2, 3))
    first, middle, last = sorted((first, middle, last))
    client = trainee(tmp_path)
    for here, there in ((last, first), (middle, first), (first, last)):
        assert f'<option value="{there}" selected>' in client.get(f"/attempts/{here}/compare").text


def test_progress_leads_to_the_first_and_the_latest_attempt_at_one_call(tmp_path: Path) -> None:
    client = trainee(tmp_path)
    known = sorted(attempt(tmp_path, "Anna", day, 200.0, "opening").attempt for day in (1, 2, 3))
    assert f'href="/attempts/{known[2]}/compare?with={known[0]}"' in client.get("/progress").text
    assert "side by side" not in by_link(tmp_path, "trainee", "Piotr").get("/progress").text


def test_side_by_side_is_offered_only_where_there_is_another_attempt_at_the_same_call(tmp_path: Path) -> None:
    first = attempt(tmp_path, "Anna", 1, 200.0, "opening").attempt
    client = trainee(tmp_path)
    pages = ("/attempts", "/", f"/attempts/{first}", f"/attempts/{first}/replay")
    assert not any(f"/attempts/{first}/compare" in client.get(page).text for page in pages)
    assert "the only attempt" in client.get(f"/attempts/{first}/compare").text
    attempt(tmp_path, "Anna", 2, 200.0, "opening")
    assert all(f"/attempts/{first}/compare" in client.get(page).text for page in pages)


def test_only_who_may_hear_both_sees_both(tmp_path: Path) -> None:
    annas, shared, piotrs = (attempt(tmp_path, who, 1, 200.0, "opening").attempt for who in ("Anna", "Anna", "Piotr"))
    Sharing(Database(tmp_path)).say("Anna", True, AT, shared)
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    assert anna.get(f"/attempts/{annas}/compare?with={shared}").status_code == 200
    assert anna.get(f"/attempts/{annas}/compare?with={piotrs}").status_code == 404
    assert piotrs not in anna.get(f"/attempts/{annas}/compare").text
    assert ewa.get(f"/attempts/{shared}/compare?with={annas}").status_code == 404
    assert annas not in ewa.get(f"/attempts/{shared}/compare").text
    Sharing(Database(tmp_path)).say("Anna", True, AT)
    assert ewa.get(f"/attempts/{shared}/compare").status_code == 200
    assert anna.get("/sharing").text.count("Ewa (coach): 20") == 2  # both were opened, and both are on record


@pytest.mark.parametrize("other", ["none-such", "%00", "../../etc"])
def test_beside_something_that_there_is_not_there_is_no_page(tmp_path: Path, other: str) -> None:
    mine = attempt(tmp_path, "Anna", 1, 200.0, "opening")
    assert trainee(tmp_path).get(f"/attempts/{mine.attempt}/compare?with={other}").status_code == 404


def test_two_people_are_heard_and_not_held_against_each_other(tmp_path: Path) -> None:
    mine, demo = attempt(tmp_path, "Anna", 1, 300.0, "opening"), attempt(tmp_path, "stand-in", 2, 200.0, "opening")
    page = trainee(tmp_path).get(f"/attempts/{mine.attempt}/compare?with={demo.attempt}").text
    assert "These are two people" in page and page.count("answer.flac") == 2 and "on-top" in page
    assert "chance alone" not in page and "anger at the end" not in page and "Rules (" not in page


def test_another_call_is_not_put_beside_it(tmp_path: Path) -> None:
    mine, other = (attempt(tmp_path, "Anna", day, 200.0, "opening") for day in (1, 2))
    Attempts(tmp_path).finish(Path(other.folder), replace(other, scenario="talkative"))
    answered = trainee(tmp_path).get(f"/attempts/{mine.attempt}/compare?with={other.attempt}")
    assert answered.status_code == 404 and "the same call" in answered.text


def opened(page: Any, program: Program) -> None:
    """Two attempts of Anna's, side by side, drawn."""
    earlier = attempt(program.data, "Anna", 2, 300.0, "opening", "story")
    later = attempt(program.data, "Anna", 9, 200.0, "opening", "demand")
    come_in(page, program)
    page.goto(f"http://localhost:{program.port}/attempts/{later.attempt}/compare?with={earlier.attempt}")
    until(page, "document.getElementById('making').hidden && document.querySelector('canvas').height > 200")


@pytest.mark.browser
def test_both_answers_are_heard_in_turn_by_the_keyboard_alone(program: Program) -> None:
    with browser() as chromium:
        page = chromium.new_page()
        wrong = watched(page)
        opened(page, program)
        page.locator("#line-1 .in-turn").focus()
        page.keyboard.press("Enter")
        heard = "[...document.querySelectorAll('#line-1 audio')].map((one) => !one.paused)"
        until(page, f"{heard}.join() === 'true,false'")
        assert page.locator("#status").text_content() == "Earlier answer"
        page.evaluate("document.querySelectorAll('#line-1 audio')[0].currentTime = 4.2")  # near its end, at 4.4 s
        until(page, f"{heard}.join() === 'false,true'")
        assert page.locator("#status").text_content() == "Later answer"
        page.keyboard.press("Enter")
        until(page, f"{heard}.join() === 'false,false'")
        assert page.locator("#line-1 .in-turn").text_content() == "Hear both in turn"
    assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_side_by_side_is_for_everybody(program: Program, scheme: Any, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with browser() as chromium:
        page = chromium.new_page(color_scheme=scheme, reduced_motion="reduce")
        opened(page, program)
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        for width in (390, 1280, 2560):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.screenshot(path=tmp_path / f"compare-{width}.png", full_page=True)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
