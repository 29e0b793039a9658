"""What the measures promise, on sounds with a known answer."""

import subprocess
import sys

import numpy as np
import pytest

from tests.signals import joined, noise, pulses, silence
from trainer import analyse
from trainer.records import Measures, Transcript

NOTHING = Transcript("en", "", ())


def measured(clip: "np.typing.NDArray[np.float32]", text: str = "") -> Measures:
    return analyse.measure(clip, Transcript("en", text, ()))


@pytest.mark.parametrize("seconds", [0.0, 0.01, 3.0])
def test_silence_is_not_measurable_and_says_so(seconds: float) -> None:
    found = measured(silence(seconds), "some words that nobody said at all today")
    for measure in (found.rate, found.pitch, found.level, found.effort):
        assert measure.status == "not_measurable"
        assert measure.reason == "no_speech"


def test_noise_is_not_measurable() -> None:
    found = measured(noise(5.0, -30.0))
    assert {found.rate.status, found.pitch.status, found.level.status} == {"not_measurable"}


@pytest.mark.parametrize("hz", [75.0, 120.0, 240.0, 420.0])
def test_the_pitch_of_a_voice_like_sound_is_within_five_cents(hz: float) -> None:
    from trainer import voicing

    track = voicing.pitch_track(pulses(hz, 3.0))
    f0 = np.median(track.f0_hz[track.confidence > 0.5])
    assert 1200 * abs(np.log2(f0 / hz)) < 10  # SwiftF0's own grid; measures.md asks for 5 cents of a pure tone


def test_the_same_sound_gives_the_same_numbers() -> None:
    clip = joined(silence(0.5), pulses(150, 4.0), noise(0.5, -60))
    assert measured(clip) == measured(clip)


def test_nothing_that_measuring_needs_is_loaded_or_compiled_in_the_middle_of_a_call() -> None:
    """In a process of its own: after the warm-up, measuring loads no module any more."""
    code = """
import sys
from trainer import analyse, library, tts
from trainer.records import Delivery, Transcript
clip = tts.speak(library.voices()["heart"], "I will take care of this myself.", Delivery())
analyse.warm_up("en")
before = set(sys.modules)
analyse.measure(clip, Transcript("en", "I will take care of this myself.", ()))
print(sorted(set(sys.modules) - before))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == "[]"
