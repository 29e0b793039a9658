"""From a neutral line to a delivery: height, range, tempo and formants by WORLD, then brightness and level.

WORLD: M. Morise, F. Yokomori, K. Ozawa, "WORLD: a vocoder-based high-quality speech synthesis system for real-time
applications", IEICE Trans. Inf. Syst. E99-D (2016), fed with the pitch of SwiftF0, because WORLD's own pitch may be
an octave off without a word suffering from it. It costs a little quality, so it is passed by where nothing moves.
Shelf: R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients" (W3C note 2021).
Level: active speech level by ITU-T P.56 (12/2011), method B, set after the filter and before the limiter.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer import voicing
from trainer.loudness import active_level, at_level
from trainer.records import RATE_HZ, Clip, Delivery, Voice

FRAME_S = 0.005
CEILING_DBFS = -1.0
SHELF_HZ = 1000.0
PAUSE_S = 0.15
"""A silence inside the line that is at least so long is a pause; a shorter one belongs to a consonant."""

STILL_A_PAUSE_S = 0.4
"""No pause is shorter in a delivery. From 0.25 s on a pause is none of the time of speech, and a loud, bright line
blurs its edges by 0.1 s: one that stood at that limit would be speech in the one delivery and a pause in the other."""

NEARLY_A_PAUSE_S = 0.2
"""From here on a silence stands at that limit; a shorter one is left as it is."""

VOICED_CONFIDENCE = 0.6
"""SwiftF0's gate: at 0.9 it finds hardly a frame of a voice at 89 Hz."""

_ANALYSIS_DBFS = -23.0
_SILENT_BELOW_ACTIVE_DB = 25.0
_LOWEST_HZ, _HIGHEST_HZ = 55.0, 900.0
_LOOKAHEAD_S = 0.0025

Array = npt.NDArray[np.float64]
Spectra = npt.NDArray[np.float32]
Kept = npt.NDArray[np.float16]
"""A quarter of the memory while a line waits for its delivery, and 0.07 dB away from the spectrum at most."""


@dataclass(frozen=True)
class Neutral:
    """A neutral line, and what WORLD found in it: all that does not depend on how it will be delivered.

    One of each a frame of 5 ms: ``f0_hz`` 0 where unvoiced · ``log_envelope`` (natural logarithm of the power), shape
    (frames, bins) · ``noise_db``, WORLD's aperiodicity at 3 kHz, from which it makes that of every bin at our sample
    rate · ``silent`` where there is no speech.
    """

    f0_hz: Array
    log_envelope: Kept
    noise_db: Array
    silent: npt.NDArray[np.bool_]

    @property
    def pauses(self) -> npt.NDArray[np.bool_]:
        """The silence inside the line: that before and after it is no pause."""
        speech = np.flatnonzero(~self.silent)
        inside = self.silent.copy()
        if len(speech):
            inside[: speech[0]] = inside[speech[-1] :] = False
        return inside


def analysed(clip: Clip) -> Neutral:
    """What the rendering of a neutral line begins with, and most of its work."""
    import pyworld

    samples = at_level(clip.astype(np.float64), _ANALYSIS_DBFS)
    count = int(len(samples) / RATE_HZ / FRAME_S) + 1
    at_s: Array = np.arange(count, dtype=np.float64) * FRAME_S
    f0_hz = _pitch(samples, at_s)
    envelope = np.log(np.maximum(pyworld.cheaptrick(samples, f0_hz, at_s, RATE_HZ), 1e-16)).astype(np.float16)
    noise = pyworld.d4c(samples, f0_hz, at_s, RATE_HZ)
    noise_db = pyworld.code_aperiodicity(noise, RATE_HZ)[:, 0]
    return Neutral(f0_hz, envelope, noise_db, _marked(_silences(samples, count), count))


def render(clip: Clip, voice: Voice, delivery: Delivery, known: Neutral | None = None) -> Clip:
    """The neutral ``clip`` of ``voice``, moved to the voice's own height and formants and to ``delivery``.

    ``known`` is what ``analysed`` gives for the same clip, where it was done before.
    """
    if clip.size == 0 or not np.any(clip):
        return clip
    return limited(at_level(moved(clip, voice, delivery, known), delivery.level_dbfs)).astype(np.float32)


def moved(
    clip: Clip, voice: Voice, delivery: Delivery, known: Neutral | None = None, emphasis: Array | None = None
) -> Array:
    """The same before it gets its level: the neutral clip was at -23 dBFS, and is moved from there.

    ``emphasis``: how much each frame of the neutral line is emphasised, 0 … 1.
    """
    if emphasis is None and still(voice, delivery):
        samples = at_level(clip.astype(np.float64), _ANALYSIS_DBFS)
    else:
        samples = _moved(known or analysed(clip), voice, delivery, emphasis)
    return _shelf(samples, delivery.shelf_db) if delivery.shelf_db else samples


def still(voice: Voice, delivery: Delivery) -> bool:
    """Whether nothing of a neutral line is moved."""
    same = (delivery.tempo, delivery.pauses, delivery.pitch_st, delivery.range) == (1.0, 1.0, 0.0, 1.0)
    return same and (voice.shift_st, voice.formants, voice.tempo, voice.range) == (0.0, 1.0, 1.0, 1.0)


# -- WORLD ----------------------------------------------------------------------------------------------------


def _moved(line: Neutral, voice: Voice, delivery: Delivery, emphasis: Array | None) -> Array:
    raised = np.zeros(len(line.f0_hz)) if emphasis is None else emphasis
    pauses = line.pauses
    source = _time_map(pauses, voice.tempo * delivery.tempo, delivery.pauses / voice.tempo)
    shift_st = voice.shift_st + delivery.pitch_st + delivery.emphasis_st * raised
    moved_hz = _moved_pitch(line.f0_hz, shift_st, voice.range * delivery.range)
    log_envelope = line.log_envelope.astype(np.float32)
    log_envelope += (np.log(10.0) / 10.0 * delivery.emphasis_db * raised)[:, None].astype(np.float32)
    envelope = np.exp(_along(_warped(log_envelope, voice.formants), source)).astype(np.float64)
    noise = np.clip(_along(_warped(_noise(line), voice.formants), source), 0.0, 1.0).astype(np.float64)
    silent = pauses[np.minimum(source.astype(int), len(pauses) - 1)]
    return _synthesised(_pitch_along(moved_hz, source), envelope, noise, _middle(silent))


def _noise(line: Neutral) -> Spectra:
    """The aperiodicity, shape (frames, bins)."""
    import pyworld

    size = 2 * (line.log_envelope.shape[1] - 1)
    return pyworld.decode_aperiodicity(line.noise_db[:, None].copy(), RATE_HZ, size).astype(np.float32)


def _synthesised(f0_hz: Array, envelope: Array, noise: Array, middle: int) -> Array:
    """The sound of the frames; those before and from ``middle`` on are made side by side, since somebody waits."""
    import pyworld

    def part(first: int, end: int) -> Array:
        rows = slice(first, end)  # of arrays that lie row after row, as WORLD wants them
        made: Array = pyworld.synthesize(f0_hz[rows], envelope[rows], noise[rows], RATE_HZ, FRAME_S * 1000.0)
        return made

    if not 0 < middle < len(f0_hz):
        return part(0, len(f0_hz))
    with ThreadPoolExecutor(1) as beside:
        second = beside.submit(part, middle, len(f0_hz))
        return np.concatenate([part(0, middle), second.result()])


def _middle(silent: npt.NDArray[np.bool_]) -> int:
    """The middle of the pause that is nearest to the middle of the line, 0 where it has none."""
    half = len(silent) / 2
    return min(((start + end) // 2 for start, end in _runs(silent)), key=lambda at: abs(at - half), default=0)


def _pitch(samples: Array, at_s: Array) -> Array:
    """F0 in Hz at each WORLD frame, 0 where unvoiced."""
    track = voicing.pitch_track(samples.astype(np.float32))
    voiced = track.confidence > VOICED_CONFIDENCE
    if not voiced.any():
        return np.zeros(len(at_s))
    frames_s = np.arange(len(voiced)) * voicing.HOP_S
    nearest = np.clip(np.round(at_s / voicing.HOP_S).astype(int), 0, len(voiced) - 1)
    log_hz = np.interp(at_s, frames_s[voiced], np.log(track.f0_hz[voiced]))
    return np.where(voiced[nearest], np.exp(log_hz), 0.0)


def _moved_pitch(f0_hz: Array, shift_st: Array, widened: float) -> Array:
    """F0 shifted, and its distance from the median (in semitones) multiplied by ``widened``."""
    voiced = f0_hz > 0
    if not voiced.any():
        return f0_hz
    median_hz = float(np.median(f0_hz[voiced]))
    away_st = 12.0 * np.log2(np.where(voiced, f0_hz, median_hz) / median_hz)
    moved_hz = median_hz * 2.0 ** ((away_st * widened + shift_st) / 12.0)
    return np.where(voiced, np.clip(moved_hz, _LOWEST_HZ, _HIGHEST_HZ), 0.0)


def _silences(samples: Array, count: int) -> list[tuple[int, int]]:
    """Stretches of WORLD frames, [from, to), that are 25 dB below the active level and last 0.15 s."""
    hop = int(FRAME_S * RATE_HZ)
    level = active_level(samples)
    quiet_below = 10.0 ** ((level[0] - _SILENT_BELOW_ACTIVE_DB) / 10.0) if level else np.inf
    padded = np.pad(np.square(samples), (hop, hop * (count + 2)))[: hop * (count + 2)]
    power = np.convolve(padded.reshape(-1, hop).mean(axis=1), np.ones(3) / 3, "same")[1 : count + 1]
    return [(start, end) for start, end in _runs(power < quiet_below) if (end - start) * FRAME_S >= PAUSE_S]


def _runs(marked: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches, [from, to), of frames that are marked."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _marked(stretches: list[tuple[int, int]], count: int) -> npt.NDArray[np.bool_]:
    marked = np.zeros(count, dtype=bool)
    for start, end in stretches:
        marked[start:end] = True
    return marked


def spoken_s(samples: Array) -> float:
    """How long the line is without its pauses and the silence before and after it."""
    count = int(len(samples) / RATE_HZ / FRAME_S)
    return (count - sum(end - start for start, end in _silences(samples, count))) * FRAME_S


def _time_map(pauses: npt.NDArray[np.bool_], tempo: float, longer: float) -> Array:
    """For every frame of the result, the (fractional) frame of the source that it comes from.

    ``tempo`` is that of the speech, ``longer`` the factor by which its pauses are stretched; one that is a pause to
    our measures stays one, or hurrying it would make the measured tempo slower.
    """
    lasts = np.full(len(pauses), 1.0 / tempo)
    for start, end in _runs(pauses):
        length_s = (end - start) * FRAME_S
        lasts[start:end] = max(longer, STILL_A_PAUSE_S / length_s) if length_s >= NEARLY_A_PAUSE_S else 1.0
    ends = np.concatenate([[0.0], np.cumsum(lasts[:-1])])
    source: Array = np.interp(np.arange(int(ends[-1]) + 1), ends, np.arange(len(pauses)))
    return source


def _along(frames: Spectra, source: Array) -> Spectra:
    """Rows of ``frames`` at fractional positions, between their neighbours."""
    below = np.minimum(source.astype(int), len(frames) - 1)
    above = np.minimum(below + 1, len(frames) - 1)
    share = (source - below)[:, None].astype(np.float32)
    return np.ascontiguousarray(frames[below] * (1.0 - share) + frames[above] * share)


def _pitch_along(f0_hz: Array, source: Array) -> Array:
    """F0 at fractional positions; where a neighbour is unvoiced, the nearer one decides."""
    below = np.minimum(source.astype(int), len(f0_hz) - 1)
    above = np.minimum(below + 1, len(f0_hz) - 1)
    share = source - below
    between = f0_hz[below] * (1.0 - share) + f0_hz[above] * share
    nearer = np.where(share < 0.5, f0_hz[below], f0_hz[above])
    found: Array = np.where((f0_hz[below] > 0) & (f0_hz[above] > 0), between, nearer)
    return found


def _warped(spectra: Spectra, formants: float) -> Spectra:
    """Spectra whose frequency axis is stretched: what was at f stands at f × ``formants``."""
    if formants == 1.0:
        return spectra
    last = spectra.shape[1] - 1
    position = np.minimum(np.arange(last + 1) / formants, last)
    below = np.minimum(position.astype(int), last - 1)
    share = (position - below).astype(np.float32)
    warped: Spectra = spectra[:, below] * (1.0 - share) + spectra[:, below + 1] * share
    return warped


# -- brightness and level -------------------------------------------------------------------------------------


def _shelf(samples: Array, gain_db: float) -> Array:
    """High shelf at 1 kHz, slope 1: ``gain_db`` above, 0 dB below."""
    from scipy.signal import lfilter

    gain = 10.0 ** (gain_db / 40.0)
    omega = 2.0 * np.pi * SHELF_HZ / RATE_HZ
    cosine, root = np.cos(omega), 2.0 * np.sqrt(gain) * np.sin(omega) / np.sqrt(2.0)
    up, down = gain + 1.0, gain - 1.0
    ahead = gain * np.array([up + down * cosine + root, -2.0 * (down + up * cosine), up + down * cosine - root])
    back = np.array([up - down * cosine + root, 2.0 * (down - up * cosine), up - down * cosine - root])
    return np.asarray(lfilter(ahead / back[0], back / back[0], samples))


def limited(samples: Array) -> Array:
    """The samples with no peak above -1 dBFS: the gain sinks 2.5 ms before a peak and rises as long after it."""
    from scipy.ndimage import minimum_filter1d

    ceiling = 10.0 ** (CEILING_DBFS / 20.0)
    size = np.abs(samples)
    if not np.any(size > ceiling):
        return samples
    needed = np.minimum(1.0, ceiling / np.maximum(size, ceiling))
    half = int(_LOOKAHEAD_S * RATE_HZ)
    window = np.hanning(2 * half + 3)[1:-1]
    # The minimum over the window's width, averaged over that width, is nowhere above what a peak needs.
    floor = np.pad(minimum_filter1d(needed, 2 * half + 1), half, mode="edge")
    return np.asarray(samples * np.convolve(floor, window / window.sum(), "valid"))
