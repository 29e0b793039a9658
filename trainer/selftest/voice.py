"""Pitch, level and effort: tones of known frequency and level, and speech moved by known amounts."""

import numpy as np

from trainer import signals, voicing
from trainer.loudness import CLIPPED, Loudness, loudness
from trainer.prosody import effort, pitch, refine
from trainer.prosody.frames import VOICED, Analysed
from trainer.records import RATE_HZ, Clip, Delivery
from trainer.selftest.spoken import Check, Found, Spoken, gained, recorded, seen_in, worst

TONES_HZ = (60.0, 82.0, 110.0, 155.0, 220.0, 330.0, 440.0, 600.0)
SHIFTS_ST = (-4.0, 4.0)
TONES_DBFS = (-10.0, -23.0, -36.0, -50.0)
_CREST_DB = 10.0 * np.log10(2.0)
"""The peak of a sine over its root mean square."""
_HARDLY_ST = 1e-6
"""Nothing moves, and yet WORLD makes the sound anew, as it does for every other shift."""


def tones(_: Spoken) -> Found:
    """Voice-like tones at the tracker alone: no speech detector takes a tone for speech, nor should it."""
    yield "pitch_tone", worst(100.0 * pitch.semitones(tracked_hz(signals.vowel(hz, 1.0)), hz) for hz in TONES_HZ)


def tracked_hz(clip: Clip) -> float:
    """The median pitch of a tone; 1 Hz, which no gate lets pass, where none is found."""
    even = voicing.even(recorded(clip))
    track = voicing.pitch_track(even)
    voiced = track.confidence >= VOICED
    return float(np.median(refine.refined(even, track.f0_hz, voiced)[voiced])) if voiced.any() else 1.0


def shifts(spoken: Spoken) -> Found:
    """Speech moved by known intervals, wholly by WORLD: frame by frame, and in the medians that are reported."""
    still = seen_in(spoken.moved(Delivery(pitch_st=_HARDLY_ST)))
    moved = {shift: seen_in(spoken.moved(Delivery(pitch_st=shift))) for shift in SHIFTS_ST}
    yield "pitch_shift", worst(_between_st(still, seen) - shift for shift, seen in moved.items())
    yield "pitch_median", worst(pitch.semitones(_hz(seen), _hz(still)) - shift for shift, seen in moved.items())
    wide = pitch.median_and_span(seen_in(spoken.moved(Delivery(range=1.5))))
    normal = pitch.median_and_span(still)
    yield "pitch_span", 100.0 * (wide[1] / normal[1] / 1.5 - 1.0) if wide and normal else 100.0
    yield "second_tracker", worst(pitch.disagreement_st(seen) or 0.0 for seen in (spoken.seen, *moved.values()))


def _hz(seen: Analysed) -> float:
    found = pitch.median_and_span(seen)
    return found[0] if found else 1.0


def _between_st(before: Analysed, after: Analysed) -> float:
    """The median interval of the frames that have a pitch in both."""
    count = min(len(before.voiced), len(after.voiced))
    both = before.voiced[:count] & after.voiced[:count]
    return float(np.median(12.0 * np.log2(after.f0_hz[:count][both] / before.f0_hz[:count][both])))


def levels(spoken: Spoken) -> Found:
    """Level, loudness, activity, peak and clipping of sounds that are known to the sample."""
    heard_at = {dbfs: _levels(signals.tone(1000.0, 3.0, dbfs)) for dbfs in TONES_DBFS}
    yield "level_tone", worst(_or_none(heard.active_dbfs) - dbfs for dbfs, heard in heard_at.items())
    yield "level_loudness", worst(_or_none(heard.lufs) - dbfs for dbfs, heard in heard_at.items())
    yield "level_peak", worst(heard.peak_dbfs - dbfs - _CREST_DB for dbfs, heard in heard_at.items())
    soft, loud = _levels(gained(spoken.clip, -12.0)), _levels(spoken.clip)
    yield "level_gain", _or_none(soft.active_dbfs) - _or_none(loud.active_dbfs) + 12.0
    burst, gap = signals.tone(1000.0, 4.0, -23.0), signals.silence(4.0)
    active = _levels(signals.joined(burst, gap, burst, gap)).activity
    yield "level_activity", 100.0 * (active - (8.0 + 2 * 0.2) / 16.0)  # 0.2 s of hangover after each burst
    driven = np.clip(signals.tone(97.0, 2.0, 0.0), -1.0, 1.0)  # a sine whose peaks would stand 3 dB above full scale
    share = 1.0 - 2.0 / np.pi * np.arcsin(CLIPPED / np.sqrt(2.0))
    yield "clipped_share", 100.0 * (_levels(driven).clipped_fraction - share)


def _levels(clip: Clip) -> Loudness:
    return loudness(iter((recorded(clip),)))


def _or_none(dbfs: float | None) -> float:
    return -200.0 if dbfs is None else dbfs


def efforts(spoken: Spoken) -> Found:
    """Effort follows neither the gain nor the noise, but the upper band."""
    yield "effort_gain", _alpha_db(gained(spoken.clip, -12.0)) - _alpha_db(spoken.clip)
    yield "effort_noise", _alpha_db(spoken.in_noise(20.0)) - _alpha_db(spoken.clip)
    yield "effort_shelf", _alpha_db(_brighter(spoken.clip, 6.0)) - _alpha_db(spoken.clip) - 6.0


def _alpha_db(clip: Clip) -> float:
    return effort.alpha_ratio_db(seen_in(recorded(clip))) or 0.0


def _brighter(clip: Clip, gain_db: float) -> Clip:
    """The clip with all that lies in the upper band of the alpha ratio raised."""
    above = np.fft.rfftfreq(len(clip), 1 / RATE_HZ) >= effort.HIGH_HZ[0]
    spectrum = np.fft.rfft(clip) * np.where(above, 10.0 ** (gain_db / 20.0), 1.0)
    return np.asarray(np.fft.irfft(spectrum, len(clip)), np.float32)


CHECKS: tuple[Check, ...] = (tones, shifts, levels, efforts)
