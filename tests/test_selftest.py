"""`trainer doctor --measures`: the error of every measure is known before anyone is judged by it."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from trainer import cli, schemas, selftest, shipped, signals, voicing
from trainer.selftest import voice


def test_every_figure_has_its_gate_with_a_reason_and_a_sentence() -> None:
    texts = yaml.safe_load((shipped.folder("texts") / "en" / "selftest.yaml").read_text(encoding="utf-8"))
    for name, gate in selftest.gates().items():
        assert len(gate.why) > 20 and texts[name]
        assert gate.gate is None or gate.gate >= 0


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command prints on this machine, with the real models."""
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = cli.run(["doctor", "--measures", "--json", "--data", str(tmp_path_factory.mktemp("data"))])
    assert status == 0
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.speech
def test_every_measure_passes_its_gate_on_this_machine(printed: dict[str, Any]) -> None:
    figures = printed["measures"]["figures"]
    assert [figure["measure"] for figure in figures] == list(selftest.gates())
    assert [figure["measure"] for figure in figures if not figure["passed"]] == []


@pytest.mark.speech
def test_what_is_printed_fits_its_schema(printed: dict[str, Any]) -> None:
    import jsonschema

    jsonschema.validate(printed, schemas.schema("doctor"))
    assert printed["version"] == 1


def test_a_missed_gate_is_named_and_ends_with_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(recogniser: object, shown: Any) -> selftest.SelfTest:
        shown(figure := selftest.figure("pitch_tone", 7.0))
        return selftest.SelfTest(False, (figure,))

    monkeypatch.setattr(selftest, "run", missing)
    assert cli.run(["doctor", "--measures", "--data", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "7.00 cents" in said.out and "missed" in said.out
    assert "pitch of voice-like tones" in said.err


def test_a_tracker_that_is_out_of_tune_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    in_tune = voicing.pitch_track

    def sharp(clip: Any) -> voicing.PitchTrack:
        track = in_tune(clip)
        return replace(track, f0_hz=track.f0_hz * 2 ** (100 / 1200))  # farther than a refinement reaches

    monkeypatch.setattr(voicing, "pitch_track", sharp)
    errors = dict(voice.tones(None))  # type: ignore[arg-type]
    assert not selftest.figure("pitch_tone", errors["pitch_tone"]).passed


def test_a_level_that_is_off_by_a_fifth_of_a_decibel_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    right = voice.loudness

    def loud(chunks: Any) -> Any:
        found = right(chunks)
        return replace(found, active_dbfs=(found.active_dbfs or 0.0) + 0.2)

    monkeypatch.setattr(voice, "loudness", loud)
    nobody = SimpleNamespace(clip=signals.tone(200.0, 1.0))
    errors = dict(voice.levels(nobody))  # type: ignore[arg-type]
    assert not selftest.figure("level_tone", errors["level_tone"]).passed
    assert selftest.figure("level_loudness", errors["level_loudness"]).passed
