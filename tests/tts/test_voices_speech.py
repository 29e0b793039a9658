"""The shipped voices, spoken, measured and recognised by the real models."""

import importlib.util
import re
import shutil
import sys
from dataclasses import replace

import numpy as np
import pytest
import yaml

from trainer import asr, shipped, syllables, tts, voicing
from trainer.loudness import active_level
from trainer.records import RATE_HZ, Clip, Voice
from trainer.tts import render

pytestmark = pytest.mark.speech
TEXT = "I have been waiting for three weeks, and nobody has called me back. What are you going to do about it?"


def _voice(name: str) -> Voice:
    return Voice(**yaml.safe_load((shipped.folder("voices") / f"{name}.yaml").read_text(encoding="utf-8")))


def _pitch_hz(clip: Clip) -> float:
    track = voicing.pitch_track(clip)
    return float(np.median(track.f0_hz[track.confidence > 0.6]))


def _rate(clip: Clip) -> float:
    return syllables.count(TEXT, "en") / render.spoken_s(clip.astype(np.float64))


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


@pytest.mark.parametrize("name", ["heart", "stand-in"])
def test_every_word_is_understood_calm_and_shouting(name: str) -> None:
    recogniser = asr.engine("base", "en")
    for anger in (0.0, 1.0):
        assert _plain(recogniser.recognise(tts.speak(_voice(name), TEXT, tts.delivery(anger))).text) == _plain(TEXT)


def test_anger_is_heard_in_pitch_level_and_tempo() -> None:
    calm, furious = (tts.speak(_voice("heart"), TEXT, tts.delivery(anger)) for anger in (0.0, 1.0))
    asked = tts.delivery(1.0)
    assert 12 * np.log2(_pitch_hz(furious) / _pitch_hz(calm)) == pytest.approx(asked.pitch_st, abs=0.6)
    for made, dbfs in ((furious, asked.level_dbfs), (calm, tts.delivery(0.0).level_dbfs)):
        level = active_level(made)
        assert level is not None and level[0] == pytest.approx(dbfs, abs=1.5)  # the limiter takes a little of a shout
    # With its pauses halved some are too short to count as pauses: the tempo is measured with the pauses whole.
    whole = tts.speak(_voice("heart"), TEXT, replace(tts.delivery(1.0), pauses=1.0))
    assert _rate(whole) / _rate(calm) == pytest.approx(asked.tempo, abs=0.03)
    assert furious.size < whole.size


@pytest.mark.parametrize("name", ["heart", "stand-in"])
def test_a_voice_sounds_as_its_file_says(name: str) -> None:
    voice, clip = _voice(name), tts.speak(_voice(name), TEXT, tts.delivery(0.0))
    # one sentence against the mean of four: a semitone and a tenth
    assert abs(12 * np.log2(_pitch_hz(clip) / voice.measured_pitch_hz)) < 1.0
    assert _rate(clip) == pytest.approx(voice.measured_syllables_per_s, rel=0.1)


@pytest.mark.skipif(importlib.util.find_spec("piper") is None, reason="the extra piper is not installed")
def test_joe_speaks() -> None:
    clip = tts.speak(_voice("joe"), TEXT, tts.delivery(0.0))
    assert abs(12 * np.log2(_pitch_hz(clip) / _voice("joe").measured_pitch_hz)) < 1.5
    assert clip.size > 4 * RATE_HZ


@pytest.mark.skipif(
    sys.platform == "linux" and shutil.which("espeak-ng") is None, reason="this system has no speech engine"
)
def test_the_systems_engine_speaks_two_lines_one_after_the_other() -> None:
    for text in ("Hello there, how are you?", "The second line."):
        assert tts.speak(_voice("system"), text, tts.delivery(0.0)).size > RATE_HZ // 2
