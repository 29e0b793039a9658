"""Who can call where only the program itself is installed."""

import sys

import pytest

from trainer import library, tts
from trainer.cli import base

EVERY = library.voices()


@pytest.fixture
def without_piper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)


def test_seven_customers_need_no_extra(without_piper: None) -> None:
    able = [
        voice.id for voice in EVERY.values() if tts.installed(voice.engine) and voice.id not in ("stand-in", "system")
    ]
    assert len(able) >= 7


@pytest.mark.parametrize("scenario", library.scenarios().values(), ids=lambda scenario: scenario.id)
def test_every_scenario_can_be_called_without_an_extra(without_piper: None, scenario: object) -> None:
    voice = base.voice(scenario.voice)  # type: ignore[attr-defined]
    assert tts.installed(voice.engine)


def test_who_takes_the_call_of_another_is_said(without_piper: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert base.voice("joe").id == "deep-voiced-man"
    assert "deep-voiced-man speaks instead" in " ".join(capsys.readouterr().err.split())


def test_a_voice_whose_engine_is_here_speaks_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert base.voice("heart").id == "heart"
    assert capsys.readouterr().err == ""
