"""docs/bad-input.md holds: each case has its line there and its test, and the program ends and answers as it says."""

import os
from pathlib import Path

import pytest

from tests import badsound
from tests.badinput import table
from tests.cli import test_bad_calls
from trainer import cli

PROMISES = table()
RECORDINGS = {
    name: maker for name, maker in {**badsound.REFUSED, **badsound.READ}.items() if name[:2].isdigit()
}  # the others are what is usual


def test_every_case_has_its_line_and_its_test() -> None:
    tested = {*RECORDINGS, *test_bad_calls.CASES}
    assert set(PROMISES) == tested
    assert {int(name[:2]) for name in tested} == {*range(1, 35), *range(85, 92)}


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_is_answered_as_the_table_says(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    promise = PROMISES[name]
    path = badsound.make(tmp_path, name, RECORDINGS[name])
    assert cli.run(["analyse", str(path)]) == promise.status
    said = capsys.readouterr()
    assert promise.kept_by(said.out if promise.status == 0 else said.err), said
    if promise.status:
        assert said.out == "" and len(said.err.splitlines()) == 1 and path.name in said.err
    assert not list(Path(os.environ["TRAINER_DATA"]).iterdir())


@pytest.mark.parametrize(
    "command", [["compare", "FILE", "FILE"], ["soundcheck", "--from", "FILE"], ["analyse", "FILE"]]
)
def test_every_command_that_takes_a_recording_refuses_it_alike(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "11 rate 1 Hz"
    path = badsound.make(tmp_path, name, badsound.REFUSED[name])
    assert cli.run([str(path) if word == "FILE" else word for word in command]) == PROMISES[name].status
    said = capsys.readouterr().err
    assert PROMISES[name].kept_by(said) and len(said.splitlines()) == 1
    assert not list(Path(os.environ["TRAINER_DATA"]).iterdir())


def test_a_bad_answer_is_refused_before_the_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    badsound.make(tmp_path, "01", badsound.REFUSED["11 rate 1 Hz"])
    assert cli.run(["rehearse", "--answers", str(tmp_path)]) == 1
    assert PROMISES["11 rate 1 Hz"].kept_by(capsys.readouterr().err)
    assert not list(Path(os.environ["TRAINER_DATA"]).iterdir())


def test_a_bad_second_recording_is_refused_before_the_first_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = badsound.make(tmp_path, "good", badsound.READ["27 one sample"])
    bad = badsound.make(tmp_path, "bad", badsound.REFUSED["01 empty"])
    assert cli.run(["compare", str(good), str(bad)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
