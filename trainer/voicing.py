"""Where a voice is heard: speech activity by Silero VAD v6, and fundamental frequency by SwiftF0.

The one home of both models. Everything stands on one grid of frames of 256 samples (16 ms), so that speech,
pitch, level and spectrum of a frame can be laid side by side.

Sources: Silero Team, "Silero VAD" (MIT); L. Nieradzik, "SwiftF0" (2025, MIT). Both are trained on speech of
ordinary loudness in ordinary rooms; a clip is brought to an active level of -23 dBFS first (``even``), which also
makes every result independent of the gain of the recording. And Silero is given a room: in a recording without any
noise, of a telephone or of processed sound, it takes a half of the speech for none; 20 dB under the speech, noise
cures that.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer import loudness, models
from trainer.records import RATE_HZ, Clip

HOP = 256
HOP_S = HOP / RATE_HZ
LOWEST_HZ = 50.0
HIGHEST_HZ = 1000.0
"""The ceiling stays high: one taken from a calm voice would cut a shout by an octave."""

TARGET_DBFS = -23.0
ROOM_DBFS = -43.0

_SILERO_WINDOW = 512
_SILERO_CONTEXT = 64

Frames = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PitchTrack:
    """Fundamental frequency in Hz and its confidence (0 … 1), one of each for every frame of 16 ms."""

    f0_hz: Frames
    confidence: Frames


def even(clip: Clip) -> Clip:
    """``clip`` at the level that both models are to hear it at."""
    return loudness.at_level(clip, TARGET_DBFS)


def frames_of(clip: Clip) -> int:
    """How many whole frames the clip has."""
    return len(clip) // HOP


@cache
def _swift() -> Any:
    from swift_f0 import SwiftF0

    models.file("swift-f0")  # verified before it is loaded
    return SwiftF0(threads=1, spin=False)


def pitch_track(clip: Clip) -> PitchTrack:
    """F0 of every frame of ``clip``, shape (frames,); a clip shorter than a frame gives empty arrays."""
    count = frames_of(clip)
    if count == 0:
        return PitchTrack(np.zeros(0), np.zeros(0))
    found = _swift().detect(clip, RATE_HZ, fmin=LOWEST_HZ, fmax=HIGHEST_HZ)
    return PitchTrack(np.asarray(found.pitch_hz[:count]), np.asarray(found.confidence[:count]))


@cache
def _silero() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(models.file("silero-vad")), options, providers=["CPUExecutionProvider"])


class SpeechDetector:
    """Speech probability of a stream, window by window of 512 samples, with the memory of what went before."""

    def __init__(self) -> None:
        self._hidden = np.zeros((1, 1, 128), np.float32)
        self._cell = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(_SILERO_CONTEXT, np.float32)
        self._rest = np.zeros(0, np.float32)

    def feed(self, clip: Clip) -> list[float]:
        """The probabilities of the windows that ``clip`` completes; what is left over waits for the next call."""
        sound = np.concatenate([self._rest, clip])
        count = len(sound) // _SILERO_WINDOW
        whole, self._rest = sound[: count * _SILERO_WINDOW], sound[count * _SILERO_WINDOW :]
        if count == 0:
            return []
        windows = whole.reshape(count, _SILERO_WINDOW)
        before = np.vstack([self._context, windows[:-1, -_SILERO_CONTEXT:]])
        self._context = windows[-1, -_SILERO_CONTEXT:]
        probabilities, self._hidden, self._cell = _silero().run(
            None, {"input": np.hstack([before, windows]), "h": self._hidden, "c": self._cell}
        )
        return [float(p) for p in np.ravel(probabilities)]


class SpeechTrack:
    """Probability of speech in every frame of an even sound that comes in pieces of whole windows, but for the last."""

    def __init__(self) -> None:
        self._detector = SpeechDetector()
        self._room = np.random.default_rng(0)  # the same noise each time: the same sound gives the same numbers

    def feed(self, chunk: Clip) -> Frames:
        """The probabilities of the frames of ``chunk``, shape (frames,)."""
        padded = np.pad(chunk, (0, -len(chunk) % _SILERO_WINDOW))
        room = self._room.standard_normal(len(padded), np.float32) * np.float32(10 ** (ROOM_DBFS / 20))
        windows = self._detector.feed(padded + room)
        return np.repeat(np.asarray(windows, dtype=np.float64), _SILERO_WINDOW // HOP)[: frames_of(chunk)]


def speech_probability(clip: Clip) -> Frames:
    """Probability of speech in every frame of an even ``clip``, shape (frames,)."""
    return SpeechTrack().feed(clip)
