"""What the pages show, and what they never show: another person's calls, or text as markup."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.calls import answer, turns
from tests.web.site import HOME, desk, trainee, visitor
from trainer import attempt, library, sound
from trainer.coaching.call import verdict
from trainer.journal import Journal
from trainer.records import Block, Report
from trainer.store import Attempts
from trainer.web import debrief

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def test_nobody_reaches_a_page_before_they_agreed_to_being_recorded(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    for path in ("/", "/attempts", "/attempts/latest"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/consent")
    page = client.get("/consent").text
    assert str(tmp_path) in page
    for words in ("What is kept", "Where", "Who can hear it", "For how long"):
        assert words in page


@pytest.mark.parametrize(
    "form",
    [{}, {"name": "Anna"}, {"agree": "yes"}, {"name": " ", "agree": "yes"}, {"name": "A" * 81, "agree": "yes"},
     {"name": "A\x07na", "agree": "yes"}, {"name": "Anna", "agree": "no"}],
)  # fmt: skip
def test_whoever_gives_no_name_or_does_not_agree_is_asked_again(tmp_path: Path, form: dict[str, str]) -> None:
    client = visitor(tmp_path)
    answer = client.post("/consent", data=form, headers={"origin": HOME})
    assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert not (tmp_path / "people").exists()


@pytest.mark.parametrize("body", [b"\xff\xfe=1", b"name=" + b"A" * 70_000, b"name=%ff&agree=yes"])
def test_a_form_that_cannot_be_read_is_answered_in_one_sentence(tmp_path: Path, body: bytes) -> None:
    answer = visitor(tmp_path).post("/consent", content=body, headers={"origin": HOME})
    assert answer.status_code == 400 and "form" in answer.text


def test_the_agreement_is_kept_with_its_moment_and_goes_with_the_person(tmp_path: Path) -> None:
    client = trainee(tmp_path, "Zoë")
    kept = Attempts(tmp_path)
    assert kept.people.person("Zoë").agreed_at.startswith("20")
    assert client.get("/").status_code == 200
    kept.forget_person("Zoë")
    assert client.get("/").headers["location"] == "/consent"


def test_every_scenario_is_a_card_that_says_who_calls_and_what_about(tmp_path: Path) -> None:
    page = trainee(tmp_path).get("/").text
    for one in library.scenarios().values():
        assert one.title in page and one.customer in page and f'href="/call/{one.id}"' in page
    assert page.count("Suggested today") == 1


def test_what_is_typed_is_never_markup(tmp_path: Path) -> None:
    client = trainee(tmp_path, EVIL)
    for path in ("/", "/consent", "/attempts"):
        assert "<script>alert" not in client.get(path).text and "<img src=x" not in client.get(path).text


ABSENT = [
    "/nowhere",
    "/attempts/none",
    "/attempts/%00",
    "/attempts/..%2f..%2fetc",
    "/attempts/latest/9/line.flac",
    "/attempts/latest/1/x.flac",
    "/static/none.js",
    "/static/..%2fguard.py",
]


@pytest.mark.parametrize("path", ABSENT)
def test_what_is_not_there_is_said_on_a_page(tmp_path: Path, path: str) -> None:
    answer = trainee(tmp_path).get(path)
    assert answer.status_code == 404
    assert "That did not work" in answer.text and "Traceback" not in answer.text


def test_styles_and_scripts_are_ours_and_known_by_their_kind(tmp_path: Path) -> None:
    client = trainee(tmp_path)
    style = client.get("/static/trainer.css")
    assert style.headers["content-type"].startswith("text/css")
    assert client.get("/static/trainer.css", headers={"if-none-match": style.headers["etag"]}).status_code == 304
    plotly = client.get("/static/plotly.js")
    assert plotly.headers["content-type"].startswith("text/javascript") and len(plotly.content) > 1_000_000


def kept_call(root: Path, who: str, said: str = "I will take care of it.") -> Report:
    """An attempt of one turn, of a tone."""
    at = Attempts(root)
    folder = at.new("late-delivery", who)
    header = {"scenario": "late-delivery", "trainee": who, "started_at": "2026-11-24T10:00:00+00:00"}
    tone = np.asarray(8000 * np.sin(np.arange(16_000 * 12) * 0.1), np.int16)
    with Journal(folder, header) as journal:
        for number in range(len(tone) // 320):
            journal.append(Block(number, tone[number * 320 : (number + 1) * 320], False))
        journal.line(1, sound.from_pcm(tone[:32_000]))
    said_turns = tuple(turns(replace(answer(start_s=1.0), text=said)))
    call = verdict(said_turns, None, library.rules(), "Mrs Kowalska")
    started = header["started_at"]
    report = Report(folder.name, "late-delivery", str(folder), ("af",), who, started, None, said_turns, call, "over")
    at.finish(folder, report)
    return report


def test_the_report_of_a_call_is_a_page_whose_sounds_can_be_sought_in(tmp_path: Path) -> None:
    report = kept_call(tmp_path, "Anna", EVIL)
    client = trainee(tmp_path)
    shown = client.get(f"/attempts/{report.attempt}")
    assert shown.status_code == 200
    policy = shown.headers["content-security-policy"]
    assert "script-src 'self';" in policy and "style-src 'self' 'unsafe-inline'" in policy
    assert not re.search(r"<script(?![^>]*(src=|application/json))", shown.text) and "<script>alert" not in shown.text
    address = re.search(r'src="(/attempts/[^"]*answer\.flac)"', shown.text)
    assert address
    whole = client.get(address.group(1))
    assert whole.status_code == 200 and whole.content[:4] == b"fLaC"
    part = client.get(address.group(1), headers={"range": "bytes=4-9"})
    assert (part.status_code, part.content) == (206, whole.content[4:10])
    assert client.get(address.group(1), headers={"range": "bytes=999999999-"}).status_code == 416


def test_what_they_say_of_their_call_themselves_is_kept_with_it(tmp_path: Path) -> None:
    mine, theirs = kept_call(tmp_path, "Anna"), kept_call(tmp_path, "Bela")
    client = trainee(tmp_path)
    said = {"well": "I let her finish.", "differently": EVIL}
    for report, status in ((mine, 303), (theirs, 404)):
        address = f"/attempts/{report.attempt}/debrief"
        assert client.post(address, data=said, headers={"origin": HOME}).status_code == status
    page = client.get(f"/attempts/{mine.attempt}").text
    assert "I let her finish." in page and "What would I do differently?" in page and "<img src=x" not in page
    assert debrief.read(Path(theirs.folder)) == debrief.Debrief()
    too_long = {"well": "A" * 2001}
    address = f"/attempts/{mine.attempt}/debrief"
    assert client.post(address, data=too_long, headers={"origin": HOME}).status_code == 400


def test_the_calls_of_others_are_not_there(tmp_path: Path) -> None:
    theirs = kept_call(tmp_path, "Bela")
    client = trainee(tmp_path)
    for path in (f"/attempts/{theirs.attempt}", f"/attempts/{theirs.attempt}/1/answer.flac", "/attempts/latest"):
        assert client.get(path).status_code == 404
    assert client.post(f"/attempts/{theirs.attempt}/forget", headers={"origin": HOME}).status_code == 404
    assert (Path(theirs.folder) / attempt.REPORT).exists()
    assert theirs.attempt not in client.get("/attempts").text


@pytest.mark.parametrize("name", ["%", "A*", "[A]nna", "_nna", "Anna' OR '1'='1", "a%", "ＡＮＮＡ"])
def test_a_name_is_no_pattern_for_those_of_others(tmp_path: Path, name: str) -> None:
    theirs = kept_call(tmp_path, "Anna")
    client = trainee(tmp_path, name)
    assert theirs.attempt not in client.get("/attempts").text
    assert client.get(f"/attempts/{theirs.attempt}").status_code == 404


def test_a_name_is_one_however_its_letters_are_composed(tmp_path: Path) -> None:
    mine = kept_call(tmp_path, "Jos\u00e9")
    assert mine.attempt in trainee(tmp_path, "Jose\u0301").get("/attempts").text


def test_the_calls_of_the_demo_may_be_looked_at_by_everybody(tmp_path: Path) -> None:
    demo = kept_call(tmp_path, "stand-in")
    client = trainee(tmp_path)
    assert demo.attempt in client.get("/attempts").text
    assert client.get(f"/attempts/{demo.attempt}").status_code == 200


def test_an_attempt_can_be_removed_to_the_last_byte(tmp_path: Path) -> None:
    mine = kept_call(tmp_path, "Anna")
    client = trainee(tmp_path)
    assert client.post(f"/attempts/{mine.attempt}/forget", headers={"origin": HOME}).status_code == 303
    assert not Path(mine.folder).exists()


def test_one_call_is_suggested(tmp_path: Path) -> None:
    kept_call(tmp_path, "Anna")
    cards = desk(tmp_path).cards("Anna")
    assert [card.times for card in cards if card.scenario.id == "late-delivery"] == [1]
    assert sum(bool(card.suggested) for card in cards) == 1


def test_those_who_run_the_machines_are_told_what_the_microphone_needs(tmp_path: Path) -> None:
    page = visitor(tmp_path).get("/https").text
    assert f'OverrideSecurityRestrictionsOnInsecureOrigin = ["{HOME}"]' in page
    assert "--tls-cert" in page and "AudioCaptureAllowedUrls" in page
    for path in ("/soundcheck", "/call/late-delivery"):
        assert 'href="/https"' in trainee(tmp_path).get(path).text
