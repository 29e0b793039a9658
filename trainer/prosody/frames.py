"""What every measure needs to know of each frame of 16 ms, gathered while the sound goes by twice: once for its
level, and once, brought to -23 dBFS, for its frames. All that is kept are some twenty numbers a frame.

Frame i of the energy covers the samples from 256 i on; pitch and spectrum of frame i are those around sample 256 i,
as SwiftF0 has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer import voicing
from trainer.loudness import Loudness, loudness
from trainer.prosody import second_tracker, speech
from trainer.prosody.chunks import Piece, Source, cut, pieces
from trainer.prosody.refine import refined
from trainer.records import RATE_HZ, Clip, Span
from trainer.voicing import HOP

VOICED = 0.5
BANDS_HZ = (50.0, 80.0, 200.0, 400.0, 600.0, 850.0, 1000.0, 1150.0, 1500.0, 1950.0, 2500.0, 3300.0, 4000.0, 5000.0)
VOWELS_HZ = (300.0, 3300.0)
_WINDOW = 2 * HOP
STEP = HOP // 2
"""Vowels come and go faster than frames: their loudness is taken every 8 ms."""

Mask = npt.NDArray[np.bool_]
Frames = npt.NDArray[np.float64]
Bands = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Analysed:
    """The frames of a sound as if its active level were -23 dBFS.

    ``energy_db`` dBFS · ``probability`` of speech · ``f0_hz`` by SwiftF0 · ``yin_hz`` by YIN, NaN where it did not
    look · ``bands`` power between the edges BANDS_HZ, shape (frames, bands) · ``vowels`` power in VOWELS_HZ, shape
    (2 · frames,) · ``spans`` the stretches of speech between pauses of at least 0.25 s, in seconds.
    """

    loud: Loudness
    energy_db: Frames
    probability: Frames
    f0_hz: Frames
    yin_hz: Frames
    bands: Bands
    vowels: Frames
    spans: tuple[Span, ...]
    speech: Mask
    voiced: Mask

    @property
    def speech_s(self) -> float:
        """Speaking time without pauses, in seconds."""
        return sum(end - start for start, end in self.spans)

    @property
    def pauses(self) -> tuple[Span, ...]:
        """The pauses of at least 0.25 s between two stretches of speech."""
        return tuple((before[1], after[0]) for before, after in zip(self.spans, self.spans[1:], strict=False))

    def band(self, low_hz: float, high_hz: float) -> Frames:
        """Power of each frame between two of the edges in BANDS_HZ."""
        first, last = BANDS_HZ.index(low_hz), BANDS_HZ.index(high_hz)
        return np.asarray(self.bands[:, first:last].sum(axis=1, dtype=np.float64))


@dataclass(frozen=True)
class _Seen:
    """What one piece shows."""

    energy_db: Frames
    probability: Frames
    f0_hz: Frames
    confidence: Frames
    yin_hz: Frames
    bands: Bands
    vowels: Frames


def analyse(source: Source) -> Analysed:
    """Look at a sound, which ``source`` gives twice."""
    loud = loudness(cut(source))
    if loud.active_dbfs is None:
        return _joined(loud, [])
    gain = np.float32(10 ** ((voicing.TARGET_DBFS - loud.active_dbfs) / 20))
    return _joined(loud, list(_pieces_seen(source, gain)))


def _joined(loud: Loudness, seen: list[_Seen]) -> Analysed:
    def whole(name: str, *shape: int) -> npt.NDArray[np.float64]:
        parts = [getattr(one, name) for one in seen]
        return np.concatenate(parts) if parts else np.zeros((0, *shape))

    energy, probability = whole("energy_db"), whole("probability")
    f0, confidence = whole("f0_hz"), whole("confidence")
    bands = whole("bands", len(BANDS_HZ) - 1).astype(np.float32, copy=False)
    shouted = speech.shouted(f0, confidence, _overtones(bands))
    spans = speech.spans(energy, (probability >= speech.SPEECH) | shouted)
    spoken = speech.mask(spans, len(energy))
    return Analysed(
        loud=loud,
        energy_db=energy,
        probability=probability,
        f0_hz=f0,
        yin_hz=whole("yin_hz"),
        bands=bands,
        vowels=whole("vowels"),
        spans=spans,
        speech=spoken,
        voiced=spoken & (confidence >= VOICED),
    )


def _overtones(bands: Bands) -> Frames:
    """The share of each frame's power from 1150 Hz on."""
    high = bands[:, BANDS_HZ.index(1150.0) :].sum(axis=1, dtype=np.float64)
    return np.asarray(high / np.maximum(bands.sum(axis=1, dtype=np.float64), 1e-12))


def _pieces_seen(source: Source, gain: np.float32) -> Iterator[_Seen]:
    detector = voicing.SpeechTrack()
    for piece in pieces(source):
        yield _seen(Piece(piece.before * gain, piece.new * gain, piece.after * gain), detector)


def _seen(piece: Piece, detector: voicing.SpeechTrack) -> _Seen:
    whole, first, count = piece.whole, len(piece.before) // HOP, len(piece.new) // HOP
    new = slice(first, first + count)
    track = voicing.pitch_track(whole)
    f0 = refined(whole, track.f0_hz, track.confidence >= VOICED)[new]
    return _Seen(
        energy_db=energy_db(piece.new),
        probability=detector.feed(piece.new)[:count],
        f0_hz=f0,
        confidence=track.confidence[new],
        yin_hz=second_tracker.track(whole, np.flatnonzero(track.confidence >= VOICED), len(track.f0_hz))[new],
        bands=_bands(whole)[new],
        vowels=_vowels(whole)[2 * first : 2 * (first + count)],
    )


def energy_db(clip: Clip) -> Frames:
    """Mean power of each whole frame in dBFS, shape (frames,)."""
    count = voicing.frames_of(clip)
    blocks = clip[: count * HOP].astype(np.float64).reshape(count, HOP)
    return np.asarray(10.0 * np.log10(np.maximum(np.mean(blocks**2, axis=1), 1e-12)))


def _bands(clip: Clip) -> Bands:
    """Power in BANDS_HZ of a Hann window of 32 ms around the beginning of each frame, shape (frames, bands)."""
    count = voicing.frames_of(clip)
    padded = np.concatenate([np.zeros(HOP, np.float32), clip[: count * HOP]])
    if count == 0:
        return np.zeros((0, len(BANDS_HZ) - 1), np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::HOP]
    power = np.abs(np.fft.rfft(windows * np.hanning(_WINDOW).astype(np.float32), axis=1)) ** 2
    edges = np.searchsorted(np.fft.rfftfreq(_WINDOW, 1 / RATE_HZ), BANDS_HZ)
    return np.asarray(np.add.reduceat(power, edges, axis=1)[:, :-1], np.float32)


def _vowels(clip: Clip) -> Frames:
    """Power in VOWELS_HZ, once in 8 ms."""
    from scipy.signal import butter, sosfilt

    band = np.asarray(sosfilt(butter(2, VOWELS_HZ, "bandpass", fs=RATE_HZ, output="sos"), clip))
    count = 2 * voicing.frames_of(clip)
    return np.asarray(np.mean(band[: count * STEP].reshape(count, STEP) ** 2, axis=1))
