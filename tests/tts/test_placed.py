"""Where words lie in a sound, told by its pauses and the lengths of the words."""

import numpy as np

from trainer.tts import placed
from trainer.tts.render import FRAME_S


def _silent(*stretches_s: tuple[float, float], lasts_s: float) -> "np.typing.NDArray[np.bool_]":
    silent = np.zeros(round(lasts_s / FRAME_S), np.bool_)
    for start_s, end_s in stretches_s:
        silent[round(start_s / FRAME_S) : round(end_s / FRAME_S)] = True
    return silent


def test_words_share_the_speaking_time_and_no_pause() -> None:
    silent = _silent((0.0, 0.5), (1.5, 2.5), (3.5, 4.0), lasts_s=4.0)
    (first, second) = placed.spans_s(["Banana,", "lemonade."], "xx", silent)
    assert np.allclose(first, (0.5, 1.5), atol=0.02)
    assert np.allclose(second, (2.5, 3.5), atol=0.02)


def test_a_pause_is_laid_on_the_nearest_punctuation() -> None:
    # the first phrase is said much faster than the second: shared evenly, its end would be late by 0.5 s
    silent = _silent((0.9, 1.3), lasts_s=3.2)
    spans = placed.spans_s(["one", "two", "ten,", "one", "two", "ten."], "xx", silent)
    assert abs(spans[2][1] - 0.9) < 0.02
    assert abs(spans[3][0] - 1.3) < 0.02


def test_sounds_without_any_pause_or_without_any_speech_are_no_mistake() -> None:
    for silent in (_silent(lasts_s=1.0), _silent((0.0, 0.99), lasts_s=1.0), _silent((0.0, 1.0), lasts_s=1.0)):
        spans = placed.spans_s(["one", "two"], "xx", silent)
        assert all(0.0 <= start_s <= end_s <= 1.0 for start_s, end_s in spans)
