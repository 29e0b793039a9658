"""Pictures of every page, for people to look at: `python -m scripts.screens DEMO FOLDER [PAGE …]`.

DEMO is a data folder with a call of `trainer demo`; the pages are filled with copies of it. Each is taken at three
widths, light and dark, into FOLDER; with `--pl` in Polish. `python -m scripts.screens DEMO --keep` takes the README's.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.web.program import Program, browser, come_in, serving, until
from tests.web.test_looks import TALK
from trainer import again, library, tts
from trainer.asr.scripted import ScriptedRecogniser, spread
from trainer.headset import PlayedHeadset
from trainer.records import RATE_HZ, Baseline, Delivery, Report
from trainer.store import Attempts

KEPT = Path(__file__).parent.parent / "docs" / "screens"
README = {"choose": "/", "call": "/call/late-delivery#talk", "report": "/attempts/{attempt}#course"}
WIDTHS = (390, 1280, 2560)
SAID = "I am so sorry about the washing machine, Mrs Kowalska. I will take care of it myself, and call you at six."
PAGES = {
    **README,
    "consent": "/consent",
    "briefing": "/call/late-delivery",
    "ringing": "/call/late-delivery#ringing",
    "warmup": "/call/late-delivery/warmup",
    "soundcheck": "/soundcheck",
    "soundcheck-opened": "/soundcheck#opened",
    "attempts": "/attempts",
    "progress": "/progress",
    "again": "/attempts/{attempt}/2/again",
    "watch": "/attempts/{attempt}/watch",
    "replay": "/attempts/{attempt}/replay#t=38.00",
    "compare": "/attempts/{attempt}/compare",
    "comments": "/attempts/{attempt}/comments",
    "https": "/https",
    "nowhere": "/nowhere",
}
SHOW = "id => { for (const one of ['briefing', 'ringing']) document.getElementById(one).hidden = one !== id; }"


def filled(demo: Path, data: Path) -> Report:
    """A store with calls of Anna's, better from one to the next; the last of them."""
    source = Attempts(demo).load("latest")
    shutil.copytree(source.folder, data / "attempts" / source.attempt)
    kept = Attempts(data)
    last = source
    for day in range(1, 6):
        folder = data / "attempts" / f"2026-11-{day + 10}T09-30-00-late-delivery-anna"
        shutil.copytree(source.folder, folder)
        turns = source.turns[2 * (day > 2) :] if day < 5 else source.turns
        started = f"2026-11-{day + 10}T09:30:00+00:00"
        last = replace(source, attempt=folder.name, folder=str(folder), trainee="Anna", started_at=started, turns=turns)
        header = json.loads((folder / "format.json").read_text(encoding="utf-8"))
        (folder / "format.json").write_text(json.dumps({**header, "trainee": "Anna", "started_at": started}))
        kept.finish(folder, last)
    if last.baseline:
        taken = Baseline("Anna", "Headset", last.started_at, last.baseline, last.baseline, False, True, ())
        kept.people.keep(taken, {})
    clip = tts.speak(library.voices()["stand-in"], SAID, Delivery(level_dbfs=-28.0))
    recogniser = ScriptedRecogniser(lambda heard: spread(SAID, 0.2, len(heard) / RATE_HZ - 0.3))
    again.Again(last, 2, PlayedHeadset(iter((clip,))), recogniser, "2026-11-15T09:50:00+00:00", last.baseline).run()
    return last


def opened(page: Any, program: Program, path: str) -> None:
    """A page, in the state that its address names behind the #."""
    state = path.partition("#")[2]
    page.goto(program.address.split("/?")[0] + (path if state.startswith("t=") else path.split("#")[0]))
    if state == "talk":
        page.evaluate(TALK)
    elif state == "ringing":
        page.evaluate(SHOW, state)
    elif state == "opened":
        page.locator("#open").click()
        page.locator("#opened").wait_for()
    if page.locator("#picture").count():
        until(page, "document.getElementById('making').hidden && document.getElementById('sound').readyState > 0")
    if page.locator(".on-top").count():
        until(page, "document.getElementById('making').hidden", 120.0)
    if page.locator("#curves").count():
        page.wait_for_selector("#curves .main-svg")
    if state == "course":
        page.evaluate("document.getElementById('course').scrollIntoView()")


@contextmanager
def pages(demo: Path, scheme: Any, language: str, scale: float = 1.0) -> Iterator[tuple[Any, Program, Report]]:
    """A browser before a filled program."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as program:
        report = filled(demo, Path(folder))
        with browser(None, "--use-fake-device-for-media-stream") as chromium:
            page = chromium.new_page(
                color_scheme=scheme, reduced_motion="reduce", locale=language, device_scale_factor=scale
            )
            if language == "en":
                come_in(page, program)
            else:
                page.goto(program.address)
                page.locator("input[name=name]").fill("Anna")
                page.locator("input[name=agree]").check()
                page.locator("button.main").click()
            yield page, program, report


def keep(demo: Path) -> None:
    """The three of the README, as they are first seen, small."""
    with pages(demo, "light", "en", scale=0.7) as (page, program, report):
        page.set_viewport_size({"width": 1180, "height": 760})
        for name, path in README.items():
            opened(page, program, path.format(attempt=report.attempt))
            page.screenshot(path=KEPT / f"{name}.png")


def main(demo: Path, folder: Path, wanted: list[str], language: str) -> None:
    """Take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        with pages(demo, scheme, language) as (page, program, report):
            for name in wanted or PAGES:
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    opened(page, program, PAGES[name].format(attempt=report.attempt))
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)


if __name__ == "__main__":
    options = [one for one in sys.argv[1:] if one.startswith("--")]
    given = [one for one in sys.argv[1:] if not one.startswith("--")]
    if "--keep" in options:
        keep(Path(given[0]))
    else:
        main(Path(given[0]), Path(given[1]), given[2:], "pl" if "--pl" in options else "en")
