import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from trainer import asr, models
from trainer.asr import whisper
from trainer.asr.scripted import ScriptedRecogniser, spread
from trainer.asr.stretches import stretches
from trainer.errors import NoModel, WrongCall
from trainer.records import RATE_HZ, Transcript, Word
from trainer.voicing import HOP_S


def test_an_unknown_recogniser_lists_the_known_ones() -> None:
    with pytest.raises(WrongCall, match=r"base, tiny\.en, scripted"):
        asr.engine("large-v9", "en")


def test_a_folder_without_a_model_says_what_it_must_hold(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match=r"model\.bin, config\.json"):
        asr.engine(str(tmp_path), "en")


def test_the_english_model_refuses_another_language() -> None:
    with pytest.raises(WrongCall, match=r"English only.*use base"):
        asr.engine("tiny.en", "pl")


def _without_base(name: str) -> Path:
    if name == "whisper-base":
        raise models.Absent("gone")
    return Path(name)


def test_an_absent_base_gives_way_to_tiny_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(models, "folder", _without_base)
    monkeypatch.setattr(whisper, "_loaded", lambda _: SimpleNamespace(supported_languages=["en"]))
    with caplog.at_level(logging.WARNING):
        assert asr.engine("base", "en").name == "tiny.en"
    assert "takes its place" in caplog.text


def test_an_absent_base_is_not_replaced_where_the_language_is_not_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "folder", _without_base)
    with pytest.raises(models.Absent):
        asr.engine("base", "pl")


def test_a_base_with_a_wrong_checksum_is_an_error_and_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_: str) -> Path:
        raise NoModel("wrong checksum")

    monkeypatch.setattr(models, "folder", wrong)
    with pytest.raises(NoModel, match="wrong checksum"):
        asr.engine("base", "en")


def test_a_language_the_model_does_not_know_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper, "_loaded", lambda _: SimpleNamespace(supported_languages=["en", "pl"]))
    with pytest.raises(WrongCall, match=r'"xx".*ISO 639-1'):
        whisper.WhisperRecogniser(Path("model"), "xx", "base")


class _Model:
    """Answers with one segment and remembers how it was asked."""

    supported_languages = ("en",)

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def transcribe(self, clip: Any, **options: Any) -> tuple[list[Any], None]:
        self.asked.append(options)
        words = [
            SimpleNamespace(word=" Hello", start=-0.1, end=0.4, probability=0.9),
            SimpleNamespace(word=" ", start=0.4, end=0.4, probability=0.9),
            SimpleNamespace(word=" there.", start=0.4, end=7.0, probability=0.8),
        ]
        heard = SimpleNamespace(words=words, start=0.0, end=0.8)
        return [heard, SimpleNamespace(words=None, start=0.8, end=1.0)], None


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> _Model:
    made = _Model()
    monkeypatch.setattr(whisper, "_loaded", lambda _: made)
    monkeypatch.setattr(whisper.voicing, "speech_probability", lambda clip: np.ones(len(clip) // whisper.HOP))
    return made


@pytest.mark.parametrize("clip", [np.zeros(0), np.zeros(RATE_HZ), np.full(RATE_HZ, 5e-5)])
def test_silence_has_no_words_and_the_model_is_not_asked(model: _Model, clip: Any) -> None:
    heard = whisper.WhisperRecogniser(Path("m"), "en", "base").recognise(clip.astype(np.float32))
    assert heard == Transcript("en", "", ())
    assert not model.asked


def test_words_lie_within_the_clip_and_make_up_the_text(model: _Model) -> None:
    heard = whisper.WhisperRecogniser(Path("m"), "en", "base").recognise(np.ones(RATE_HZ, np.float32))
    assert heard.text == "Hello there."
    assert [(word.text, word.start_s, word.end_s) for word in heard.words] == [
        ("Hello", 0.0, 0.4),
        ("there.", 0.4, 1.0),
    ]


def test_no_window_is_opened_on_the_quiet_after_the_speech(model: _Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper.voicing, "speech_probability", lambda clip: np.arange(len(clip) // whisper.HOP) < 62)
    later: list[str] = []

    def segments() -> Any:
        yield SimpleNamespace(words=[SimpleNamespace(word=" Hello", start=0, end=1, probability=1)], start=0, end=0.9)
        later.append("asked for more")

    monkeypatch.setattr(model, "transcribe", lambda clip, **options: (segments(), None))
    heard = whisper.WhisperRecogniser(Path("m"), "en", "base").recognise(np.ones(4 * RATE_HZ, np.float32))
    assert (heard.text, later) == ("Hello", [])


def test_the_decoder_has_one_temperature_and_a_bounded_number_of_tokens(model: _Model) -> None:
    recogniser = whisper.WhisperRecogniser(Path("m"), "en", "base")
    for duration_s in (1, 60):
        recogniser.recognise(np.ones(duration_s * RATE_HZ, np.float32))
    assert {asked["temperature"] for asked in model.asked} == {0.0}
    # 448 positions in the decoder, a few of them for the prompt.
    assert model.asked[0]["max_new_tokens"] < 50 < model.asked[-1]["max_new_tokens"] < 440


@pytest.mark.parametrize(("sounding", "kept"), [(0, 1000), (400, 1000), (1000, 1100), (1700, 1800), (3000, 3000)])
def test_padding_is_dropped_but_ten_seconds_and_one_after_the_sound_stay(sounding: int, kept: int) -> None:
    features = np.zeros((80, 3000), np.float32)
    features[3, :sounding] = 0.5
    assert whisper.trim_padding(features).shape == (80, kept)
    assert np.array_equal(whisper.trim_padding(features), features[:, :kept])
    assert whisper.trim_padding(features[None]).shape == (1, 80, kept)


def test_the_scripted_recogniser_gives_its_transcripts_in_order_then_nothing() -> None:
    one, two = spread("one thing", 0.0, 1.0), spread("two", 0.0, 0.5)
    recogniser = ScriptedRecogniser([one, two])
    clip = np.zeros(10, np.float32)
    assert [recogniser.recognise(clip) for _ in range(3)] == [one, two, Transcript("en", "", ())]


def test_the_scripted_recogniser_may_be_a_function_of_the_clip() -> None:
    recogniser = ScriptedRecogniser(lambda clip: spread("long" if clip.size > 5 else "short", 0.0, 1.0))
    assert recogniser.recognise(np.zeros(10, np.float32)).text == "long"


def test_spread_words_share_the_time_by_their_length() -> None:
    assert [(word.start_s, word.end_s) for word in spread("a bbb", 1.0, 3.0).words] == [(1.0, 1.5), (1.5, 3.0)]
    assert spread("", 0.0, 1.0).words == ()


def test_a_row_of_words_without_any_time_was_not_spoken() -> None:
    said = [Word("files", 12.5, 13.0, 0.9), Word("a", 13.0, 13.0, 0.9), Word("day", 13.0, 13.4, 0.9)]
    invented = [Word(text, 13.4, 13.4, 0.99) for text in ("you", "have", "files")]
    assert whisper.with_time([*said, *invented, Word("today", 13.4, 14.0, 0.9)]) == [
        *said,
        Word("today", 13.4, 14.0, 0.9),
    ]


class _Forgetful(_Model):
    """Takes all that comes after the first sentence for that sentence."""

    def transcribe(self, clip: Any, **options: Any) -> tuple[list[Any], None]:
        self.asked.append(options)
        words = [SimpleNamespace(word=" Well,", start=0.2, end=1.4, probability=0.9)]
        return [SimpleNamespace(words=words, start=0.0, end=len(clip) / RATE_HZ)], None


def test_a_sentence_that_was_passed_over_is_recognised_on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    made = _Forgetful()
    monkeypatch.setattr(whisper, "_loaded", lambda _: made)
    monkeypatch.setattr(whisper.voicing, "speech_probability", lambda clip: speaks[: len(clip) // whisper.HOP])
    speaks = np.zeros(500)
    for start_s in (0.2, 2.6, 5.0):
        speaks[round(start_s / HOP_S) : round((start_s + 1.2) / HOP_S)] = 1.0
    heard = whisper.WhisperRecogniser(Path("m"), "en", "base").recognise(np.ones(8 * RATE_HZ, np.float32))
    assert heard.text == "Well, Well, Well,"
    assert [word.start_s for word in heard.words] == pytest.approx([0.2, 2.6, 5.0], abs=HOP_S)
    assert len(made.asked) == 4


def test_a_sound_is_cut_at_its_pauses_and_no_stretch_is_too_short_to_recognise() -> None:
    speaks = np.zeros(500, np.bool_)
    for start_s, end_s in ((0.5, 2.0), (2.2, 2.5), (3.0, 3.4), (4.0, 5.5), (6.5, 6.9)):
        speaks[round(start_s / HOP_S) : round(end_s / HOP_S)] = True
    spans = [(0.3, 2.7), (2.8, 7.1)]
    for found, span in zip(stretches(speaks), spans, strict=True):
        assert found == pytest.approx(span, abs=0.02)
    assert stretches(np.zeros(10, np.bool_)) == []
