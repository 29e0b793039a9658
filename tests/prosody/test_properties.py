"""What must hold for any recording: gain, a later start, an offset or saying it twice change nothing but what they
should, and no measure is ever anything but a number or the word that there is none.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.signals import joined, noise, pulses, silence, tone
from trainer import analyse, documents, library, tts
from trainer.coaching.compare import compare
from trainer.records import RATE_HZ, Clip, Delivery, Measures, Transcript

SAID = (
    "I understand that you have been waiting for three weeks, and that two drivers came without your machine. "
    "I will take care of this myself, and I will call you back before six."
)
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Each example is a whole measurement."""


@pytest.fixture(scope="module")
def speech() -> Clip:
    """Ten seconds of a synthetic voice in a quiet room."""
    clip = tts.speak(library.voices()["heart"], SAID, Delivery())
    return clip + noise(len(clip) / RATE_HZ, -70)[: len(clip)]


@pytest.fixture(scope="module")
def plain(speech: Clip) -> Measures:
    return measured(speech)


def measured(clip: Clip, text: str = SAID) -> Measures:
    return analyse.measure(np.asarray(clip, np.float32), Transcript("en", text, ()))


@FEW
@given(gain_db=st.floats(-25, 8))
def test_gain_moves_the_level_and_nothing_else(speech: Clip, plain: Measures, gain_db: float) -> None:
    found = measured(speech * np.float32(10 ** (gain_db / 20)))
    assert found.level.active_dbfs == pytest.approx(plain.level.active_dbfs + gain_db, abs=0.06)  # P.56 in 0.05 dB
    assert found.pitch.median_hz == pytest.approx(plain.pitch.median_hz, rel=1e-3)
    assert found.rate.articulation_syllables_per_s == pytest.approx(plain.rate.articulation_syllables_per_s, rel=0.005)
    assert found.effort.alpha_ratio_db == pytest.approx(plain.effort.alpha_ratio_db, abs=0.05)
    assert found.quality.snr_db == pytest.approx(plain.quality.snr_db, abs=0.2)


@FEW
@given(before=st.integers(0, 3 * RATE_HZ), after=st.integers(0, 3 * RATE_HZ), room=st.booleans())
def test_a_later_start_and_a_later_end_change_nothing(
    speech: Clip, plain: Measures, before: int, after: int, room: bool
) -> None:
    quiet = noise(3.0, -70, seed=1) if room else silence(3.0)
    found = measured(joined(quiet[:before], speech, quiet[:after]))
    # The grid of frames lies elsewhere: an edge of speech moves by a frame, a median by its neighbours.
    assert found.pitch.median_hz == pytest.approx(plain.pitch.median_hz, rel=0.012)  # 0.2 st
    assert found.level.active_dbfs == pytest.approx(plain.level.active_dbfs, abs=0.15)
    assert found.rate.articulation_syllables_per_s == pytest.approx(plain.rate.articulation_syllables_per_s, rel=0.03)
    assert found.effort.alpha_ratio_db == pytest.approx(plain.effort.alpha_ratio_db, abs=0.3)


@FEW
@given(offset=st.floats(-0.3, 0.3))
def test_the_offset_of_a_converter_changes_nothing(speech: Clip, plain: Measures, offset: float) -> None:
    found = compare(plain, measured(np.float32(0.5) * speech + np.float32(offset)))
    assert found.volume.change_db == pytest.approx(-6.02, abs=0.1)
    assert {found.rate.verdict, found.pitch.verdict, found.effort.verdict} == {"no_clear_change"}


def test_saying_it_twice_has_the_measures_of_saying_it_once(speech: Clip, plain: Measures) -> None:
    found = measured(joined(speech, speech), f"{SAID} {SAID}")
    assert found.speech_s == pytest.approx(2 * plain.speech_s, abs=0.1)
    assert found.pitch.median_hz == pytest.approx(plain.pitch.median_hz, rel=0.003)
    assert found.level.active_dbfs == pytest.approx(plain.level.active_dbfs, abs=0.15)
    assert found.rate.articulation_syllables_per_s == pytest.approx(plain.rate.articulation_syllables_per_s, rel=0.01)


@FEW
@given(
    seed=st.integers(0, 99),
    kind=st.sampled_from(["noise", "tone", "pulses", "clicks", "square", "offset", "quiet"]),
    seconds=st.floats(0.0, 4.0),
)
def test_no_measure_is_ever_anything_but_a_number_or_none(seed: int, kind: str, seconds: float) -> None:
    rng = np.random.default_rng(seed)
    hz = float(rng.uniform(30, 900))
    clicks = np.where(rng.random(round(seconds * RATE_HZ)) < 0.001, 1.0, 0.0).astype(np.float32)
    clip = {
        "noise": noise(seconds, float(rng.uniform(-90, 0)), seed),
        "tone": tone(hz, seconds),
        "pulses": pulses(hz, max(seconds, 0.1)),
        "clicks": clicks,
        "square": np.sign(tone(hz, seconds)),
        "offset": np.full(len(clicks), 0.5, np.float32),
        "quiet": noise(seconds, -100, seed),
    }[kind]
    found = measured(np.clip(clip, -1, 1))
    for number in _numbers(documents.plain(found)):
        assert math.isfinite(number)
    for change in _numbers(documents.plain(compare(found, found))):
        assert math.isfinite(change)


def _numbers(document: Any) -> Iterator[float]:
    if isinstance(document, dict):
        for value in document.values():
            yield from _numbers(value)
    elif isinstance(document, list | tuple):
        for value in document:
            yield from _numbers(value)
    elif isinstance(document, float):
        yield document
