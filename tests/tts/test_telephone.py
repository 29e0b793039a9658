"""A voice over the telephone: its band, its steps, and its length."""

import numpy as np
import pytest

from tests.signals import silence, tone
from trainer.records import RATE_HZ
from trainer.tts import telephone


def rms_db(clip: "np.typing.NDArray[np.float32]") -> float:
    return 10.0 * float(np.log10(np.mean(clip[4000:-4000] ** 2) + 1e-12))


@pytest.mark.parametrize("hz", [500.0, 1000.0, 3000.0])
def test_what_the_telephone_carries_keeps_its_level(hz: float) -> None:
    assert rms_db(telephone.over(tone(hz, 2.0))) == pytest.approx(-20.0, abs=1.0)  # the slopes of the band


@pytest.mark.parametrize("hz", [100.0, 5000.0])
def test_what_it_does_not_carry_is_gone(hz: float) -> None:
    assert rms_db(telephone.over(tone(hz, 2.0))) < -50.0


def test_mu_law_keeps_every_sample_within_half_a_step() -> None:
    samples = np.linspace(-1.0, 1.0, 4001, dtype=np.float32)
    back = telephone.mu_law(samples)
    # A step is 1/127 of the logarithmic scale: it is widest at full scale, ln(256)/127 = 4.4 %.
    assert np.max(np.abs(back - samples)) < 0.5 * 0.0447
    assert np.all(np.abs(telephone.mu_law(back) - back) < 1e-5)


def test_silence_stays_silence_and_nothing_stays_nothing() -> None:
    assert not telephone.over(silence(0.5)).any()
    assert len(telephone.over(silence(0.0))) == 0
    assert abs(len(telephone.over(tone(440, 1.0))) - 16000) <= 2


def test_the_quiet_of_the_line_is_very_soft_and_the_same_each_time() -> None:
    quiet = telephone.quiet(RATE_HZ)
    assert 10.0 * float(np.log10(np.mean(quiet.astype(np.float64) ** 2))) == pytest.approx(-65.0, abs=0.1)
    assert np.array_equal(quiet, telephone.quiet(RATE_HZ))
    assert telephone.over(quiet).any()
