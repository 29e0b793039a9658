"""The real models on synthesised speech."""

import re
from typing import Any

import numpy as np
import pytest

from trainer import asr, models, tts
from trainer.records import RATE_HZ, Clip, Voice

pytestmark = pytest.mark.speech
TEXT = "I have been waiting for three weeks, and nobody has called me back. What are you going to do about it?"


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


@pytest.fixture(scope="module")
def clip() -> Clip:
    voice = Voice("heart", "hibari", "heart", "en", "", "", models.sha256("hibari-heart"), 196.0, 5.6)
    return tts.engine("hibari").synthesise(voice, TEXT)


@pytest.mark.parametrize("name", ["base", "tiny.en"])
def test_every_word_of_a_spoken_sentence_is_recognised_in_order(name: str, clip: Clip) -> None:
    heard = asr.engine(name, "en").recognise(clip)
    assert _plain(heard.text) == _plain(TEXT)
    starts = [word.start_s for word in heard.words]
    assert starts == sorted(starts)
    assert heard.words[-1].end_s <= clip.size / RATE_HZ
    assert all(0.0 <= word.probability <= 1.0 for word in heard.words)


def test_the_short_window_gives_the_words_of_the_stock_one(clip: Clip) -> None:
    from faster_whisper import WhisperModel

    stock: Any = WhisperModel(str(models.folder("whisper-base")), device="cpu", compute_type="int8", cpu_threads=2)
    segments, _ = stock.transcribe(clip, language="en", beam_size=5, temperature=0.0)
    assert _plain(asr.engine("base", "en").recognise(clip).text) == _plain(" ".join(s.text for s in segments))


@pytest.mark.parametrize("pause_s", [0.4, 0.9])
def test_a_sentence_said_again_and_again_is_recognised_each_time(pause_s: float) -> None:
    """Whisper alone writes it once, or three times, and the speaker would seem slow (6 or 18 words of 36)."""
    voice = Voice("heart", "hibari", "heart", "en", "", "", models.sha256("hibari-heart"), 196.0, 5.6)
    sentence = tts.engine("hibari").synthesise(voice, "Kids are talking by the door.")
    quiet = np.zeros(round(pause_s * RATE_HZ), np.float32)
    heard = asr.engine("base", "en").recognise(np.concatenate([sentence, quiet] * 6))
    assert _plain(heard.text) == _plain("Kids are talking by the door." * 6)
