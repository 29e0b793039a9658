"""An answer said again: judged as in the call, compared with the first time, and kept with the attempt."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.web.test_pages import kept_call
from trainer import again, library, tts
from trainer.asr.scripted import ScriptedRecogniser, spread
from trainer.errors import BadSound
from trainer.exports import compared
from trainer.headset import PlayedHeadset
from trainer.records import RATE_HZ, Clip, Delivery, Report
from trainer.store import Attempts

SAID = "I am so sorry about the washing machine, Mrs Kowalska. I will take care of it myself."
NOW = "2026-11-24T10:20:00+00:00"


@pytest.fixture(scope="module")
def spoken() -> Clip:
    return tts.speak(library.voices()["stand-in"], SAID, Delivery(level_dbfs=-26.0))


def said_again(report: Report, clip: Clip) -> again.Again:
    recogniser = ScriptedRecogniser(lambda heard: spread(SAID, 0.2, len(heard) / RATE_HZ - 0.3))
    return again.Again(report, 1, PlayedHeadset(iter((clip,))), recogniser, NOW, None)


@pytest.mark.speech
def test_the_second_answer_is_judged_and_held_against_the_first(tmp_path: Path, spoken: Clip) -> None:
    report = kept_call(tmp_path, "Anna", "Yes, but it was the courier.")
    phases: list[str] = []
    take = said_again(report, spoken).run(phases.append)
    assert phases[0] == "customer" and phases[-1] == "ended"
    states = {one.rule: one.state for one in take.findings}
    assert states["apologise"] == states["own-it"] == states["use-their-name"] == "kept"
    assert take.answer.latency_s is not None and take.answer.latency_s > 0.0
    assert take.comparison.pitch.change_st is not None
    # at another headset than that of the call, nobody knows what the volume would have been
    assert take.comparison.volume.verdict == "not_measurable"
    shown = {row.cells[0]: row.cells[1:] for row in compared.rules(report.turns[0], take)}
    assert shown["Apologise"][:2] == ("–", "kept") and "sorry" in shown["Apologise"][2]
    names = [row.cells[0] for row in compared.voice(report.turns[0].answer, take)]
    assert names[:2] == ["Tempo, syllables/s", "Pitch, Hz"]


@pytest.mark.speech
def test_every_take_is_kept_with_the_attempt_and_goes_with_it(tmp_path: Path, spoken: Clip) -> None:
    report = kept_call(tmp_path, "Anna")
    folder = Path(report.folder)
    assert again.latest(folder, 1) is None
    first = said_again(report, spoken).run()
    second = replace(said_again(report, spoken), taken_at="2026-11-24T10:30:00+00:00").run()
    take, sound, count = again.latest(folder, 1) or (first, folder, 0)
    assert (take.taken_at, count) == (second.taken_at, 2) and sound.read_bytes()[:4] == b"fLaC"
    assert not list(folder.rglob("capture.pcm"))
    Attempts(tmp_path).forget(report.attempt)
    assert not folder.exists()


def test_whoever_says_nothing_is_told_so(tmp_path: Path) -> None:
    report = kept_call(tmp_path, "Anna")
    nobody = replace(said_again(report, []), headset=PlayedHeadset(iter(())))  # type: ignore[arg-type]
    with pytest.raises(BadSound, match="Nothing was said"):
        nobody.run()
    assert again.latest(Path(report.folder), 1) is None
