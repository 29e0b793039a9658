"""Pitch between the steps of the tracker, on sounds whose pitch is known to the cent."""

import numpy as np
import numpy.typing as npt
import pytest

from trainer import loudness, voicing
from trainer.prosody.refine import MOST_CENTS, refined
from trainer.records import RATE_HZ, Clip
from trainer.signals import joined, noise, silence, vowel

Array = npt.NDArray[np.float64]


def tracked(clip: Clip) -> tuple[Clip, Array, npt.NDArray[np.bool_]]:
    """The clip at the tracker's level, its pitch and which frames are voiced."""
    even = loudness.at_level(clip, voicing.TARGET_DBFS)
    track = voicing.pitch_track(even)
    return even, track.f0_hz, track.confidence >= 0.5


def cents(found: Array, true: Array | float) -> Array:
    return np.asarray(1200 * np.log2(found / true))


@pytest.mark.parametrize("hz", [60.0, 82.0, 110.0, 155.0, 220.0, 330.0, 390.0, 440.0, 520.0, 600.0, 680.0])
def test_a_steady_voice_is_measured_to_the_cent_wherever_it_lies_between_two_steps(hz: float) -> None:
    even, f0, voiced = tracked(vowel(hz, 1.5))
    assert abs(np.median(cents(refined(even, f0, voiced)[voiced], hz))) < 1  # the tracker alone: up to 7


@pytest.mark.parametrize(("hz", "depth_st", "rate_hz"), [(110, 2, 1.5), (210, 3, 1.5), (210, 3, 3), (400, 3, 2)])
def test_a_voice_that_moves_is_followed_more_closely(hz: float, depth_st: float, rate_hz: float) -> None:
    t = np.arange(3 * RATE_HZ) / RATE_HZ
    moving = hz * 2.0 ** (depth_st * np.sin(2 * np.pi * rate_hz * t) / 12)
    phase = 2 * np.pi * np.cumsum(moving) / RATE_HZ
    clip = np.sum([np.cos(n * phase) / n for n in range(1, 11)], axis=0).astype(np.float32)
    even, f0, voiced = tracked(clip)
    true = moving[np.arange(len(f0)) * voicing.HOP]
    before = np.abs(cents(f0, true)[voiced]).mean()
    assert np.abs(cents(refined(even, f0, voiced), true)[voiced]).mean() < before


def test_noise_at_15_db_does_not_lead_it_astray() -> None:
    even, f0, voiced = tracked(vowel(150, 2.0) + noise(2.0, -23.0 - 15.0))
    assert abs(np.median(cents(refined(even, f0, voiced)[voiced], 150.0))) < 2


def test_octaves_silence_and_unvoiced_frames_stay_as_the_tracker_had_them() -> None:
    even, f0, voiced = tracked(joined(vowel(200, 1.0), silence(1.0)))
    assert np.array_equal(refined(even, f0, np.zeros_like(voiced)), f0)
    assert np.abs(cents(refined(even, f0 / 2, voiced), f0 / 2)).max() <= MOST_CENTS
    assert len(refined(silence(0.0), np.zeros(0), np.zeros(0, np.bool_))) == 0


def test_a_part_of_the_clip_gives_what_the_whole_gives() -> None:
    even, f0, voiced = tracked(vowel(130, 2.0))
    from_frame = 40
    whole = refined(even, f0, voiced)[from_frame + 2 : -2]  # the window reaches 1.5 frames to each side
    part = refined(even[from_frame * voicing.HOP :], f0[from_frame:], voiced[from_frame:])[2:-2]
    assert np.array_equal(whole, part)


@pytest.mark.speech
@pytest.mark.parametrize("shift_st", [-8.0, 0.0, 4.0, 8.0])
def test_speech_of_known_pitch_is_followed_more_closely_and_its_median_lies_nearer(shift_st: float) -> None:
    clip, at_s, true_hz = spoken_by_world(shift_st)
    even, f0, voiced = tracked(clip)
    true = np.interp(np.arange(len(f0)) * voicing.HOP_S, at_s, true_hz, left=0.0, right=0.0)
    seen = voiced & (true > 0)
    seen &= np.abs(cents(f0, np.where(seen, true, f0))) < 200  # octaves are not what is mended here
    after = refined(even, f0, voiced)
    assert np.abs(cents(after, np.maximum(true, 1))[seen]).mean() < np.abs(cents(f0, np.maximum(true, 1))[seen]).mean()
    assert abs(cents(np.median(after[seen]), np.median(true[seen]))) < 10  # 0.1 st


def spoken_by_world(shift_st: float) -> tuple[Clip, Array, Array]:
    """Speech whose pitch was given to WORLD: the sound, the times of its frames, and F0 at each (0: not judged)."""
    import pyworld
    from scipy.ndimage import binary_erosion, gaussian_filter1d

    from trainer import library, tts
    from trainer.records import Delivery
    from trainer.tts import render

    text = "I am so sorry that this happened. I will look into it at once, and call you back before five."
    sound = loudness.at_level(tts.speak(library.voices()["heart"], text, Delivery()).astype(np.float64), -23.0)
    at_s = np.arange(int(len(sound) / RATE_HZ / render.FRAME_S) + 1) * render.FRAME_S
    f0 = render._pitch(sound, at_s)
    spectra, aperiodic = (look(sound, f0, at_s, RATE_HZ) for look in (pyworld.cheaptrick, pyworld.d4c))
    voiced = f0 > 0
    smooth = gaussian_filter1d(np.interp(at_s, at_s[voiced], np.log(f0[voiced])), 3)  # no steps of a tracker in it
    given = np.where(voiced, np.exp(smooth) * 2 ** (shift_st / 12), 0.0)
    made = pyworld.synthesize(given, spectra, aperiodic, RATE_HZ, render.FRAME_S * 1000)
    return made.astype(np.float32), at_s, np.where(binary_erosion(voiced, iterations=3), given, 0.0)
