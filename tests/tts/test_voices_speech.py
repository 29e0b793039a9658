"""The shipped voices, spoken, measured and recognised by the real models."""

import importlib.util
import re
import shutil
import sys
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from trainer import analyse, asr, library, syllables, tts, voicing
from trainer.loudness import active_level
from trainer.records import RATE_HZ, Clip, Transcript, Voice
from trainer.tts import render

pytestmark = pytest.mark.speech
TEXT = "I have been waiting for three weeks, and nobody has called me back. What are you going to do about it?"


def _voice(name: str) -> Voice:
    return library.voices()[name]


FROM_HEART = [
    "elderly-woman",
    "young-woman",
    "brisk-businesswoman",
    "soft-spoken-woman",
    "deep-voiced-man",
    "young-man",
]
FROM_JOE = ["heavy-man", "older-man"]
PIPER = importlib.util.find_spec("piper") is not None


def _calm(name: str) -> Clip:
    """The text in a calm voice, without the breath before it."""
    return tts.speak(_voice(name), TEXT, replace(tts.delivery(0.0, _voice(name)), breath_s=0.0))


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


@pytest.mark.parametrize("name", ["heart", "stand-in", *FROM_HEART])
def test_a_voice_sounds_as_its_file_says(name: str) -> None:
    voice, clip = _voice(name), _calm(name)
    # one sentence against the mean of four: a semitone and a tenth
    assert abs(12 * np.log2(_pitch_hz(clip) / voice.measured_pitch_hz)) < 1.0
    assert _rate(clip) == pytest.approx(voice.measured_syllables_per_s, rel=0.1)


@pytest.mark.skipif(not PIPER, reason="the extra piper is not installed")
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


def _spectrum_db(clip: Clip) -> "np.typing.NDArray[np.float64]":
    """The mean spectrum of the voiced frames, smoothed over the harmonics, in 96 steps from 300 to 6000 Hz."""
    line = render.analysed(clip)
    power = line.log_envelope[line.f0_hz > 0].astype(np.float64).mean(axis=0)
    hz = np.linspace(0.0, RATE_HZ / 2, power.size)
    return np.asarray(10.0 / np.log(10.0) * np.interp(np.geomspace(300.0, 6000.0, 96), hz, power))


def _longer_by(spectrum: "np.typing.NDArray[np.float64]", other: "np.typing.NDArray[np.float64]") -> float:
    """By how much the second spectrum is stretched against the first: the factor at which both fit best."""
    step = np.log(6000.0 / 300.0) / 95
    at = np.arange(96.0)
    factors = np.arange(0.8, 1.25, 0.005)

    def apart(factor: float) -> float:
        moved = np.interp(at - np.log(factor) / step, at, spectrum)[12:-12]
        return float(np.std(moved - other[12:-12]))

    return float(min(factors, key=apart))


def _far_apart(one: Clip, other: Clip) -> bool:
    """Whether two customers are told apart by ear: 2 st, 6 % of formants or 12 % of tempo.

    Twice what an ear just tells of a voice's height in running speech (1 st) and of the formants of one vowel
    (3 %: Kewley-Port and Watson, JASA 95:485, 1994, with room), and of the tempo of a sentence (5 %: Quené, J. Phon.
    35:353, 2007).
    """
    pitch_st = abs(12 * np.log2(_pitch_hz(one) / _pitch_hz(other)))
    formants = _longer_by(_spectrum_db(one), _spectrum_db(other))
    tempo = _rate(one) / _rate(other)
    return bool(pitch_st >= 2.0 or abs(np.log(formants)) >= np.log(1.06) or abs(np.log(tempo)) >= np.log(1.12))


def test_no_two_customers_sound_alike() -> None:
    names = ["heart", *FROM_HEART, *((["joe", *FROM_JOE]) if PIPER else [])]
    sounds = {name: _calm(name) for name in names}
    alike = [pair for pair in combinations(names, 2) if not _far_apart(sounds[pair[0]], sounds[pair[1]])]
    assert alike == []


def _raised_st(plain: Clip, emphasised: Clip, start_s: float, end_s: float) -> float:
    """By how much a stretch is higher with an emphasis than without, in semitones."""
    one, other = voicing.pitch_track(plain), voicing.pitch_track(emphasised)
    frames = slice(round(start_s / voicing.HOP_S), round(end_s / voicing.HOP_S))
    sure = (one.confidence[frames] > 0.6) & (other.confidence[frames] > 0.6)
    return float(12 * np.median(np.log2(other.f0_hz[frames][sure] / one.f0_hz[frames][sure]))) if sure.any() else 0.0


@pytest.mark.parametrize("word", ["nobody", "waiting"])
def test_the_emphasised_word_is_the_one_that_is_raised(word: str) -> None:
    delivery = tts.delivery(0.8)
    plain = tts.speak(_voice("heart"), TEXT, delivery)
    emphasised = tts.speak(_voice("heart"), TEXT.replace(word, f"_{word}_"), delivery)
    heard = asr.engine("base", "en").recognise(plain).words
    # a recogniser tells words about 0.09 s early (the median over 239 words)
    raised = [_raised_st(plain, emphasised, one.start_s + 0.09, one.end_s + 0.09) for one in heard]
    place = [one.text.strip(".,?") for one in heard].index(word)
    assert raised[place] == pytest.approx(delivery.emphasis_st, abs=0.6)
    assert max(raised[: place - 1] + raised[place + 2 :]) < 0.5  # what is next to it may follow it


def test_everything_measured_rises_with_each_step_of_anger() -> None:
    heard = []
    for anger in (0.0, 0.25, 0.5, 0.75, 1.0):
        clip = tts.speak(_voice("heart"), TEXT, tts.delivery(anger))
        found = analyse.measure(clip, Transcript("en", TEXT, ()))
        heard.append(
            (
                found.rate.articulation_syllables_per_s or 0.0,
                found.pitch.median_hz or 0.0,
                found.level.active_dbfs or -99.0,
                found.effort.alpha_ratio_db or -99.0,
            )
        )
    assert (np.diff(heard, axis=0) > 0).all()
