"""Rendering, on sounds whose pitch, tempo and level are known."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from trainer import tts, voicing
from trainer.loudness import active_level
from trainer.records import RATE_HZ, Clip, Delivery, Voice
from trainer.tts import render

VOICE = Voice("tone", "scripted", "", "en", "", "", {}, 160.0, 5.0)
TEXT = "banana lemonade, potato salad, tomato banana."
NEUTRAL = Delivery()


@pytest.fixture(scope="module")
def clip() -> Clip:
    return tts.engine("scripted").synthesise(VOICE, TEXT)


def _pitch_hz(clip: Clip) -> float:
    track = voicing.pitch_track(clip)
    return float(np.median(track.f0_hz[track.confidence > 0.6]))


def _tone(hz: float, seconds: float = 2.0, peak: float = 0.1) -> npt.NDArray[np.float64]:
    return peak * np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE_HZ)) / RATE_HZ)


def test_the_scripted_speaker_has_the_pitch_and_tempo_of_its_voice(clip: Clip) -> None:
    assert _pitch_hz(clip) == pytest.approx(160.0, rel=0.01)
    # 3+4, 3+2, 3+3 syllables at 5 a second, and three pauses of 0.3 s
    assert clip.size / RATE_HZ == pytest.approx(18 / 5 + 0.9, abs=0.01)


def test_a_neutral_delivery_changes_the_level_alone(clip: Clip) -> None:
    made = render.render(clip, VOICE, NEUTRAL)
    gain = made[clip != 0] / clip[clip != 0]
    assert np.ptp(gain) < 1e-4 * gain.mean()


@pytest.mark.parametrize("level_dbfs", [-35.0, -29.0, -20.0])
def test_the_active_level_is_the_one_asked_for(clip: Clip, level_dbfs: float) -> None:
    made = render.render(clip, VOICE, replace(NEUTRAL, level_dbfs=level_dbfs))
    level = active_level(made)
    assert level is not None and level[0] == pytest.approx(level_dbfs, abs=0.1)


@pytest.mark.parametrize("shift_st", [-4.0, 4.0])
def test_pitch_moves_by_as_many_semitones_as_asked_for(clip: Clip, shift_st: float) -> None:
    made = render.render(clip, VOICE, replace(NEUTRAL, pitch_st=shift_st))
    # SwiftF0 is within 9 cents of the truth
    assert 12 * np.log2(_pitch_hz(made) / 160.0) == pytest.approx(shift_st, abs=0.15)


def test_the_voices_own_shift_adds_to_that_of_the_delivery(clip: Clip) -> None:
    made = render.render(clip, replace(VOICE, shift_st=-3.0), replace(NEUTRAL, pitch_st=1.0))
    assert 12 * np.log2(_pitch_hz(made) / 160.0) == pytest.approx(-2.0, abs=0.15)


def test_tempo_shortens_the_speech_and_makes_its_short_pauses_clear_ones(clip: Clip) -> None:
    frame_s = 3 * render.FRAME_S  # what an edge of a pause may be off by
    fast = render.render(clip, VOICE, replace(NEUTRAL, tempo=1.25))
    # two pauses of 0.3 s lie inside the line, the third is its end, and is shortened like speech
    assert fast.size / RATE_HZ == pytest.approx((18 / 5 + 0.3) / 1.25 + 2 * render.STILL_A_PAUSE_S, abs=4 * frame_s)


def test_a_pause_is_shortened_but_stays_one_to_our_measures() -> None:
    tone, silence = _tone(200.0, 1.0), np.zeros(round(1.2 * RATE_HZ))
    long = np.concatenate([tone, silence, tone]).astype(np.float32)
    brief = render.render(long, VOICE, replace(NEUTRAL, pauses=0.5))
    assert (long.size - brief.size) / RATE_HZ == pytest.approx(0.6, abs=0.03)
    briefest = render.render(long, VOICE, replace(NEUTRAL, pauses=0.1))
    assert (long.size - briefest.size) / RATE_HZ == pytest.approx(1.2 - render.STILL_A_PAUSE_S, abs=0.03)


def test_range_widens_the_melody_around_its_median() -> None:
    at_s = np.arange(3 * RATE_HZ) / RATE_HZ
    melody_st = 2.0 * np.sin(2 * np.pi * 0.7 * at_s)
    phase = 2 * np.pi * np.cumsum(150.0 * 2 ** (melody_st / 12)) / RATE_HZ
    clip = np.asarray(0.05 * sum(np.sin(n * phase) / n for n in range(1, 13)), dtype=np.float32)

    def span_st(sound: Clip) -> float:
        track = voicing.pitch_track(sound)
        low, high = np.percentile(track.f0_hz[track.confidence > 0.6], [10, 90])
        return float(12 * np.log2(high / low))

    wide = render.render(clip, VOICE, replace(NEUTRAL, range=1.5))
    assert span_st(wide) / span_st(clip) == pytest.approx(1.5, rel=0.05)


def test_formants_move_by_their_factor() -> None:
    spectra = np.exp(-(((np.arange(513) - 100) / 10.0) ** 2))[None, :]
    for factor in (0.9, 1.1):
        assert int(np.argmax(render._warped(spectra, factor))) == round(100 * factor)


@pytest.mark.parametrize(("hz", "gain_db"), [(100.0, 0.0), (1000.0, 4.5), (6000.0, 9.0)])
def test_the_shelf_lifts_what_is_above_one_kilohertz(hz: float, gain_db: float) -> None:
    tone = _tone(hz)
    lifted = render._shelf(tone, 9.0)
    found_db = 20 * np.log10(np.std(lifted[RATE_HZ:]) / np.std(tone[RATE_HZ:]))
    assert found_db == pytest.approx(gain_db, abs=0.3)


def test_no_peak_passes_the_limiter_and_what_is_quiet_is_left_alone() -> None:
    quiet = _tone(300.0)
    assert np.array_equal(render.limited(quiet), quiet)
    loud = quiet.copy()
    loud[8000:8100] *= 30.0
    held = render.limited(loud)
    assert np.abs(held).max() <= 10 ** (render.CEILING_DBFS / 20) + 1e-9
    far = np.r_[0:7900, 8200 : len(loud)]
    assert np.allclose(held[far], loud[far], rtol=1e-12)


@pytest.mark.parametrize("clip", [np.zeros(0), np.zeros(RATE_HZ), np.full(7, 0.1), np.full(300, 0.01)])
def test_silence_and_snippets_are_rendered_without_a_fuss(clip: npt.NDArray[np.float64]) -> None:
    made = render.render(clip.astype(np.float32), VOICE, tts.delivery(1.0))
    assert np.isfinite(made).all()


def test_the_same_line_is_the_same_samples_every_time(clip: Clip) -> None:
    first = render.render(clip, VOICE, tts.delivery(0.7))
    assert np.array_equal(first, render.render(clip, VOICE, tts.delivery(0.7)))
