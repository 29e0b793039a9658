"""The command line: one document on standard output, one line for an error, and an exit status that tells."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import badsound
from tests.signals import silence
from trainer import cli, schemas, sound

TRAINER = [sys.executable, "-m", "trainer"]


def run(*arguments: str, **more: object) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own."""
    return subprocess.run([*TRAINER, *arguments], capture_output=True, text=True, timeout=120, **more)  # type: ignore[call-overload,no-any-return]


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from trainer import cli; cli.run(['--help']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded = done.stdout
    for package in ("numpy", "librosa", "faster_whisper", "onnxruntime", "pydantic", "plotly", "scipy", "sounddevice"):
        assert f"'{package}'" not in loaded


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["nonsense"], 2),
        (["demo", "--nope"], 2),
        (["analyse"], 2),
        (["compare", "one.wav"], 2),
        (["say", "heart", "text", "--anger", "7", "-o", "x.wav"], 2),
        (["analyse", "absent.wav"], 1),
        (["analyse", "-"], 1),
        (["compare", "absent.wav", "absent.wav"], 1),
        (["report", "absent"], 1),
        (["demo", "no-such-scenario"], 1),
        (["say", "nobody", "text", "-o", "x.wav"], 1),
        (["forget", "--person", "nobody"], 1),
        (["schema", "nothing"], 1),
        (["scenarios", "show", "nothing"], 1),
        (["rehearse", "--answers", "absent"], 1),
        (["soundcheck", "--from", "absent.wav"], 1),
    ],
)
def test_a_wrong_call_ends_with_its_status_and_without_a_traceback(
    arguments: list[str],
    status: int,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(arguments) == status
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err and said.err.strip()


def test_a_name_that_is_not_known_lists_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["demo", "no-such-scenario"])
    assert "late-delivery" in capsys.readouterr().err


def test_a_bad_file_beside_a_good_one_is_an_entry_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound.write_wav(tmp_path / "quiet.wav", silence(3.0))
    bad = badsound.make(tmp_path, "bad", badsound.REFUSED["05 HTML named .wav"])
    status = cli.run(["analyse", str(tmp_path / "quiet.wav"), str(bad), "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert status == 1
    assert printed["clips"][0]["pitch"] == {
        "status": "not_measurable",
        "reason": "no_speech",
        "median_hz": None,
        "span_st": None,
        "voiced_s": None,
    }
    assert set(printed["clips"][1]) == {"file", "error"}


def test_where_nobody_speaks_nobody_waits_for_a_recogniser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.cli.base.recogniser", lambda *asked: pytest.fail("a recogniser was loaded"))
    sound.write_wav(tmp_path / "quiet.wav", silence(3.0))
    assert cli.run(["analyse", str(tmp_path / "quiet.wav")]) == 0


@pytest.mark.parametrize("name", schemas.DOCUMENTS)
def test_every_document_has_its_schema(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out)["properties"]["version"] == {"const": 1}


@pytest.mark.speech
@pytest.mark.parametrize("name", ["report", "analyse", "attempts"])
def test_what_is_printed_fits_its_schema(name: str, demo_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import jsonschema

    from trainer import store

    folder = Path(store.Attempts(demo_root).load("latest").folder)
    command = {
        "report": ["report", "latest", "--data", str(demo_root)],
        "analyse": [
            "analyse",
            str(folder / "lines" / "01.flac"),
            "--text",
            "a line that the customer has spoken just now",
        ],
        "attempts": ["attempts", "list", "--data", str(demo_root)],
    }[name]
    assert cli.run([*command, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    if name in schemas.DOCUMENTS:
        jsonschema.validate(printed, schemas.schema(name))
    assert printed["version"] == 1


@pytest.mark.speech
def test_the_report_fits_a_narrow_and_a_dumb_terminal(demo_root: Path) -> None:
    done = run(
        "report",
        "latest",
        "--data",
        str(demo_root),
        env={**os.environ, "TERM": "dumb", "COLUMNS": "80", "NO_COLOR": "1"},
    )
    assert done.returncode == 0 and "\x1b" not in done.stdout
    assert "You slowed down" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines() if "attempts" not in line) <= 80


@pytest.mark.speech
def test_a_sound_check_from_a_recording_becomes_the_baseline(
    demo_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from trainer import library, tts
    from trainer.records import Delivery

    script = library.stand_in("late-delivery")
    clip = tts.speak(library.voices()[script.voice], script.spontaneous, Delivery())
    sound.write_wav(tmp_path / "talk.wav", clip)
    arguments = ["soundcheck", "--from", str(tmp_path / "talk.wav"), "--as", "Anna", "--data", str(tmp_path / "data")]
    assert cli.run([*arguments, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["person"] == "Anna"
    assert printed["spontaneous"]["pitch"]["median_hz"] == pytest.approx(155.5, rel=0.03)  # as the voice is measured
    (tmp_path / "normal.json").write_text(json.dumps(printed))
    again = ["analyse", str(tmp_path / "talk.wav"), "--baseline", str(tmp_path / "normal.json"), "--json"]
    assert cli.run(again) == 0
    against = json.loads(capsys.readouterr().out)["clips"][0]["against_baseline"]
    assert {against[name]["verdict"] for name in ("rate", "pitch", "volume", "effort")} == {"no_clear_change"}
    assert cli.run(["forget", "--person", "Anna", "--data", str(tmp_path / "data")]) == 0
    assert not list((tmp_path / "data" / "people").iterdir())


@pytest.mark.speech
def test_a_sound_check_that_is_too_short_says_how_much_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound.write_wav(tmp_path / "short.wav", silence(4.0))
    assert cli.run(["soundcheck", "--from", str(tmp_path / "short.wav"), "--data", str(tmp_path)]) == 1
    assert "16 s are needed" in capsys.readouterr().err


def test_help_needs_no_home() -> None:
    done = run("--help", env={**os.environ, "HOME": "/nonexistent"})
    assert done.returncode == 0
