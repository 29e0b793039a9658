"""The replay page of a call of a quarter of an hour, measured in the page: opened, begun, and scrolled.

The call is that of `trainer demo`, laid behind itself until it is long enough. Sound has begun when the clock of the
element that plays it goes on; its way through the system to an ear is not in it.
"""

import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.gates import Figure
from tests.web.program import Program, browser, come_in, serving, until
from trainer import attempt, cli, drawing, sound
from trainer.records import RATE_HZ, Answer, Line, Mark, Report, Span, Turn
from trainer.store import Attempts

CALL_S = 15 * 60.0
OPENED_S, BEGUN_S, FRAMES = 2.0, 0.5, 30.0
LATE_S, SCROLLED_MS = 800, 5000
_DRAWN = "performance.getEntriesByName('replay-drawn').length"
_BEGIN = """
    (at) => new Promise((done) => {
        const sound = document.getElementById("sound"), from = performance.now();
        const took = () => (performance.now() - from) / 1000;
        const look = () => (sound.currentTime > at && !sound.seeking ? done(took()) : requestAnimationFrame(look));
        if (at) location.hash = `#t=${at}`;
        document.getElementById("play").click();
        look();
    })
"""
_SCROLL = """
    (lasts) => new Promise((done) => {
        const canvas = document.getElementById("picture"), times = [];
        const step = (now) => {
            times.push(now);
            canvas.dispatchEvent(new WheelEvent("wheel", { deltaX: 12, cancelable: true }));
            if (now - times[0] < lasts) return requestAnimationFrame(step);
            const gaps = times.slice(1).map((one, place) => one - times[place]).sort((a, b) => a - b);
            done([1000 * gaps.length / (now - times[0]), gaps[Math.floor(gaps.length * 0.99)]]);
        };
        requestAnimationFrame(step);
    })
"""


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        data = Path(name)
        report = long_call(data)
        since_s = time.perf_counter()
        drawing.make(Path(report.folder), report)
        drawn_s = time.perf_counter() - since_s
        with serving(data) as program, browser() as chromium:
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            come_in(page, program)
            figures = _measured(page, program, report)
    lasts_s = report.turns[-1].answer.end_s
    return [*figures, Figure("curves of the call, made once, over its length", drawn_s / lasts_s, "", 0.1)]


def _measured(page: Any, program: Program, report: Report) -> list[Figure]:
    address = program.address.split("?")[0] + f"attempts/{report.attempt}/replay"
    page.goto(address)
    until(page, _DRAWN)
    opened_s = page.evaluate("performance.getEntriesByName('replay-drawn')[0].startTime / 1000")
    until(page, "document.getElementById('sound').readyState > 0")
    figures = [
        Figure("from the address to the picture", opened_s, "s", OPENED_S),
        Figure("from Play to the first sound", page.evaluate(_BEGIN, 0), "s", BEGUN_S),
    ]
    page.evaluate("document.getElementById('sound').pause()")
    figures.append(Figure("    and from a link to 13:20 of it", page.evaluate(_BEGIN, LATE_S), "s", BEGUN_S))
    for name, keys in (("15 s in view", ""), ("a minute in view", "---"), ("the call in view, nearer once", "0+")):
        page.evaluate("document.getElementById('sound').pause()")
        for key in keys:
            page.keyboard.press(key)
        frames, slow_ms = page.evaluate(_SCROLL, SCROLLED_MS)
        note = f"99 of 100 frames within {slow_ms:.0f} ms"
        figures.append(Figure(f"scrolling, {name}", frames, "frames/s", FRAMES, at_least=True, note=note))
    return figures


def long_call(data: Path) -> Report:
    """A store with a call of at least CALL_S."""
    assert cli.run(["demo", "--data", str(data)]) == 0
    kept = Attempts(data)
    short = kept.load("latest")
    folder = Path(short.folder)
    captured = sound.read(folder / attempt.CAPTURE, CALL_S)
    lasts_s = len(captured) / RATE_HZ
    times = int(np.ceil(CALL_S / lasts_s))
    turns = [_later(turn, place * len(short.turns), place * lasts_s) for place in range(times) for turn in short.turns]
    for turn in turns[len(short.turns) :]:
        first = attempt.line_file(folder, (turn.number - 1) % len(short.turns) + 1)
        shutil.copy(first, attempt.line_file(folder, turn.number))
    sound.write_flac(folder / attempt.CAPTURE, np.tile(captured, times))
    long = replace(short, turns=tuple(turns), closing=None)
    kept.finish(folder, long)
    return kept.load("latest")


def _later(turn: Turn, turns: int, by_s: float) -> Turn:
    """The same turn, so many turns and seconds later."""
    findings = tuple(replace(one, spans=_spans(one.spans, by_s)) for one in turn.findings)
    line, answer = _line(turn.line, by_s), _answer(turn.answer, by_s)
    return replace(turn, number=turn.number + turns, line=line, answer=answer, findings=findings)


def _line(line: Line, by_s: float) -> Line:
    marks = tuple(Mark(one.kind, one.start_s + by_s, one.end_s + by_s) for one in line.marks)
    return replace(line, start_s=line.start_s + by_s, end_s=line.end_s + by_s, marks=marks)


def _answer(answer: Answer, by_s: float) -> Answer:
    words = tuple(replace(one, start_s=one.start_s + by_s, end_s=one.end_s + by_s) for one in answer.words)
    rate = replace(answer.rate, pauses=_spans(answer.rate.pauses, by_s))
    return replace(answer, start_s=answer.start_s + by_s, end_s=answer.end_s + by_s, words=words, rate=rate)


def _spans(spans: tuple[Span, ...], by_s: float) -> tuple[Span, ...]:
    return tuple((start_s + by_s, end_s + by_s) for start_s, end_s in spans)
