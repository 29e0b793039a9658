"""The limits of chance: those of the file, between them in the logarithm of time, outside them their ends."""

import math
from dataclasses import replace

import pytest

from tests.coaching.test_compare import voice
from trainer.coaching.compare import compare, difference
from trainer.coaching.quantity import Pooled
from trainer.coaching.thresholds import Quantity, clear_limit, limit, shipped_thresholds
from trainer.records import Measures

CHANCE = shipped_thresholds().chance
COLUMNS: dict[Quantity, tuple[float, ...]] = {
    "rate": tuple(math.log(1.0 + percent / 100.0) for percent in CHANCE.rate_percent),
    "pitch": CHANCE.pitch_st,
    "level": CHANCE.level_db,
    "effort": CHANCE.effort_db,
}


@pytest.mark.parametrize("quantity", COLUMNS)
def test_the_limit_is_that_of_the_file_for_the_shorter_side(quantity: Quantity) -> None:
    for seconds, wanted in zip(CHANCE.speech_s, COLUMNS[quantity], strict=True):
        assert limit(quantity, seconds) == pytest.approx(wanted)
        assert difference(quantity, Pooled(0.0, seconds), Pooled(1.0, 99.0)).limit == pytest.approx(wanted)
        assert difference(quantity, Pooled(0.0, 99.0), Pooled(1.0, seconds)).limit == pytest.approx(wanted)
    assert limit(quantity, 0.0) == pytest.approx(COLUMNS[quantity][0])
    assert limit(quantity, 600.0) == pytest.approx(COLUMNS[quantity][-1])


def test_between_the_columns_it_is_the_middle_in_the_logarithm_of_time() -> None:
    between = math.sqrt(CHANCE.speech_s[0] * CHANCE.speech_s[1])
    assert limit("pitch", between) == pytest.approx((CHANCE.pitch_st[0] + CHANCE.pitch_st[1]) / 2)


@pytest.mark.parametrize("quantity", ["rate", "level", "effort"])
def test_clearly_is_one_and_a_half_times_the_limit(quantity: Quantity) -> None:
    assert clear_limit(quantity, 8.0) == pytest.approx(1.5 * limit(quantity, 8.0))


@pytest.mark.parametrize("quantity", COLUMNS)
def test_a_claim_begins_at_the_limit_and_not_below_it(quantity: Quantity) -> None:
    at, clear = limit(quantity, 8.0), clear_limit(quantity, 8.0)

    def word(change: float) -> str:
        return difference(quantity, Pooled(0.0, 8.0), Pooled(change, 8.0)).verdict

    assert (word(at - 1e-9), word(at), word(-at)) == ("no_clear_change", "higher", "lower")
    assert (word(clear - 1e-9), word(clear), word(-clear)) == ("higher", "clearly_higher", "clearly_lower")


def test_words_that_drift_from_the_sound_withhold_the_rate() -> None:
    """The same syllables on 35 % more nuclei, or fewer, are just believed; on more than that they are not."""

    def heard(nuclei: int) -> Measures:
        one = voice()
        return replace(one, rate=replace(one.rate, nuclei=nuclei))

    assert compare(heard(1000), heard(1348)).rate.verdict == "no_clear_change"
    assert compare(heard(1000), heard(1352)).rate.reason == "words_drifted"
    assert compare(heard(1352), heard(1000)).rate.reason == "words_drifted"
    assert compare(heard(0), heard(34)).rate.verdict == "no_clear_change"
