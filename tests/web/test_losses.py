"""Nothing that was acknowledged is lost, nor anything that the page still has; and the page says what happened."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.web.caller import agreed, calling
from tests.web.client import Page
from tests.web.program import Program, browser, come_in, until
from tests.web.proxy import Proxy, between
from tests.web.test_call_page import PATIENCE_MS, SOCKETS
from trainer import attempt, sound, store
from trainer.headset import BLOCK
from trainer.sound import Pcm

LEFT = 'addEventListener("pagehide", () => sessionStorage.setItem("sent", JSON.stringify([...sent])));'
"""What had been sent when the page was reloaded."""
FAKE_MICROPHONE = "--use-fake-device-for-media-stream"
UNPLUGGED = """
    const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (...given) => {
        const stream = await asked(...given);
        window.unplug = () => stream.getAudioTracks()[0].dispatchEvent(new Event("ended"));
        return stream;
    };
"""
"""A browser says so by this event; PulseAudio keeps silent about a microphone that is gone."""


@pytest.mark.speech
def test_what_was_acknowledged_survives_a_program_that_is_killed(program: Program) -> None:
    said = np.random.default_rng(1).integers(-3000, 3000, 400 * BLOCK).astype(np.int16)
    with calling(program.address, agreed(program.address, "Anna")) as socket:
        page = Page(socket, scenario="short-call")
        page.frames(said)
        name = page.hear("ringing")["attempt"]
        page.hear("kept", lambda event: event["frames"] >= 50)
        program.kill()
        with pytest.raises(AssertionError, match="closed"):
            page.hear("over")
    program.start()
    heard = _recorded(program.data / "attempts" / name)
    assert len(heard) >= page.kept * BLOCK >= 50 * BLOCK
    assert np.array_equal(heard, said[: len(heard)])
    with (
        calling(program.address, agreed(program.address, "Anna")) as socket,
        pytest.raises(AssertionError, match="4004"),
    ):
        Page(socket, sitting=page.welcome["sitting"])


@pytest.mark.browser
@pytest.mark.speech
def test_a_network_that_breaks_off_and_a_reload_lose_nothing_and_the_page_says_so(program: Program) -> None:
    with between(program.port) as network:
        rule = f"--host-resolver-rules=MAP localhost:{program.port} 127.0.0.1:{network.port}"
        with browser(None, rule, FAKE_MICROPHONE) as opened:
            page = opened.new_page()
            page.add_init_script(SOCKETS + LEFT + UNPLUGGED)
            _picks_up(page, program)
            _breaks_off(page, network)
            page.reload()
            page.get_by_role("button", name="Go on with the call").click()
            until(page, "sent.size > 100")
            before = dict(page.evaluate("JSON.parse(sessionStorage.sent)"))
            after = dict(page.evaluate("[...sent.entries()]"))
            page.evaluate("unplug()")
            page.get_by_text("microphone has gone away").first.wait_for(timeout=PATIENCE_MS)
            page.wait_for_url("**/attempts/**", timeout=PATIENCE_MS)
    report = store.Attempts(program.data).load("latest")
    assert report.ended == "device_lost"
    heard, sent = _recorded(Path(report.folder)), {**before, **after}
    assert sorted(sent) == list(range(len(sent))) and min(after) <= max(before) + 1
    for number, samples in sent.items():
        assert np.array_equal(heard[number * BLOCK : (number + 1) * BLOCK], samples), number


def _picks_up(page: Any, program: Program) -> None:
    come_in(page, program)
    page.goto(program.address.split("?")[0] + "call/short-call")
    page.get_by_role("button", name="Let it ring").click()
    page.get_by_role("button", name="Pick up").click()
    page.wait_for_selector("#captions li", timeout=PATIENCE_MS)


def _breaks_off(page: Any, network: Proxy) -> None:
    """A second of sound is on its way when the network goes; it goes again, and the page is reloaded meanwhile."""
    for _ in range(2):
        network.hold()
        held = page.evaluate("sent.size")
        until(page, f"sent.size > {held + 50}")
        network.cut()
        page.locator("#away").wait_for()
        until(page, "sockets.at(-1).readyState === 1")
        page.locator("#away").wait_for(state="hidden")


def _recorded(folder: Path) -> Pcm:
    return sound.to_pcm(sound.read(folder / attempt.CAPTURE, 600.0))
