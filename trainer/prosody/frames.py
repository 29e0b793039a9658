"""One pass over a clip: what every measure needs to know of each 16 ms frame.

Where speech begins and ends is told by its energy, whether it is speech at all by Silero: a run of loud frames, closed
over gaps under 0.25 s, is speech when Silero hears some in at least a fifth of it. Silero alone bridges pauses and
blurs their edges, energy alone takes a slammed door for speech. The energy limit lies 6 dB above the noise, but never
more than 25 dB below the loud frames (de Jong & Wempe, Behav. Res. Methods 41:385, 2009, use the same 25 dB) nor less
than 12 dB.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer import loudness, voicing
from trainer.records import Clip, Span

SHORTEST_PAUSE_S = 0.25
SHORTEST_SPEECH_S = 0.08
SPEECH = 0.3
SPEECH_SHARE = 0.2
VOICED = 0.5

Mask = npt.NDArray[np.bool_]
Frames = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Analysed:
    """A clip at -23 dBFS active level, and its frames of 16 ms: energy in dB, speech or not, F0, voiced or not.

    ``spans`` are the stretches of speech between pauses of at least 0.25 s, in seconds of the clip.
    """

    clip: Clip
    active_dbfs: float | None
    energy_db: Frames
    probability: Frames
    speech: Mask
    f0_hz: Frames
    voiced: Mask
    spans: tuple[Span, ...]

    @property
    def speech_s(self) -> float:
        """Speaking time without pauses, in seconds."""
        return sum(end - start for start, end in self.spans)

    @property
    def pauses(self) -> tuple[Span, ...]:
        """The pauses of at least 0.25 s between two stretches of speech."""
        return tuple((before[1], after[0]) for before, after in zip(self.spans, self.spans[1:], strict=False))


def analyse(clip: Clip) -> Analysed:
    """Look at every frame of ``clip`` once."""
    loud = loudness.active_level(clip)
    if loud is None or voicing.frames_of(clip) == 0:
        return _nothing(clip)
    even = np.asarray(clip * np.float32(10 ** ((voicing.TARGET_DBFS - loud[0]) / 20)), np.float32)
    energy = energy_db(even)
    probability = voicing.speech_probability(even)
    spans = _speech(energy, probability)
    speech = _mask(spans, len(energy))
    track = voicing.pitch_track(even)
    voiced = (track.confidence >= VOICED) & speech
    return Analysed(even, loud[0], energy, probability, speech, track.f0_hz, voiced, spans)


def energy_db(clip: Clip) -> Frames:
    """Mean power of each whole frame in dBFS, shape (frames,)."""
    count = voicing.frames_of(clip)
    blocks = clip[: count * voicing.HOP].astype(np.float64).reshape(count, voicing.HOP)
    return np.asarray(10.0 * np.log10(np.maximum(np.mean(blocks**2, axis=1), 1e-12)))


def _speech(energy: Frames, probability: Frames) -> tuple[Span, ...]:
    likely = probability >= SPEECH
    if not likely.any():
        return ()
    loud = float(np.percentile(energy[likely], 95))
    noise = float(np.percentile(energy, 5))
    limit = float(np.clip(noise + 6.0, loud - 25.0, loud - 12.0))
    return tuple(run for run in _runs(energy >= limit) if np.mean(likely[_frames(run)]) >= SPEECH_SHARE)


def _frames(span: Span) -> slice:
    return slice(round(span[0] / voicing.HOP_S), round(span[1] / voicing.HOP_S))


def _runs(loud: Mask) -> tuple[Span, ...]:
    """Runs of loud frames; gaps under 0.25 s are closed, then runs under 0.08 s dropped."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], loud.astype(np.int8), [0]])))
    joined: list[list[int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if joined and (start - joined[-1][1]) * voicing.HOP_S < SHORTEST_PAUSE_S:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    runs = ((start * voicing.HOP_S, end * voicing.HOP_S) for start, end in joined)
    return tuple(run for run in runs if run[1] - run[0] >= SHORTEST_SPEECH_S)


def _mask(spans: tuple[Span, ...], count: int) -> Mask:
    mask = np.zeros(count, np.bool_)
    for span in spans:
        mask[_frames(span)] = True
    return mask


def _nothing(clip: Clip) -> Analysed:
    count = voicing.frames_of(clip)
    none, never = np.zeros(count), np.zeros(count, np.bool_)
    return Analysed(clip, None, np.full(count, -120.0), none, never, none, never, ())
