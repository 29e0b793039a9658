"""The sound check at a headset, and the calls that are held against it: synthesised speech, whose words are known."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from trainer import attempt, cli, library, schemas, sound, soundcheck, store, tts
from trainer.asr.scripted import ScriptedRecogniser, spread
from trainer.errors import BadSound
from trainer.exports import page, sentences
from trainer.headset import RECORDINGS, Manners, PlayedHeadset
from trainer.journal import Journal
from trainer.records import RATE_HZ, Baseline, Clip, Delivery, Report, Transcript
from trainer.rehearsal import Cast, Rehearsal, Watch
from trainer.turns.patience import Patience

pytestmark = pytest.mark.speech
TAKEN = "2026-11-24T08:00:00+00:00"
SCRIPT = library.stand_in("late-delivery")
ANSWER = SCRIPT.coming_down[0].text
NORMAL, HIGHER = Delivery(), Delivery(pitch_st=8.0)
QUIET, NOISY = Manners(), Manners(noise_dbfs=-38.0)


@cache
def said(text: str, delivery: Delivery = NORMAL) -> Clip:
    return tts.speak(library.voices()["stand-in"], text, delivery)


def transcript(text: str, clip: Clip) -> Transcript:
    return spread(text, 0.5, len(clip) / RATE_HZ - 0.5)


def taken(
    folder: Path, reading: Clip, spontaneous: Clip, manners: Manners = QUIET, device: str = "Jabra"
) -> soundcheck.Taken:
    headset = PlayedHeadset(iter((reading, spontaneous)), manners, device)
    texts = iter((SCRIPT.reading, SCRIPT.spontaneous))
    recogniser = ScriptedRecogniser(lambda clip: transcript(next(texts), clip))
    return soundcheck.run(headset, folder, recogniser, "Anna", TAKEN)


@pytest.fixture(scope="module")
def anna(tmp_path_factory: pytest.TempPathFactory) -> Baseline:
    folder = tmp_path_factory.mktemp("anna") / "check"
    return taken(folder, said(SCRIPT.reading), said(SCRIPT.spontaneous)).baseline


def test_a_sound_check_gives_both_parts_their_measures_and_their_sound(tmp_path: Path) -> None:
    found = taken(tmp_path / "check", said(SCRIPT.reading), said(SCRIPT.spontaneous))
    assert (found.baseline.device, found.baseline.fit_for_volume) == ("Jabra", True)
    assert found.baseline.reading.transcript.text != found.baseline.spontaneous.transcript.text
    lengths = {part: len(clip) / RATE_HZ for part, clip in found.clips.items()}
    assert lengths["reading"] > 12 and lengths["spontaneous"] > 24  # the words with their pauses


@pytest.mark.parametrize(
    ("reading", "talk_s", "manners", "why"),
    [
        (NORMAL, 8.0, QUIET, r"only [5-8] s of speech were heard and 16 s are needed"),
        (NORMAL, 60.0, NOISY, "too much noise"),
        (HIGHER, 60.0, QUIET, "do not sound like one person"),
    ],
)
def test_a_bad_sound_check_is_refused_with_its_reason_and_nothing_recorded_is_lost(
    tmp_path: Path, reading: Delivery, talk_s: float, manners: Manners, why: str
) -> None:
    kept = store.Attempts(tmp_path)
    talk = said(SCRIPT.spontaneous)[: round(talk_s * RATE_HZ)]
    with pytest.raises(BadSound, match=why) as refused, kept.sound_check("Anna") as folder:
        taken(folder, said(SCRIPT.reading, reading), talk, manners)
    assert str(folder) in str(refused.value)
    assert (folder / attempt.CAPTURE_PCM).stat().st_size / 2 / RATE_HZ > 20  # seconds: both parts, whole
    assert kept.people.baselines("Anna") == ()


class Enough(Watch):
    """Ends the call after so many turns, as somebody would who presses Ctrl-C."""

    def __init__(self, turns: int) -> None:
        self._left = turns

    def turn(self, turn: object) -> None:
        self._left -= 1
        if self._left == 0:
            raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The script knows an answer as a whole, so it is recognised in one part."""
    monkeypatch.setattr("trainer.dictation.PART_S", 60.0)


def call(
    folder: Path,
    baseline: Baseline | None,
    answers: tuple[Clip, ...],
    device: str = "Jabra",
    at: str = TAKEN,
    without_rate: bool = False,
) -> Report:
    """A call of two answers, whose customer buzzes."""
    scenario = library.scenarios()["late-delivery"]
    customer = replace(library.voices()["heart"], engine="scripted", sha256={})
    unhurried = Patience(finished_s=1.2)  # longer than the pauses between the answer's sentences
    rules = library.rules()
    cast = Cast(scenario, customer, rules, (), "Anna", baseline, at, patience=unhurried, without_rate=without_rate)
    recogniser = ScriptedRecogniser(lambda clip: transcript(ANSWER, clip))
    with Journal(folder, {"scenario": scenario.id}) as journal:
        headset = PlayedHeadset(iter(answers), name=device)
        return Rehearsal(cast, headset, recogniser, journal, Enough(len(answers))).run(folder)


def down() -> tuple[Clip, Clip]:
    """Hurried, high and loud; then as the voice normally speaks."""
    return said(ANSWER, SCRIPT.coming_down[0].delivery), said(ANSWER)


def of(report: Report, rule: str) -> Iterator[tuple[str, str | None, str | None]]:
    for turn in report.turns:
        for finding in turn.findings:
            if finding.rule == rule:
                yield finding.state, finding.against, finding.reason


def test_a_call_in_the_same_session_is_held_against_the_sound_check(tmp_path: Path, anna: Baseline) -> None:
    report = call(tmp_path, anna, down(), at="2026-11-24T10:30:00+00:00")
    assert report.notes == ()
    assert report.baseline is not None and report.baseline.level.active_dbfs is not None
    assert [against for _, against, _ in of(report, "speak-slowly")] == ["baseline", "baseline"]
    assert sentences.notes(report) == ["Compared with the sound check taken 2 h before the call, on Jabra."]
    events = [json.loads(line) for line in (tmp_path / attempt.EVENTS).read_text(encoding="utf-8").splitlines()]
    assert events[0]["kind"] == "cast" and events[0]["baseline"]["device"] == "Jabra"


def test_recordings_are_one_device_at_one_setting_and_the_report_says_so(tmp_path: Path, anna: Baseline) -> None:
    report = call(tmp_path, replace(anna, device=RECORDINGS), down(), device=RECORDINGS)
    assert report.notes == ("recordings",)
    assert "as if one microphone at one setting" in sentences.notes(report)[-1]
    assert report.call.lowered_volume.outcome == "came_down"


def test_a_call_without_a_sound_check_is_held_against_its_own_answers_and_says_so(tmp_path: Path) -> None:
    report = call(tmp_path, None, down())
    states = list(of(report, "speak-slowly"))
    assert states == [("not_measurable", None, "no_baseline"), ("kept", "first", None)]
    assert report.call.lowered_volume.outcome == "came_down"
    (sentence,) = sentences.notes(report)
    assert "compared with each other only" in sentence
    assert sentence in page.html(report, {})


def test_a_call_in_anothers_voice_is_not_held_against_the_sound_check(tmp_path: Path, anna: Baseline) -> None:
    louder, softer = Delivery(pitch_st=-7.0, level_dbfs=-16.0), Delivery(pitch_st=-8.0)
    report = call(tmp_path, anna, (said(ANSWER, louder), said(ANSWER, softer)))
    assert report.notes == ("not_this_voice",)
    assert {against for _, against, _ in of(report, "lower-voice")} <= {None, "first", "previous"}
    assert report.call.pace_then_lead.reason == "not_this_voice"
    assert report.call.lowered_volume.outcome == "came_down"
    (sentence,) = sentences.notes(report)
    assert "not the voice of the sound check" in sentence


def test_a_tempo_that_is_switched_off_is_absent_and_never_failed(tmp_path: Path, anna: Baseline) -> None:
    hurried = said(ANSWER, SCRIPT.coming_down[0].delivery)
    report = call(tmp_path, anna, (hurried, hurried), without_rate=True)
    assert set(of(report, "speak-slowly")) == {("not_measurable", None, "switched_off")}
    assert {turn.answer.rate.articulation_syllables_per_s for turn in report.turns} == {None}
    assert (report.call.slowed_down.outcome, report.call.slowed_down.reason) == ("not_measurable", "switched_off")
    assert not any(because.rule == "speak-slowly" for turn in report.turns for because in turn.because)
    assert library.rules()["speak-slowly"].advice_broken not in report.call.next_time
    assert report.call.lowered_pitch.outcome == "did_not"
    shown = page.html(report, {}).split("<script>")[0]
    assert "The tempo is switched off" in shown
    assert "tempo could not" not in shown and "Speak slowly" not in shown


def test_the_command_keeps_a_choice_and_shows_what_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], anna: Baseline
) -> None:
    command = ["soundcheck", "--as", "Anna", "--data", str(tmp_path)]
    assert cli.run([*command, "--without-rate"]) == 0
    assert "not judged" in capsys.readouterr().out
    store.Attempts(tmp_path).people.keep(anna, {})
    assert cli.run([*command, "--list"]) == 0
    shown = capsys.readouterr().out
    assert "not judged" in shown and "Jabra" in shown and "Hz" in shown and "syllables" not in shown
    assert cli.run([*command, "--list", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    jsonschema.validate(printed, schemas.schema("soundchecks"))
    assert printed["without_rate"] is True
    assert [one["device"] for one in printed["baselines"]] == ["Jabra"]
    assert cli.run([*command, "--with-rate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["without_rate"] is False


def test_customers_wait_longer_for_a_person_who_asks_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["soundcheck", "--as", "Anna", "--data", str(tmp_path)]
    assert cli.run([*command, "--waiting", "1.5"]) == 0
    assert "1.5 times the usual time" in capsys.readouterr().out
    waiting = store.Attempts(tmp_path).people.person("Anna").waiting
    assert Patience.of(waiting).end_s(finished=True) == pytest.approx(1.5 * Patience().end_s(finished=True))
    assert cli.run([*command, "--waiting", "9"]) != 0
    assert "0.5 to 3 times" in capsys.readouterr().err
    assert store.Attempts(tmp_path).people.person("Anna").waiting == 1.5


def test_the_call_says_beforehand_what_it_will_be_compared_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], anna: Baseline
) -> None:
    data = tmp_path / "data"
    store.Attempts(data).people.keep(anna, {})
    (tmp_path / "answers").mkdir()
    sound.write_wav(tmp_path / "answers" / "01.wav", np.zeros(RATE_HZ, np.float32))
    command = ["rehearse", "--answers", str(tmp_path / "answers"), "--as", "Anna", "--data", str(data)]
    assert cli.run([*command, "--json"]) == 0
    printed = capsys.readouterr()
    assert "before the call, on Jabra" in printed.err
    assert "another device" in printed.err
    report = json.loads(printed.out)
    assert report["notes"][0] == "other_device"
    assert report["baseline"]["level"]["reason"] == "other_device"
