"""A whole call with the real models: the stand-in who comes down, the one who never does, and what is kept."""

import json
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
    assert turns[-1].anger_after < 0.3
    for turn in turns:
        moved = sum(because.change for because in turn.because)
        assert moved == pytest.approx(turn.anger_after - turn.anger_before, abs=0.05)  # each is printed to 0.01


def test_nobody_interrupted_and_each_answer_came_after_a_breath(demo_root: Path) -> None:
    for turn in report(demo_root).turns:
        states = {finding.rule: finding.state for finding in turn.findings}
        assert states["never-interrupt"] == "kept"
        assert states["breathe-first"] == "kept"


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
    assert spoken[0] and spoken[1] and spoken[2:] == ["", ""]
    assert printed["turns"][3]["answer"]["rate"]["status"] == "not_measurable"
    assert printed["call"]["slowed_down"]["outcome"] == "not_measurable"
