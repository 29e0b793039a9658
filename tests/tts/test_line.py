"""A whole line: its marks, its one level, the breath before it and the telephone beneath it."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from trainer import tts, voicing
from trainer.errors import BadContent, BadInput
from trainer.loudness import active_level
from trainer.prosody import frames
from trainer.records import RATE_HZ, Clip, Delivery, Voice
from trainer.tts import manner

VOICE = Voice("tone", "scripted", "", "en", "", "", {}, 160.0, 5.0)
PLAIN = Delivery()
TEXT = "banana lemonade, potato salad."


def _rms_db(clip: Clip) -> float:
    return 10.0 * float(np.log10(np.mean(np.square(clip, dtype=np.float64)) + 1e-20))


def _part(clip: Clip, start_s: float, end_s: float) -> Clip:
    return clip[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]


def test_a_lull_is_as_much_quiet_as_it_says_and_where_it_says() -> None:
    before, whole = tts.speak(VOICE, "banana lemonade", PLAIN), tts.spoken(VOICE, "banana (lull) lemonade", PLAIN)
    (mark,) = whole.marks
    assert mark.kind == "lull"
    assert mark.end_s - mark.start_s == pytest.approx(1.6)
    assert len(whole.clip) == len(before) + round(1.6 * RATE_HZ)
    assert _rms_db(_part(whole.clip, mark.start_s, mark.end_s)) == pytest.approx(-65.0, abs=0.5)
    assert _rms_db(_part(whole.clip, mark.end_s, mark.end_s + 0.3)) > -35.0


def test_a_question_at_the_beginning_comes_before_the_breath() -> None:
    whole = tts.spoken(VOICE, "(question) banana?", replace(PLAIN, breath_s=0.4))
    (mark,) = whole.marks
    assert (mark.kind, mark.start_s, mark.end_s) == ("question", 0.0, 1.2)
    after_db = _rms_db(_part(whole.clip, 1.3, 1.5))
    assert -62.0 < after_db < -45.0


def test_a_line_without_marks_has_none() -> None:
    assert tts.spoken(VOICE, TEXT, PLAIN).marks == ()


def test_an_unknown_mark_is_not_read_aloud() -> None:
    with pytest.raises(BadContent, match=r"\(lull\), \(question\)"):
        tts.speak(VOICE, "banana (lul) lemonade", PLAIN)


def test_a_line_of_pauses_alone_has_nothing_to_say() -> None:
    with pytest.raises(BadInput, match="nothing to say"):
        tts.speak(VOICE, "(lull) (question)", PLAIN)


@pytest.mark.parametrize("level_dbfs", [-29.0, -20.0])
def test_the_level_is_one_over_the_line(level_dbfs: float) -> None:
    clip = tts.speak(VOICE, "banana (lull) lemonade, potato", replace(PLAIN, level_dbfs=level_dbfs))
    level = active_level(clip)
    assert level is not None and level[0] == pytest.approx(level_dbfs, abs=0.2)


def test_the_silence_of_the_line_is_no_digital_zero() -> None:
    clip = tts.speak(VOICE, TEXT, PLAIN)
    quietest = np.sqrt(np.convolve(np.square(clip, dtype=np.float64), np.full(800, 1 / 800), "valid").min())
    assert 20 * np.log10(quietest) == pytest.approx(-65.0, abs=2.0)


def test_the_breath_comes_before_the_line_where_the_delivery_asks_for_it() -> None:
    without, with_it = (tts.speak(VOICE, TEXT, replace(PLAIN, breath_s=breath_s)) for breath_s in (0.0, 0.35))
    assert 0.35 < (len(with_it) - len(without)) / RATE_HZ < 0.45
    under_db = _rms_db(_part(with_it, 0.0, 0.35)) - PLAIN.level_dbfs
    assert under_db == pytest.approx(manner.customary().breath_db, abs=1.0)


def test_a_breath_is_no_speech_to_our_own_measures() -> None:
    clip = tts.speak(VOICE, TEXT, replace(PLAIN, breath_s=0.4))
    seen = frames.analyse(lambda: iter((clip,)))
    assert not seen.voiced[: int(0.4 / voicing.HOP_S)].any()
    assert not seen.spans or seen.spans[0][0] > 0.38


def test_the_same_line_is_the_same_samples_every_time() -> None:
    delivery = tts.delivery(0.7)
    first = tts.speak(VOICE, "banana (lull) _lemonade_", delivery)
    assert np.array_equal(first, tts.speak(VOICE, "banana (lull) _lemonade_", delivery))


def test_a_marked_line_that_was_prepared_sounds_the_same(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Nobody _called_. (lull) Nobody."
    monkeypatch.setenv("TRAINER_CACHE", f"{tmp_path}/one")
    plain = tts.speak(VOICE, text, tts.delivery(0.7))
    monkeypatch.setenv("TRAINER_CACHE", f"{tmp_path}/two")
    tts.prepare(VOICE, text)
    assert np.array_equal(tts.speak(VOICE, text, tts.delivery(0.7)), plain)


def _pitch_st(clip: Clip, start_s: float, end_s: float) -> float:
    track = voicing.pitch_track(_part(clip, start_s, end_s))
    return float(12 * np.log2(np.median(track.f0_hz[track.confidence > 0.6]) / 160.0))


@pytest.mark.parametrize(("word", "at"), [("_banana_ lemonade potato", 0), ("banana lemonade _potato_", 2)])
def test_an_emphasised_word_is_higher_and_louder_than_the_others(word: str, at: int) -> None:
    clip = tts.speak(VOICE, word, replace(PLAIN, emphasis_st=3.0, emphasis_db=2.0))
    thirds = np.linspace(0.0, len(clip) / RATE_HZ, 4)
    heights = [_pitch_st(clip, start + 0.15, end - 0.15) for start, end in pairwise(thirds)]
    assert heights[at] == pytest.approx(3.0, abs=0.3)
    assert [round(height, 0) for place, height in enumerate(heights) if place != at] == [0.0, 0.0]
    levels = [_rms_db(_part(clip, start, end)) for start, end in pairwise(thirds)]
    assert int(np.argmax(levels)) == at


def test_a_calm_customer_emphasises_nothing() -> None:
    calm = tts.delivery(0.0)
    assert np.array_equal(tts.speak(VOICE, "banana _lemonade_", calm), tts.speak(VOICE, "banana lemonade", calm))
