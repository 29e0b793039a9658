"""A stretch of speech begins where its sound does, also where the detector was late."""

import numpy as np
import pytest

from trainer import signals
from trainer.records import RATE_HZ, Clip
from trainer.turns.onset import MOST_WINDOWS, WINDOW, Onset

NOISE_DBFS, VOICE_DBFS = -50.0, -26.0


def noise(windows: int, dbfs: float) -> Clip:
    draw = np.random.default_rng(0)
    return draw.normal(0.0, 10 ** (dbfs / 20), windows * WINDOW).astype(np.float32)


def voice(windows: int) -> Clip:
    clip = signals.vowel(150.0, windows * WINDOW / RATE_HZ)[: windows * WINDOW]
    return np.asarray(clip * 10 ** (VOICE_DBFS / 20) / np.sqrt(np.mean(np.square(clip))), np.float32)


def listened(*parts: Clip) -> Onset:
    onset = Onset()
    for block in np.array_split(np.concatenate(parts), 37):
        onset.feed(block)
    return onset


@pytest.mark.parametrize("late", [0, 1, 3, 6])
def test_the_windows_that_the_detector_missed_belong_to_the_speech(late: int) -> None:
    onset = listened(noise(40, NOISE_DBFS), voice(10), noise(20, NOISE_DBFS))
    assert onset.windows_before(40 + late) == late


def test_an_inhalation_before_the_words_does_not() -> None:
    breath = noise(6, VOICE_DBFS - 25.0)
    assert listened(noise(40, NOISE_DBFS - 15.0), breath, voice(10)).windows_before(47) == 1


def test_nothing_is_taken_back_by_more_than_a_quarter_of_a_second() -> None:
    assert listened(noise(40, NOISE_DBFS), voice(30)).windows_before(65) == MOST_WINDOWS


def test_speech_with_which_everything_begins_has_nothing_before_it() -> None:
    assert listened(voice(10)).windows_before(0) == 0
