"""The frames of a sound: the same wherever it comes from, and none of them sees where it was cut."""

from collections.abc import Iterator

import numpy as np
import pytest

from tests.signals import joined, noise, pulses, silence
from trainer import analyse
from trainer.prosody import chunks, frames
from trainer.records import Clip, Transcript

SAID = Transcript("en", "some words that were said", ())


@pytest.fixture(scope="module")
def voice() -> Clip:
    """Twenty seconds of a voice that changes, longer than two pieces."""
    parts = [
        joined(pulses(hz, 1.1), silence(0.4)) for hz in (110, 180, 320, 140, 95, 240, 130, 200, 160, 410, 120, 150)
    ]
    clip = joined(*parts)
    return clip + noise(len(clip) / 16000, -65)


def test_no_measure_sees_where_a_long_sound_is_cut(voice: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = frames.analyse(lambda: iter((voice,)))
    monkeypatch.setattr(chunks, "CHUNK", len(voice) // 512 * 512 + 512)
    whole = frames.analyse(lambda: iter((voice,)))
    assert np.array_equal(cut.energy_db, whole.energy_db)
    assert np.array_equal(cut.voiced, whole.voiced)
    assert np.allclose(cut.f0_hz[cut.voiced], whole.f0_hz[whole.voiced], rtol=1e-5)  # float32 of the network
    assert np.allclose(cut.bands, whole.bands, rtol=1e-4, atol=1e-7)
    assert np.allclose(cut.vowels, whole.vowels, rtol=1e-3, atol=1e-9)  # the filter's memory of 0.26 s before
    assert np.array_equal(np.isnan(cut.yin_hz), np.isnan(whole.yin_hz))


@pytest.mark.parametrize("size", [1, 333, 20_000])
def test_a_sound_that_comes_in_pieces_has_the_measures_of_the_whole(voice: Clip, size: int) -> None:
    short = voice[: 1000 if size == 1 else len(voice)]

    def pieces() -> Iterator[Clip]:
        return (short[at : at + size] for at in range(0, len(short), size))

    assert analyse.measure_stream(pieces, SAID) == analyse.measure(short, SAID)


@pytest.mark.parametrize("samples", [0, 1, 15, 255, 256, 257, 511])
def test_a_sound_shorter_than_a_frame_is_no_speech(samples: int) -> None:
    found = analyse.measure(noise(1.0, -10)[:samples], SAID)
    assert found.pitch.reason == "no_speech"
