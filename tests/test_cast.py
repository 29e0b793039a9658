"""A customer whose speech engine is not installed has somebody who speaks instead."""

import pytest

from trainer import library, tts
from trainer.cast import voice_of


def test_without_piper_another_voice_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tts, "installed", lambda engine: engine != "piper")
    assert voice_of("joe").engine == "hibari"
    assert voice_of("heart").id == "heart"


def test_every_voice_of_an_extra_names_one_that_needs_none() -> None:
    extra = [voice for voice in library.voices().values() if voice.engine == "piper"]
    assert extra
    assert {library.voices()[voice.instead].engine for voice in extra} == {"hibari"}
