"""What anger does with a voice: a curve that rises, without a jump, and that a voice file may change."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from trainer import library, shipped, tts
from trainer.records import Curve, Delivery, Voice

VOICE = Voice("tone", "scripted", "", "en", "", "", {}, 160.0, 5.0)
ANGERS = np.linspace(0.0, 1.0, 101)
RISING = ("tempo", "pitch_st", "level_dbfs", "shelf_db", "emphasis_st", "breath_s")
CUSTOMERS = [voice for voice in library.voices().values() if voice.engine != "system"]
LARGEST_STEP = {"tempo": 0.01, "pauses": 0.02, "pitch_st": 0.7, "range": 0.05, "level_dbfs": 1.0, "shelf_db": 0.4}
"""In a hundredth of anger: under what an ear tells in a sentence."""


@pytest.mark.parametrize("voice", CUSTOMERS, ids=lambda voice: voice.id)
def test_everything_rises_with_anger_in_every_voice(voice: Voice) -> None:
    made = [tts.delivery(float(anger), voice) for anger in (0.0, 0.25, 0.5, 0.75, 1.0)]
    for name in RISING:
        values = [getattr(delivery, name) for delivery in made]
        assert values == sorted(values), name
        assert values[0] < values[-1], name
    assert [delivery.pauses for delivery in made] == sorted((delivery.pauses for delivery in made), reverse=True)


@pytest.mark.parametrize("voice", CUSTOMERS, ids=lambda voice: voice.id)
def test_rage_begins_without_a_jump(voice: Voice) -> None:
    made = [tts.delivery(float(anger), voice) for anger in ANGERS]
    for name, most in LARGEST_STEP.items():
        assert np.abs(np.diff([getattr(delivery, name) for delivery in made])).max() <= most, name


def test_rage_goes_further_than_the_line_through_what_came_before() -> None:
    cross, furious = tts.delivery(0.9), tts.delivery(1.0)
    assert furious.pitch_st > cross.pitch_st / 0.9 + 1.0
    assert furious.level_dbfs > -31.0 + (cross.level_dbfs + 31.0) / 0.9 + 3.0


def test_a_calm_customer_speaks_as_the_engine_does() -> None:
    assert replace(tts.delivery(0.0), breath_s=0.0) == Delivery(level_dbfs=-31.0)


def test_a_voice_without_a_curve_has_the_customary_one() -> None:
    assert tts.delivery(0.6, VOICE) == tts.delivery(0.6)


def test_a_voice_may_change_a_part_of_the_curve() -> None:
    soft = replace(VOICE, curve=Curve(anger=(0.0, 1.0), level_dbfs=(-32.0, -24.0)))
    made = tts.delivery(0.5, soft)
    assert made.level_dbfs == pytest.approx(-28.0)
    assert replace(made, level_dbfs=0.0) == replace(tts.delivery(0.5), level_dbfs=0.0)


def test_every_quantity_of_a_delivery_has_its_curve() -> None:
    assert {field.name for field in fields(Curve)} - {"anger"} == {field.name for field in fields(Delivery)}


@pytest.mark.parametrize(
    ("curve", "said"),
    [
        ("{anger: [0.0, 1.0], tempo: [1.0, 1.1, 1.2]}", "curve.tempo: 3 values for 2 angers"),
        ("{tempo: [1.0, 1.1]}", "curve.tempo: 2 values for 0 angers"),
        ("{anger: [0.0, 0.0], tempo: [1.0, 1.1]}", "curve.anger: each anger must be higher"),
        ("{anger: [0.0, 2.0], tempo: [1.0, 1.1]}", "curve.anger.1: Input should be less than or equal to 1"),
    ],
)
def test_a_wrong_curve_is_named_with_line_and_key(tmp_path: Path, curve: str, said: str) -> None:
    text = (shipped.folder("voices") / "heart.yaml").read_text(encoding="utf-8")
    path = tmp_path / "heart.yaml"
    path.write_text(f"{text}curve: {curve}\n", encoding="utf-8")
    (problem,) = library.check("voices", path)
    assert problem.startswith("heart.yaml:") and said in problem
