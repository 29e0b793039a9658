"""A whole call in Chromium, spoken aloud at a virtual headset; and what becomes of one that is cut off."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.virtual_sound import VirtualSound
from tests.web.program import Program, browser, come_in, until, watched
from trainer import attempt, library, sound, store, tts
from trainer.headset import BLOCK
from trainer.records import RATE_HZ, Clip, Delivery, Report

pytestmark = [pytest.mark.browser, pytest.mark.device, pytest.mark.speech]

ANSWERS = (
    ("Good evening Mrs Haddad. I am really sorry that your parcel is not there.", -20.0),
    ("I understand that, and I will take care of it myself today.", -32.0),
)
PATIENCE_MS = 30_000
ALIKE, HEARD_WITHIN_S = 0.6, 0.6
"""Enough to find a sound and to see a wrong clock, and no more: a virtual card on a busy machine drops and delays what
goes through it. What the page was given arrives
to the last sample, always."""
SOCKETS = """
    window.sockets = [];
    window.sent = new Map();
    window.WebSocket = class extends WebSocket {
        constructor(...given) { super(...given); sockets.push(this); }
        send(data) {
            super.send(data);
            if (!data.buffer) return;
            sent.set(new DataView(data.buffer).getUint32(0, true), [...new Int16Array(data.buffer.slice(4))]);
        }
    };
"""
"""Every connection of the page, and every frame that it sent."""


@pytest.fixture(scope="module")
def spoken() -> list[Clip]:
    voice = library.voices()["stand-in"]
    return [tts.speak(voice, text, Delivery(level_dbfs=level)) for text, level in ANSWERS]


def shows(page: Any, phase: str) -> None:
    page.wait_for_selector(f"#sign[data-phase={phase}]", timeout=PATIENCE_MS)


def picks_up(page: Any, program: Program) -> None:
    come_in(page, program)
    page.goto(program.address.split("?")[0] + "call/short-call")
    page.get_by_role("button", name="Let it ring").click()
    page.get_by_role("button", name="Pick up").click()


def found_in(heard: Clip, said: Clip) -> tuple[float, float]:
    """Where ``said`` stands in ``heard`` (s), and how alike they are there (correlation)."""
    from scipy.signal import correlate

    total = np.concatenate(([0.0], np.cumsum(heard.astype(np.float64) ** 2)))
    energy = np.sqrt(total[len(said) :] - total[: -len(said)])
    match = correlate(heard.astype(np.float64), said.astype(np.float64), "valid") / (
        np.maximum(energy, 1e-6) * np.linalg.norm(said)
    )
    at = int(np.argmax(match))
    return at / RATE_HZ, float(match[at])


def test_a_whole_call_is_spoken_heard_and_told(
    program: Program, spoken: list[Clip], virtual_sound: VirtualSound, tmp_path: Path
) -> None:
    """Also: the connection is lost in the middle of an answer, and not a sample of it is."""
    with browser(virtual_sound.env) as opened, virtual_sound.hearing(RATE_HZ) as phones:
        page = opened.new_page()
        page.add_init_script(SOCKETS)
        wrong = watched(page)
        picks_up(page, program)
        for number, clip in enumerate(spoken):
            file = tmp_path / f"{number}.wav"
            sound.write_wav(file, clip)
            shows(page, "customer")
            shows(page, "waiting")
            speaking = virtual_sound.say(file)
            shows(page, "speaking")
            if number == 1:
                page.evaluate("sockets.at(-1).close()")
                until(page, "sockets.length > 1 && sockets.at(-1).readyState === 1")
            assert speaking.wait(30) == 0
        captions, sent = page.locator("#captions").inner_text(), page.evaluate("[...sent.entries()]")
        page.wait_for_url("**/attempts/**", timeout=PATIENCE_MS)
        page.wait_for_selector("#curves .main-svg")
        until(page, "[...document.querySelectorAll('audio')].every((sound) => sound.duration > 0)")
        shown = page.locator("main").inner_text()
    assert wrong == []
    assert "Where is my parcel?" in captions
    report = store.Attempts(program.data).load("latest")
    assert (report.ended, len(report.turns), report.trainee) == ("over", 2, "Anna")
    assert "sorry" in report.turns[0].answer.text and "sorry" in shown
    _as_sent(report, dict(sent))
    _as_spoken(report, spoken)
    _as_played(report, sound.from_pcm(phones[0]))


def _as_sent(report: Report, sent: dict[int, list[int]]) -> None:
    """The recording is what the page sent, sample by sample, though the connection was lost on the way."""
    kept = sound.to_pcm(sound.read(Path(report.folder) / attempt.CAPTURE, 600.0))
    assert sorted(sent) == list(range(len(sent))) and len(sent) > 500
    for number, samples in sent.items():
        assert np.array_equal(kept[number * BLOCK : (number + 1) * BLOCK], samples), number


def _as_spoken(report: Report, spoken: list[Clip]) -> None:
    """The recording is what was said, and one answer is as much softer as it was."""
    heard = sound.read(Path(report.folder) / attempt.CAPTURE, 600.0)
    found = [found_in(heard, clip) for clip in spoken]
    for (at_s, alike), turn in zip(found, report.turns, strict=True):
        assert alike >= ALIKE
        assert at_s == pytest.approx(turn.answer.start_s, abs=0.5)  # its own quiet beginning included
    first, second = (turn.answer.level.active_dbfs for turn in report.turns)
    assert first is not None and second is not None
    assert first - second == pytest.approx(ANSWERS[0][1] - ANSWERS[1][1], abs=2.0)


def _as_played(report: Report, phones: Clip) -> None:
    """Each line was heard whole in the headphones, in its order."""
    at = []
    for number in (1, 2, 3):
        line = sound.read(attempt.line_file(Path(report.folder), number), 60.0)
        at_s, alike = found_in(phones, line)
        assert alike >= ALIKE, number
        at.append(at_s)
    assert at == sorted(at)


def test_it_is_known_when_a_line_is_heard_and_a_call_survives_a_reload_and_ends_with_the_program(
    program: Program, virtual_sound: VirtualSound
) -> None:
    """The microphone hears the headphones, and nothing else: what it hears stands in the recording."""
    virtual_sound.pactl("load-module", "module-remap-source", "master=phones.monitor", "source_name=leaks")
    virtual_sound.pactl("set-default-source", "leaks")
    with browser(virtual_sound.env) as opened:
        page = opened.new_page()
        picks_up(page, program)
        page.wait_for_selector("#captions li", timeout=PATIENCE_MS)
        shows(page, "waiting")
        page.reload()
        page.get_by_role("button", name="Go on with the call").click()
        page.wait_for_selector("#captions li", timeout=PATIENCE_MS)
        page.get_by_role("button", name="Pause").click()
        page.get_by_role("button", name="Go on").click()
        page.wait_for_selector("#captions li.you, #captions li:nth-child(2)", timeout=PATIENCE_MS)
        program.kill()
        folder = next((program.data / "attempts").glob("*-short-call-*/capture.pcm")).parent
        program.start()
        page.get_by_text("started anew").wait_for(timeout=PATIENCE_MS)
    lines = [event["line"] for event in _events(folder) if event["kind"] == "turn" for event in [event["turn"]]]
    assert not (folder / attempt.CAPTURE_PCM).exists()  # what the killed program left open was closed by the next one
    heard = sound.read(folder / attempt.CAPTURE, 600.0)
    line = sound.read(attempt.line_file(folder, 1), 60.0)
    at_s, alike = found_in(heard, line)
    assert alike >= ALIKE
    assert lines[0]["start_s"] == pytest.approx(at_s, abs=HEARD_WITHIN_S)


def _events(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / attempt.EVENTS).read_text(encoding="utf-8").splitlines()]
