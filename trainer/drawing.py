"""What the replay of a call draws of both voices, computed once when the call ends and kept beside the attempt.

One number each for every frame of 256 samples (16 ms), the grid on which everything is measured:

peak    the largest sample, 0 … 32767
pitch   fundamental frequency of voiced frames, in hundredths of a semitone over 1 Hz
level   of speech, averaged over LEVEL_S, in hundredths of dBFS
tempo   syllable nuclei in a second of speech within TEMPO_S, in hundredths, brought to the tempo of the whole answer or
        line: nuclei are in proportion to syllables, they do not count them

``replay.bin`` is MAGIC, the number of frames as uint32, and the columns one after the other as int16, little-endian.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer import attempt, sound, voicing
from trainer.prosody import frames, nuclei
from trainer.records import RATE_HZ, Report, Span
from trainer.tracks import CUSTOMER, TRAINEE, Tracks
from trainer.voicing import HOP, HOP_S

FILE = "replay.bin"
MAGIC = b"rpl1"
COLUMNS = tuple(f"{who}_{what}" for what in ("peak", "pitch", "level", "tempo") for who in ("customer", "trainee"))
NOTHING = -32768
LEVEL_S = 0.4
TEMPO_S = 4.0
"""Our choice: a syllable or two, and a short sentence; less would show syllables instead of a course."""
LEAST_TEMPO_S = 1.0
"""Of speech in the window: less than about five syllables are no tempo."""
AROUND_S = 0.3

Column = npt.NDArray[np.int16]
Frames = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Stretch:
    """Where one of them speaks, and the tempo that was measured there, in syllables a second."""

    who: int
    span: Span
    tempo: float | None


def kept(folder: Path) -> Path | None:
    """Where the drawing of an attempt is; None where it has not been made, or by another version."""
    path = folder / FILE
    if not path.exists():
        return None
    with path.open("rb") as file:
        return path if file.read(len(MAGIC)) == MAGIC else None


def make(folder: Path, report: Report, told: Callable[[float], object] = lambda share: None) -> Path:
    """Compute and keep it; ``told`` is given the share that is done. About a twentieth of the time of the call."""
    tracks = Tracks(folder, report)
    count = -(-tracks.frames // HOP)
    columns = {name: np.full(count, NOTHING, np.int16) for name in COLUMNS}
    columns["customer_peak"], columns["trainee_peak"] = _peaks(tracks, count)
    stretches = list(_stretches(report))
    for number, stretch in enumerate(stretches):
        told(number / len(stretches))
        _draw(tracks, stretch, columns)
    body = b"".join(columns[name].astype("<i2").tobytes() for name in COLUMNS)
    attempt.write_bytes(folder / FILE, MAGIC + struct.pack("<I", count) + body)
    return folder / FILE


def read(path: Path) -> dict[str, Column]:
    """The columns by name, shape (frames,); NOTHING where there is nothing."""
    data = path.read_bytes()
    (count,) = struct.unpack_from("<I", data, len(MAGIC))
    rows = np.frombuffer(data, "<i2", offset=len(MAGIC) + 4).reshape(len(COLUMNS), count)
    return dict(zip(COLUMNS, rows, strict=True))


def _peaks(tracks: Tracks, count: int) -> tuple[Column, Column]:
    whole = np.zeros((count * HOP, 2), np.int16)
    at = 0
    for block in tracks.blocks():
        whole[at : at + len(block)] = block
        at += len(block)
    largest = np.abs(whole.reshape(count, HOP, 2).astype(np.int32)).max(axis=1).clip(0, 32767).astype(np.int16)
    return largest[:, CUSTOMER], largest[:, TRAINEE]


def _stretches(report: Report) -> Iterator[Stretch]:
    said = [line for turn in report.turns for line in (turn.line, *turn.reactions)]
    for line in [*said, *([report.closing] if report.closing else [])]:
        yield Stretch(CUSTOMER, (line.start_s, line.end_s), line.articulation_syllables_per_s)
    for turn in report.turns:
        answer = turn.answer
        if answer.speech_s:
            yield Stretch(TRAINEE, (answer.start_s, answer.end_s), answer.rate.articulation_syllables_per_s)


def _draw(tracks: Tracks, stretch: Stretch, columns: dict[str, Column]) -> None:
    """Measure a stretch, and lay its curves into the columns."""
    first = max(0, int((stretch.span[0] - AROUND_S) / HOP_S))
    clip = sound.from_pcm(tracks.part(first * HOP_S, stretch.span[1] + AROUND_S)[:, stretch.who])
    seen = frames.analyse(lambda: iter((clip,)))
    if seen.loud.active_dbfs is None:
        return
    name = ("customer", "trainee")[stretch.who]
    curves = {
        "pitch": np.where(seen.voiced, 12.0 * np.log2(np.maximum(seen.f0_hz, 1.0)), np.nan),
        "level": _level_db(seen) + seen.loud.active_dbfs - voicing.TARGET_DBFS,
        "tempo": _tempo(seen, stretch.tempo),
    }
    for what, values in curves.items():
        column = columns[f"{name}_{what}"][first : first + len(values)]
        known = np.isfinite(values[: len(column)])
        column[known] = np.rint(values[: len(column)][known] * 100.0).clip(-32767, 32767).astype(np.int16)


def _level_db(seen: frames.Analysed) -> Frames:
    """Mean power of the speech around each frame of speech, in dB."""
    power, count = _around(10.0 ** (seen.energy_db / 10.0) * seen.speech, LEVEL_S), _around(seen.speech, LEVEL_S)
    return np.where(seen.speech, 10.0 * np.log10(np.maximum(power, 1e-12) / np.maximum(count, 1e-12)), np.nan)


def _tempo(seen: frames.Analysed, measured: float | None) -> Frames:
    """The course of the tempo, of which the whole has the measured one; nothing where none was measured."""
    nothing = np.full(len(seen.speech), np.nan)
    found = nuclei.times_s(seen)
    if measured is None or not found:
        return nothing
    beats = np.bincount((np.array(found) * RATE_HZ / HOP).astype(int), minlength=len(nothing))[: len(nothing)]
    near, speech_s = _around(beats, TEMPO_S), _around(seen.speech, TEMPO_S) * HOP_S
    syllables = measured * seen.speech_s / len(found)
    sure = seen.speech & (speech_s >= min(LEAST_TEMPO_S, seen.speech_s))
    return np.where(sure, syllables * near / np.maximum(speech_s, HOP_S), nothing)


def _around(values: npt.NDArray[np.generic], window_s: float) -> Frames:
    """The sum of the values within a window around each."""
    reach = round(window_s / HOP_S / 2)
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    places = np.arange(len(values))
    return np.asarray(total[np.minimum(places + reach + 1, len(values))] - total[np.maximum(places - reach, 0)])
