"""Every page at every width, light and dark: nothing sticks out, nothing shuts anybody out, the keyboard is enough."""

from pathlib import Path
from typing import Any

import pytest

from tests.web.program import Program, browser, come_in, watched
from tests.web.test_pages import kept_call

pytestmark = pytest.mark.browser

PAGES = (
    "consent",
    "",
    "call/short-call",
    "call/short-call#talk",
    "call/short-call/warmup",
    "progress",
    "demo",
    "https",
    "soundcheck",
    "attempts",
    "sharing",
    "links",
    "in/nothing",
    "nowhere",
)
TALK = """
async () => {
    const { Figure } = await import("/static/figure.js");
    const { Gauges } = await import("/static/gauges.js");
    const { caption } = await import("/static/captions.js");
    const { say } = await import("/static/texts.js");
    document.getElementById("briefing").hidden = true;
    document.getElementById("talk").hidden = false;
    document.getElementById("sign").dataset.phase = "speaking";
    document.getElementById("sign-text").textContent = say("phase_speaking");
    document.getElementById("why").textContent = "Less heat: Apologise";
    new Figure().set(0.6);
    new Gauges(["tempo", "pitch", "level"]).show({ tempo: 0.4, pitch: 1.9, level: null });
    const said = [["customer", "I took two days off work for this, and nobody came!"], ["you", "I am sorry."]];
    for (const [who, text] of said) caption(who, text, say(who));
}
"""


def opened(page: Any, program: Program, path: str) -> None:
    """A page; the call as it looks while it goes on."""
    page.goto(program.address.split("?")[0] + path.split("#")[0])
    if path.endswith("#talk"):
        page.evaluate(TALK)
    if page.locator("#curves").count():
        page.wait_for_selector("#curves .main-svg")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everybody(program: Program, scheme: Any, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    report = kept_call(program.data, "Anna")
    with browser() as chromium:
        page = chromium.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
        wrong = watched(page)
        come_in(page, program)
        own = f"attempts/{report.attempt}"
        for path in (*PAGES, own, f"{own}/watch", f"{own}/1/again"):
            opened(page, program, path)
            for width in (390, 1280, 2560):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
                page.screenshot(path=tmp_path / f"{path.replace('/', '-').replace('#', '-')}-{width}.png")
            found = Axe().run(page)
            told = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found.response["violations"]]
            assert told == [] and len(found.response["passes"]) > 5, path
        assert [one for one in wrong if "404" not in one] == []


def test_the_keyboard_is_enough_to_get_from_the_door_to_the_call(program: Program) -> None:
    with browser(None, "--use-fake-device-for-media-stream") as chromium:
        page = chromium.new_page()
        page.goto(program.address)
        page.get_by_label("Your name").focus()
        for keys in ("A", "n", "n", "a", "Tab", "Space", "Tab", "Enter"):
            page.keyboard.press(keys)
        page.wait_for_url("**/")
        for _ in range(100):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('href')") == "/call/short-call":
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/call/short-call")
        page.locator("#start").focus()
        page.keyboard.press("Enter")
        page.locator("#ringing").wait_for()
        assert page.evaluate("document.activeElement.id") == "answer"
        page.keyboard.press("Enter")
        page.locator("#talk").wait_for()
        page.locator("#hang-up").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/attempts/**", timeout=30_000)
