"""Headphones that leak into the microphone are known by level and delay; somebody who talks is never taken for them."""

import numpy as np
import pytest

from trainer import library, tts
from trainer.records import RATE_HZ, Clip, Delivery
from trainer.sound import resample
from trainer.turns.leak import find

pytestmark = pytest.mark.speech


@pytest.fixture(scope="module")
def line() -> Clip:
    return tts.speak(
        library.voices()["heart"],
        "Two days I have sat at home waiting, and nobody came! No van, no call, nothing. What is going on there?",
        tts.delivery(0.8),
    )


@pytest.fixture(scope="module")
def answer() -> Clip:
    text = "I am very sorry about that, Mrs Kowalska, I will look at it myself."
    return tts.speak(library.voices()["stand-in"], text, Delivery())


def room(seconds: float, seed: int = 0) -> Clip:
    noise = np.random.default_rng(seed).normal(0.0, 10 ** (-68 / 20), round(seconds * RATE_HZ))
    return np.asarray(noise, np.float32)


def captured(line: Clip, leak_db: float | None, delay_s: float, over: Clip | None = None) -> Clip:
    """What the microphone takes up while the line is played: the room, a leak, and somebody who talks over it."""
    heard = room(len(line) / RATE_HZ)
    if leak_db is not None:
        delay = round(delay_s * RATE_HZ)
        heard[delay:] += line[: len(line) - delay] * np.float32(10 ** (leak_db / 20))
    if over is not None:
        heard[: len(over)] += over[: len(heard)]
    pcm = np.round(heard * 32768.0)
    return np.asarray(pcm / 32768.0, np.float32)


@pytest.mark.parametrize("delay_s", [0.0, 0.1, 0.4])
@pytest.mark.parametrize("leak_db", [-10.0, -20.0, -30.0, -40.0])
def test_a_leak_is_heard_at_its_level_and_delay(line: Clip, leak_db: float, delay_s: float) -> None:
    found = find(line, captured(line, leak_db, delay_s))
    assert found is not None
    assert found.delay_s == pytest.approx(delay_s, abs=1 / RATE_HZ)
    # the room has a hundredth of the power of the softest leak
    assert found.level_db == pytest.approx(leak_db, abs=0.5)


@pytest.mark.parametrize("delay_s", [0.0, 0.2, 0.4])
@pytest.mark.parametrize("leak_db", [-10.0, -20.0, -30.0, -40.0])
def test_a_leak_is_heard_through_the_trainees_own_voice(
    line: Clip, answer: Clip, leak_db: float, delay_s: float
) -> None:
    found = find(line, captured(line, leak_db, delay_s, over=answer))
    assert found is not None and found.delay_s == pytest.approx(delay_s, abs=1 / RATE_HZ)


def test_a_trainee_who_talks_over_the_line_is_no_leak(line: Clip, answer: Clip) -> None:
    """The voice of our own engine is changed a little in tempo: its lines have the noise of their making in common."""
    spoken = resample(answer, 16000, 15200)
    for late_s in (0.0, 0.3, 1.0):
        over = np.concatenate((room(late_s), spoken))
        assert find(line, captured(line, None, 0.0, over)) is None


def test_a_silent_room_and_a_moment_too_short_show_none(line: Clip) -> None:
    assert find(line, room(3.0)) is None
    assert find(line, np.zeros(3 * RATE_HZ, np.float32)) is None
    assert find(line[:4000], captured(line, -10.0, 0.0)[:4000]) is None
