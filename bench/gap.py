"""The gap that a trainee hears: a whole call in Chromium at a virtual sound card, and the sound of the card itself.

The card has both directions on one clock (tests/virtual_sound.py): the gap, from the last speech of an answer to the
first sample of the customer's line, is found in what was played, whatever any clock of ours says. Its parts are told by
the page and by the capture. The straightforward way gets the same answers in the same run: it waits for 0.7 s of
silence, recognises the whole, and then speaks.
"""

import json
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bench.answers import SCENARIO, answers
from bench.gates import Figure
from bench.trainee import trimmed
from bench.turn import Stock
from tests.virtual_sound import RATE_HZ as CARD_HZ
from tests.virtual_sound import VirtualSound, absent
from tests.web.program import Program, browser, come_in, serving
from tests.web.test_call_page import found_in
from trainer import attempt, sound, store
from trainer.records import RATE_HZ, Clip, Report
from trainer.sound import Pcm

TURNS = 10
ANSWERS = 5
"""Different ones; the customer hears them twice."""
FIXED_S = 0.7
GATE_S, GATE_SHARE = 1.05, 0.6
LINE = "And on Monday somebody promised to call me back within two hours. I waited. Nobody did."
NEAR_S = 30.0
PATIENCE_MS = 60_000
HEARD = """
    window.heard = [];
    window.WebSocket = class extends WebSocket {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", ({ data }) => {
                const event = typeof data === "string" ? JSON.parse(data) : { type: "sound" };
                heard.push([performance.now() / 1000, event.phase ?? event.type]);
            });
        }
    };
"""
"""When each event came to the page, in seconds."""


@dataclass(frozen=True)
class Gap:
    """Seconds from the last speech of an answer to the customer's first; and what they consist of."""

    whole_s: float
    silence_s: float
    judged_s: float
    line_s: float

    @property
    def playback_s(self) -> float:
        """On the network, in the browser and in the card."""
        return self.whole_s - self.silence_s - self.judged_s - self.line_s


def run() -> list[Figure]:
    if missing := absent():
        return [Figure("gap, median", None, "s", GATE_S, note=missing)]
    spoken = list(islice(cycle(one.clip for one in answers(ANSWERS)), TURNS))
    gaps = _called(spoken)
    stock = Stock()
    took = [stock.turn(clip, LINE) for clip in spoken[: len(gaps)]]
    return _figures(gaps, [FIXED_S + one.transcribe_s + one.speech_s for one in took])


def _called(spoken: Sequence[Clip]) -> list[Gap]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gap")))
        (folder / "card").mkdir()
        card = VirtualSound(folder / "card")
        stack.callback(card.close)
        card.side_by_side()
        card.pactl("set-default-source", "lips")
        program = stack.enter_context(serving(folder / "data", asr="base"))
        page = stack.enter_context(browser(card.env)).new_page()
        page.add_init_script(HEARD)
        with card.hearing(CARD_HZ, "both.monitor", 2) as both:
            heard = _spoken(page, program, card, spoken, folder)
        report = store.Attempts(program.data).load("latest")
        return _gaps(report, spoken, both[0], heard)


def _spoken(page: Any, program: Program, card: VirtualSound, spoken: Sequence[Clip], folder: Path) -> list[Any]:
    """Have the call; when each event came to the page."""
    come_in(page, program)
    page.goto(program.address.split("?")[0] + f"call/{SCENARIO}")
    page.get_by_role("button", name="Let it ring").click()
    page.get_by_role("button", name="Pick up").click()
    for number, clip in enumerate(spoken):
        page.wait_for_selector("#sign[data-phase=customer]", timeout=PATIENCE_MS)
        page.wait_for_selector("#sign[data-phase=waiting]", timeout=PATIENCE_MS)
        sound.write_wav(folder / f"{number}.wav", sound.from_pcm(trimmed(clip)))
        card.say(folder / f"{number}.wav", "mouth").wait()
    page.wait_for_selector("#sign[data-phase=customer]", timeout=PATIENCE_MS)
    heard: list[Any] = page.evaluate("heard")
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url("**/attempts/**", timeout=PATIENCE_MS)
    return heard


def _gaps(report: Report, spoken: Sequence[Clip], card: Pcm, heard: Sequence[Any]) -> list[Gap]:
    ear, mouth = (sound.resample(sound.from_pcm(side), CARD_HZ, RATE_HZ) for side in card.reshape(-1, 2).T.copy())
    folder = Path(report.folder)
    events = [json.loads(line) for line in (folder / attempt.EVENTS).read_text(encoding="utf-8").splitlines()]
    over = {event["turn"]: event["at_s"] for event in events if event["kind"] == "answer"}
    capture = sound.read(folder / attempt.CAPTURE, 3600.0)
    found, since_s = [], 0.0
    for turn, clip in zip(report.turns, spoken, strict=False):
        said = sound.from_pcm(trimmed(clip))
        ended_s = _after(mouth, said, since_s) + len(said) / RATE_HZ
        next_s = _after(ear, sound.read(attempt.line_file(folder, turn.number + 1), 60.0), ended_s)
        captured_s = _after(capture, said, max(0.0, turn.answer.start_s - 1.0)) + len(said) / RATE_HZ
        known, judged, sent = _told(heard, turn.number)
        found.append(Gap(next_s - ended_s, over[turn.number] - captured_s, judged - known, sent - judged))
        since_s = next_s
    return found


def _after(where: Clip, what: Clip, from_s: float) -> float:
    """Where a sound is, not before ``from_s``."""
    part = where[round(from_s * RATE_HZ) : round((from_s + NEAR_S) * RATE_HZ) + len(what)]
    return from_s + found_in(part, what)[0]


def _told(heard: Sequence[Any], number: int) -> tuple[float, float, float]:
    """When the page was told that an answer is over, what was made of it, and when it got the next line's sound."""
    judged = [at for at, (_, kind) in enumerate(heard) if kind == "turn"][number - 1]
    known = max(at_s for at_s, kind in heard[:judged] if kind == "recognising")
    sent = next(at_s for at_s, kind in heard[judged:] if kind == "sound")
    return known, heard[judged][0], sent


def _figures(gaps: Sequence[Gap], stock: Sequence[float]) -> list[Figure]:
    whole_s, stock_s = statistics.median(gap.whole_s for gap in gaps), statistics.median(stock)
    parts = {
        "silence waited for, recognition in it": [gap.silence_s for gap in gaps],
        "judging, once the answer is over": [gap.judged_s for gap in gaps],
        "dialogue and speech": [gap.line_s for gap in gaps],
        "network and playback": [gap.playback_s for gap in gaps],
    }
    return [
        Figure("gap in the sound of the card, median", whole_s, "s", GATE_S, note=f"{len(gaps)} turns of one call"),
        Figure("    the greatest", max(gap.whole_s for gap in gaps), "s"),
        *(Figure(f"    {name}", statistics.median(values), "s") for name, values in parts.items()),
        Figure("the straightforward way, median", stock_s, "s"),
        Figure("our gap / its gap", whole_s / stock_s, "", GATE_SHARE),
    ]
