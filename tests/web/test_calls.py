"""A call over the wire: what the page is told of it, what an exam hides, and that the end of the program keeps it."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.calls import answer, turns
from tests.web.client import Page, connect
from tests.web.site import trainee
from trainer import attempt, drawing, store
from trainer.records import Because
from trainer.web import calls, headset


@pytest.mark.speech
@pytest.mark.parametrize("exam", [False, True])
def test_a_call_is_told_to_the_page_and_is_kept_when_the_program_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exam: bool
) -> None:
    monkeypatch.setattr(headset, "SLACK", 10**9)  # the microphone of a test is quicker than time
    with trainee(tmp_path) as client, connect(client) as socket:
        page = Page(socket, exam=exam, granted={"gain": True}, output_latency_s=0.1)
        with page.microphone():
            page.listen()
            line = page.hear("line")
            phase = page.hear("phase")
    assert ("text" in line, "anger" in line) == (not exam, not exam)
    assert phase["phase"] in ("customer", "waiting")
    kept = store.Attempts(tmp_path).load("latest")
    assert kept.ended == "interrupted" and kept.output_latency_s == 0.1
    header = attempt.read_header(Path(kept.folder))
    assert header["granted"] == {"echo": None, "noise": None, "gain": True} and header["half_duplex"] is False
    for drawn in [one for one in threading.enumerate() if one.name == "drawing"]:
        drawn.join(60.0)
    assert drawing.kept(Path(kept.folder)) is not None  # before anybody opens its replay
    assert (Path(kept.folder) / attempt.PAGE).exists() and not (Path(kept.folder) / attempt.CAPTURE_PCM).exists()


def test_one_line_says_what_moved_the_customer_most() -> None:
    causes = (Because("apologise", -0.05), Because("lower-voice", -0.1), Because("never-interrupt", 0.02))
    turn = replace(turns(answer())[0], anger_before=0.8, anger_after=0.67, because=causes)
    assert "Lower your voice" in calls.why(turn)
    assert "Let them finish" in calls.why(replace(turn, anger_after=0.9))
    assert calls.why(replace(turn, because=())) == ""
