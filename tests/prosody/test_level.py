"""Volume: ITU-T P.56 on signals whose level is known."""

import numpy as np
import pytest

from tests.signals import joined, noise, silence, tone
from trainer import loudness


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
    assert 0.2 < loudness.loudness([clip]).clipped_fraction < 0.9
    assert loudness.loudness([tone(100, 1.0, -20.0)]).clipped_fraction == 0.0


@pytest.mark.parametrize("piece", [16, 320, 16000])
def test_a_sound_in_pieces_has_the_levels_of_the_whole(piece: int) -> None:
    clip = joined(silence(0.3), tone(300, 1.3, -20), silence(0.7), noise(1.9, -40))
    whole = loudness.loudness([clip])
    parts = loudness.loudness(clip[at : at + piece] for at in range(0, len(clip), piece))
    assert parts.active_dbfs == pytest.approx(whole.active_dbfs, abs=1e-6)
    assert parts.lufs == pytest.approx(whole.lufs, abs=1e-6)
    assert (parts.peak_dbfs, parts.duration_s) == (whole.peak_dbfs, whole.duration_s)


def test_a_tone_of_bs_1770_has_its_loudness() -> None:
    # A sine of 997 Hz at 0 dB FS in one channel is -3.01 LUFS (ITU-R BS.1770-4, annex 1); the meters of EBU Tech 3341
    # may be 0.1 LU off.
    found = loudness.loudness([tone(997, 5.0, -23.0)])
    assert found.lufs == pytest.approx(-23.0, abs=0.1)


def test_the_loudness_is_that_of_another_meter() -> None:
    import pyloudnorm

    swell = np.sin(np.arange(16000 * 12) / 16000) ** 2
    clip = (noise(12.0, -20) * swell + tone(200, 12.0, -30)).astype(np.float32)
    other = pyloudnorm.Meter(16000).integrated_loudness(clip.astype(np.float64))
    # Both move the filter from 48 to 16 kHz in their own way: a tenth of a decibel apart.
    assert loudness.loudness([clip]).lufs == pytest.approx(other, abs=0.2)


def test_silence_has_no_loudness() -> None:
    assert loudness.loudness([silence(2.0)]).lufs is None
    assert loudness.loudness([]).lufs is None


@pytest.mark.parametrize("offset", [0.02, -0.3])
def test_the_offset_of_a_cheap_converter_is_no_sound(offset: float) -> None:
    clip = joined(noise(1.0, -60), tone(200, 2.0, -20), noise(1.0, -60))
    plain, moved = loudness.loudness([clip]), loudness.loudness([clip + np.float32(offset)])
    assert moved.active_dbfs == pytest.approx(plain.active_dbfs, abs=0.06)  # the step between thresholds is 0.05 dB
    assert moved.lufs == pytest.approx(plain.lufs, abs=0.1)
    assert loudness.loudness([np.full(32000, offset, np.float32)]).active_dbfs is None
