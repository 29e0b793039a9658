"""Volume: ITU-T P.56 on signals whose level is known."""

import numpy as np
import pytest

from tests.signals import joined, noise, silence, tone
from trainer import loudness
from trainer.prosody import level


@pytest.mark.parametrize("dbfs", [-10.0, -26.0, -45.0])
def test_the_active_level_of_a_steady_tone_is_its_level(dbfs: float) -> None:
    found = loudness.active_level(tone(440, 4.0, dbfs))
    assert found is not None
    assert found[0] == pytest.approx(dbfs, abs=0.1)  # the gate of measures.md


@pytest.mark.parametrize("gap_s", [1.0, 3.0])
def test_pauses_do_not_lower_the_active_level(gap_s: float) -> None:
    spoken = tone(440, 2.0, -20.0)
    found = loudness.active_level(joined(spoken, silence(gap_s), spoken))
    assert found is not None
    assert found[0] == pytest.approx(-20.0, abs=0.5)  # 0.2 s of hangover after each of two bursts of 2 s
    assert found[1] == pytest.approx((4.0 + 2 * 0.2) / (4.0 + gap_s), abs=0.04)


def test_gain_moves_the_level_by_the_gain() -> None:
    clip = joined(noise(1.0, -60), tone(200, 2.0, -20), noise(1.0, -60))
    loud, soft = loudness.active_level(clip), loudness.active_level(clip * np.float32(0.1))
    assert loud and soft
    assert loud[0] - soft[0] == pytest.approx(20.0, abs=0.06)  # the step between thresholds is 0.05 dB


def test_silence_has_no_level() -> None:
    assert loudness.active_level(silence(2.0)) is None
    assert loudness.active_level(silence(0.0)) is None


def test_clipped_samples_are_counted() -> None:
    clip = np.clip(tone(100, 1.0, -3.0) * 2.0, -1.0, 1.0)
    assert 0.2 < level.clipped_fraction(clip) < 0.9
    assert level.clipped_fraction(tone(100, 1.0, -20.0)) == 0.0
