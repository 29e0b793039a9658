"""A whole call with the real models: the stand-in who comes down, the one who never does, and what is kept."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from trainer import attempt, cli, documents, replay, store
from trainer.records import Report

pytestmark = pytest.mark.speech
COURSES = ("slowed_down", "lowered_pitch", "lowered_volume", "lowered_effort")


def report(root: Path) -> Report:
    return store.Attempts(root).load("latest")


def test_a_trainee_who_comes_down_is_told_so_with_figures(demo_root: Path) -> None:
    call = report(demo_root).call
    for name in COURSES:
        found = getattr(call, name)
        assert found.outcome == "came_down", name
        assert found.since_turn and found.since_turn > 1
    assert call.slowed_down.change_percent is not None and call.slowed_down.change_percent < -10
    assert call.lowered_pitch.change_st is not None and call.lowered_pitch.change_st < -2
    assert call.lowered_volume.change_db is not None and call.lowered_volume.change_db < -8
    assert call.keep_composure.state == "kept"


def test_a_stubborn_trainee_is_told_so_and_the_customer_hangs_up(stubborn_root: Path) -> None:
    found = report(stubborn_root)
    for name in COURSES:
        assert getattr(found.call, name).outcome in ("did_not", "went_up"), name
    assert found.closing is not None and found.closing.beat == "hang-up"
    assert found.turns[-1].anger_after > 0.9


def test_a_call_has_six_turns_and_answers_of_eight_seconds(demo_root: Path, stubborn_root: Path) -> None:
    for root in (demo_root, stubborn_root):
        turns = report(root).turns
        assert len(turns) >= 6
        assert all(turn.answer.speech_s >= 7.0 for turn in turns)  # eight seconds with their pauses
        assert all(turn.answer.end_s - turn.answer.start_s >= 8.0 for turn in turns)


def test_the_customer_calms_down_for_reasons_that_are_named(demo_root: Path) -> None:
    turns = report(demo_root).turns
    assert turns[-1].anger_after < turns[0].anger_before / 2
    for turn in turns:
        moved = sum(because.change for because in turn.because)
        assert moved == pytest.approx(turn.anger_after - turn.anger_before, abs=0.05)  # each is printed to 0.01


def test_nobody_interrupted_and_each_answer_came_after_a_breath(demo_root: Path) -> None:
    for turn in report(demo_root).turns:
        states = {finding.rule: finding.state for finding in turn.findings}
        assert states["never-interrupt"] == "kept"
        assert states["breathe-first"] == "kept"


def test_the_turns_of_the_call_are_told_in_figures(demo_root: Path) -> None:
    found = report(demo_root)
    talk = found.talk
    assert talk is not None and talk.share is not None
    spoken = sum(turn.answer.speech_s for turn in found.turns)
    assert talk.share == pytest.approx(spoken / (spoken + _lines_s(found)), abs=0.001)
    # each answer begins 0.6 s after the line, and its own sound with up to half a second of quiet
    assert talk.median_latency_s is not None and 0.6 <= talk.median_latency_s <= 1.2
    assert (talk.overlaps, talk.silences, talk.reason) == (0, 0, None)
    assert found.output_latency_s == 0.0
    assert attempt.read_header(Path(found.folder))["output_latency_s"] == 0.0


def _lines_s(found: Report) -> float:
    lines = [turn.line for turn in found.turns] + ([found.closing] if found.closing else [])
    return sum(line.speech_s or 0.0 for line in lines)


def test_pacing_and_leading_is_seen_and_names_what_it_rests_on(demo_root: Path, stubborn_root: Path) -> None:
    call = report(demo_root).call
    assert (call.pace_then_lead.state, call.pace_then_lead.against) == ("kept", "baseline")
    assert call.keep_composure.against == "first_half"
    assert all(trend.per_turn is not None and trend.per_turn < 0.0 for trend in call.trends)
    assert report(stubborn_root).call.pace_then_lead.state == "not_called_for"


def test_a_trainee_who_reads_from_a_script_is_never_said_to_follow_the_customer(
    demo_root: Path, stubborn_root: Path
) -> None:
    for root in (demo_root, stubborn_root):
        assert {found.state for found in report(root).call.following} <= {"did_not_follow", "not_measurable"}


def test_the_attempt_is_kept_whole(demo_root: Path) -> None:
    found = report(demo_root)
    folder = Path(found.folder)
    names = {path.name for path in folder.iterdir()}
    assert names == {attempt.HEADER, attempt.CAPTURE, attempt.EVENTS, attempt.LINES, attempt.REPORT, attempt.PAGE}
    sounds = replay.sounds(folder, found)
    assert len(sounds) == len(found.turns)
    assert all(len(line) > 16_000 and len(answer) > 8 * 16_000 for line, answer in sounds.values())


def test_the_report_reads_back_as_it_was_written(demo_root: Path) -> None:
    found = report(demo_root)
    text = (Path(found.folder) / attempt.REPORT).read_text(encoding="utf-8")
    assert documents.text(documents.versioned(documents.read(Report, json.loads(text), "report"))) == text


def test_recorded_answers_take_the_place_of_the_microphone(
    demo_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], no_outside: None
) -> None:
    """Also: the whole call opens no socket."""
    from trainer import sound

    found = report(demo_root)
    answers = tmp_path / "answers"
    answers.mkdir()
    for number, (_, answer) in list(replay.sounds(Path(found.folder), found).items())[-2:]:
        sound.write_wav(answers / f"{number:02d}.wav", answer)
    status = cli.run(["rehearse", "--answers", str(answers), "--data", str(tmp_path / "data"), "--json"])
    assert status == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["ended"] == "nobody_answered"
    spoken = [turn["answer"]["text"] for turn in printed["turns"]]
    assert spoken[0] and spoken[1] and spoken[2:] == [""]
    assert [reaction["beat"] for reaction in printed["turns"][2]["reactions"]] == ["silence", "silence"]
    assert printed["turns"][2]["answer"]["rate"]["status"] == "not_measurable"
    assert printed["call"]["slowed_down"]["outcome"] == "not_measurable"


def test_cutting_in_and_then_saying_nothing_is_told_as_what_it_is(demo_root: Path, tmp_path: Path) -> None:
    """An answer that begins two seconds before the line has ended, then silence until the customer gives up."""
    from trainer import library
    from trainer.asr.scripted import ScriptedRecogniser
    from trainer.headset import Manners, PlayedHeadset
    from trainer.journal import Journal
    from trainer.rehearsal import Cast, Rehearsal, Watch

    found = report(demo_root)
    spoken = replay.sounds(Path(found.folder), found)[2][1]
    headset = PlayedHeadset(iter([spoken]), Manners(begins_after_s=-2.0))
    headset.output_latency_s = None
    scenario = replace(library.scenarios()[found.scenario], reactions={})  # a customer who puts up with anything
    cast = Cast(scenario, library.voices()[scenario.voice], library.rules(), (), "", None, found.started_at)
    with Journal(tmp_path / "call", {}) as journal:
        call = Rehearsal(cast, headset, ScriptedRecogniser([]), journal, Watch()).run(tmp_path / "call")

    states = {finding.rule: (finding.state, finding.reason) for finding in call.turns[0].findings}
    assert states["never-interrupt"] == ("broken", None)  # two seconds are told with a late ear too
    # the recording has 0.2 s before its first word, and speech is found in windows of 32 ms
    assert call.turns[0].answer.overlap_s == pytest.approx(1.8, abs=0.15)
    assert call.turns[1].answer.dead_air_s == pytest.approx(10.0, abs=0.1)
    assert call.talk is not None
    assert (call.talk.overlaps, call.talk.silences, call.talk.reason) == (1, 2, "late_ear")
    assert (call.talk.median_latency_s, call.output_latency_s) == (None, None)
