"""The sound check at a page: taken over the wire, told in plain sentences, and the headphones tried for leaking."""

from pathlib import Path

import numpy as np
import pytest

from tests.calls import answer
from tests.signals import silence
from tests.virtual_sound import VirtualSound
from tests.web.client import Page, connect
from tests.web.program import Program, browser, come_in, watched
from tests.web.site import trainee
from trainer import sound
from trainer.records import Baseline, Clip, Measures, Transcript
from trainer.standin import StandInTrainee
from trainer.web import checks, wire
from trainer.web import headset as page_headset

HELLO = wire.Hello(1, "soundcheck", 48_000)


def spoken(clip: Clip) -> "np.typing.NDArray[np.int16]":
    """A part as it is recorded: after the tone, with the silence that ends it."""
    return sound.to_pcm(np.concatenate((silence(0.5), clip, silence(3.0))))


@pytest.mark.speech
def test_a_sound_check_is_taken_over_the_wire_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_headset, "SLACK", 10**9)  # no time passes in a test
    parts = list(StandInTrainee("late-delivery", stubborn=False).sound_check())
    with trainee(tmp_path) as client, connect(client) as socket:
        page = Page(socket, work="soundcheck")
        with page.microphone() as microphone:
            for clip, name in zip(parts, ("reading", "spontaneous"), strict=True):
                assert page.hear("part")["part"] == name
                page.listen(0.0)
                microphone.put(spoken(clip))
            said = page.hear("over")["said"]
        kept = client.app.state.desk.kept.people.baselines("Anna")  # type: ignore[attr-defined]
    shares = [event["share"] for event in page.events if event["type"] == "progress"]
    assert max(shares) == 1.0 and min(shares) == 0.0
    assert [one.device for one in kept] == ["test microphone"]
    assert "Hz" in said[0] and not (list((tmp_path / "soundchecks").iterdir()))


@pytest.mark.speech
def test_one_who_says_nothing_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_headset, "SLACK", 10**9)
    with trainee(tmp_path) as client, connect(client) as socket:
        page = Page(socket, work="soundcheck")
        with page.microphone():
            page.hear("part")
            page.listen(0.0)
            assert "speech" in page.hear("failed")["problem"]


def _baseline(fit: bool) -> Baseline:
    taken = answer()
    heard = Measures(
        "", 10.0, 10.0, Transcript("en", "", ()), taken.rate, taken.pitch, taken.level, taken.effort, taken.quality
    )
    return Baseline("Anna", "x", "2026-01-01T00:00:00+00:00", heard, heard, False, fit, ())


def test_what_the_browser_does_unasked_and_headphones_that_are_late_are_said_plainly() -> None:
    plain = checks.told(_baseline(True), HELLO)
    assert len(plain) == 2 and "syllables" in plain[0]
    granted = wire.Granted(echo=True, noise=True, gain=True)
    told = checks.told(_baseline(False), wire.Hello(1, "soundcheck", 48_000, output_latency_s=0.3, granted=granted))
    assert len(told) == 6
    assert any("turns itself up" in one for one in told) and any("Bluetooth" in one for one in told)


@pytest.mark.browser
@pytest.mark.device
def test_headphones_that_leak_are_found_and_remembered(program: Program, virtual_sound: VirtualSound) -> None:
    virtual_sound.pactl("load-module", "module-remap-source", "master=phones.monitor", "source_name=leaks")
    with browser(virtual_sound.env) as opened:
        page = opened.new_page()
        wrong = watched(page)
        come_in(page, program)
        for source, said in (("microphone", "does not hear your headphones"), ("leaks", "hears your headphones")):
            virtual_sound.pactl("set-default-source", source)
            page.goto(program.address.split("?")[0] + "soundcheck")
            page.get_by_role("button", name="Use my headset").click()
            page.get_by_role("button", name="Play the noise").click()
            page.locator("#leaks").filter(has_text=said).wait_for()
            assert page.evaluate("JSON.parse(localStorage['trainer-devices']).leaks") is (source == "leaks")
            assert page.locator("#granted li").count() >= 1
        assert wrong == []


@pytest.mark.browser
@pytest.mark.device
def test_the_way_to_the_ear_and_back_is_measured_and_counts_in_every_call(
    program: Program, virtual_sound: VirtualSound
) -> None:
    virtual_sound.pactl("load-module", "module-remap-source", "master=phones.monitor", "source_name=cup")
    virtual_sound.pactl("set-default-source", "cup")
    with browser(virtual_sound.env) as opened:
        page = opened.new_page()
        come_in(page, program)
        page.goto(program.address.split("?")[0] + "soundcheck")
        page.get_by_role("button", name="Use my headset").click()
        page.get_by_role("button", name="Measure the delay").click()
        page.locator("#round-trip").filter(has_text="to your ear and back").wait_for()
        kept = page.evaluate("JSON.parse(localStorage['trainer-devices']).round_trip_s")
        assert 0.0 < kept < 0.8
        latency = """async () => {
            const { Headset } = await import("/static/headset.js");
            const headset = await Headset.open(JSON.parse(localStorage["trainer-devices"]));
            const { latency } = headset;
            await headset.close();
            return latency;
        }"""
        assert 0.0 <= page.evaluate(latency) <= kept
