"""`trainer replay`: the whole call, one turn, the best or the worst, or from a moment on as it was."""

from pathlib import Path

import numpy as np
import pytest

from tests.web.test_replay import marked_call
from trainer import cli, mic, replay
from trainer.errors import BadInput
from trainer.records import RATE_HZ, Clip


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Clip]:
    """What comes out of the loudspeaker."""
    clips: list[Clip] = []
    monkeypatch.setattr(mic, "play", clips.append)
    return clips


@pytest.mark.parametrize(("given", "seconds"), [("83.4", 83.4), ("1:23.4", 83.4), ("0:05", 5.0), (" 7 ", 7.0)])
def test_a_moment_is_given_in_seconds_or_in_minutes_and_seconds(given: str, seconds: float) -> None:
    assert replay.moment(given) == pytest.approx(seconds)


@pytest.mark.parametrize("given", ["", "now", "-1", "1:2:3", "1e5", "٣", "nan", "1:", "999999999"])
def test_what_is_no_moment_is_refused_in_one_sentence(given: str) -> None:
    with pytest.raises(BadInput, match=r"1:23\.4"):
        replay.moment(given)


def test_from_a_moment_on_both_voices_are_heard_as_they_were(
    tmp_path: Path, heard: list[Clip], capsys: pytest.CaptureFixture[str]
) -> None:
    report = marked_call(tmp_path, "Anna")
    assert cli.run(["replay", report.attempt, "--at", "0:01.5", "--data", str(tmp_path)]) == 0
    (clip,) = heard
    assert len(clip) == round(10.5 * RATE_HZ) and float(np.abs(clip).max()) <= 1.0
    assert "turn 1 of 2" in capsys.readouterr().err
    assert cli.run(["replay", report.attempt, "--at", "99", "--data", str(tmp_path)]) == 1
    assert "0:12.0" in capsys.readouterr().err


def test_the_best_and_the_worst_turn_are_found(
    tmp_path: Path, heard: list[Clip], capsys: pytest.CaptureFixture[str]
) -> None:
    report = marked_call(tmp_path, "Anna")
    for option, turn in (("--worst", "turn 1 of 2"), ("--best", "turn 2 of 2")):
        cli.run(["replay", report.attempt, option, "--data", str(tmp_path)])
        assert turn in capsys.readouterr().err
    assert cli.run(["replay", report.attempt, "--best", "--turn", "1", "--data", str(tmp_path)]) != 0
    assert "one of" in capsys.readouterr().err
