"""The tempo that is shown while somebody still speaks."""

import numpy as np
import pytest

from trainer import analyse, library, pace, sound, tts
from trainer.records import Block, Clip, Delivery, Transcript

SAID = (
    "I understand that you have been waiting for three weeks, and that two drivers came without your machine. "
    "I will take care of this myself, and I will call you back before six."
)
pytestmark = pytest.mark.speech


@pytest.fixture(scope="module")
def spoken() -> dict[float, Clip]:
    """The same words at the voice's own tempo and a quarter faster."""
    voice = library.voices()["heart"]
    return {tempo: tts.speak(voice, SAID, Delivery(tempo=tempo, pauses=1 / tempo)) for tempo in (1.0, 1.25)}


def fed(shown: pace.Pace, clip: Clip) -> pace.Pace:
    for number in range(len(clip) // 320):
        shown.feed(Block(number, sound.to_pcm(clip[number * 320 : (number + 1) * 320]), False), "speaking")
    return shown


def test_the_tempo_is_a_share_of_ones_own_normal(spoken: dict[float, Clip]) -> None:
    normal = analyse.measure(spoken[1.0], Transcript("en", SAID, ()))
    same, faster = (fed(pace.Pace(normal), spoken[tempo]).of_normal for tempo in (1.0, 1.25))
    assert same == pytest.approx(1.0, abs=0.15)  # the last eight seconds of ten
    # Nuclei under-read fast speech, whose vowels run together: of 25 % more at least a third is seen.
    assert faster is not None and same is not None and 1.08 < faster / same < 1.35


def test_without_a_sound_check_the_beats_are_shown(spoken: dict[float, Clip]) -> None:
    shown = fed(pace.Pace(None), spoken[1.0])
    assert shown.of_normal is None
    assert shown.nuclei_per_s is not None and 2.0 < shown.nuclei_per_s < 7.0


def test_while_the_customer_speaks_and_before_three_seconds_nothing_is_shown(spoken: dict[float, Clip]) -> None:
    shown = fed(pace.Pace(None), spoken[1.0][: 3 * 16000])
    assert shown.nuclei_per_s is None
    fed(shown, spoken[1.0])
    shown.feed(Block(0, np.zeros(320, np.int16), True), "customer")
    assert shown.nuclei_per_s is None
