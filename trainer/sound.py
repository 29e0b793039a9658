"""The one door for audio: recordings in, clips out; clips in, files out.

A recording is decoded in blocks by FFmpeg's demuxer for its kind (told by its first bytes, never guessed by
FFmpeg, whose playlists and concatenations could open other files), counted while it is decoded, and resampled with
a proper low-pass (soxr, HQ). The caps: 8 to 192 kHz, one or two channels, and as many seconds as the caller says.
"""

import os
import stat
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.errors import BadSound
from trainer.records import RATE_HZ, Clip
from trainer.words import say

ANSWER_LONGEST_S = 15 * 60.0
RECORDING_LONGEST_S = 2 * 3600.0
LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 8_000, 192_000
MOST_CHANNELS = 2
LARGEST_FILE_BYTES = 4 * 2**30
LOUDEST = 32.0
"""Float files may go over full scale; thirty times full scale is no sound but a broken file."""

_HEAD_BYTES = 64
_KINDS = ("WAV", "FLAC", "Ogg", "MP3", "M4A", "WebM")

Pcm = npt.NDArray[np.int16]


def read(path: Path, longest_s: float) -> Clip:
    """The recording as a clip: mono, 16 kHz, stereo averaged. Raises BadSound, with what would work.

    A file that breaks off in the middle gives what could be read of it.
    """
    return np.concatenate(list(blocks(path, longest_s)))


def blocks(path: Path, longest_s: float) -> Iterator[Clip]:
    """The same block by block, as it is decoded, for a recording that is too long to be held whole."""
    name = os.fsencode(path).decode("utf-8", "replace")
    kind = _kind(path, name)
    empty = True
    try:
        for block in _resampled(_decoded(path, kind, name, longest_s), name):
            if len(block):
                empty = False
                yield block
    except OSError as problem:
        raise BadSound(say("sound.unreadable", file=name, problem=_short(problem))) from problem
    if empty:
        raise BadSound(say("sound.empty", file=name))


def resample(samples: npt.NDArray[np.float32], from_hz: int, to_hz: int = RATE_HZ) -> Clip:
    """``samples`` at another rate, with a low-pass below the lower of the two (soxr, HQ)."""
    import soxr

    if from_hz == to_hz:
        return np.asarray(samples, np.float32)
    return np.asarray(soxr.resample(samples, from_hz, to_hz), np.float32)


def to_pcm(clip: Clip) -> Pcm:
    """PCM16 of a clip; what is over full scale is clipped."""
    return np.asarray(np.clip(np.rint(clip * 32768.0), -32768, 32767), np.int16)


def from_pcm(pcm: Pcm) -> Clip:
    """The clip that PCM16 stands for; ``to_pcm`` gives back the same samples."""
    return pcm.astype(np.float32) / np.float32(32768.0)


def frames(path: Path) -> int:
    """How many samples a recording of our own has."""
    import soundfile

    return int(soundfile.info(path).frames)


def pcm_blocks(path: Path, first: int, size: int) -> Iterator[Pcm]:
    """The samples of a recording of our own from ``first`` on, in blocks of ``size``; the last may be shorter."""
    import soundfile

    with soundfile.SoundFile(path) as file:
        file.seek(first)
        while len(block := file.read(size, dtype="int16")):
            yield block


def wav_header(samples: int, channels: int) -> bytes:
    """What stands before ``samples`` of PCM16 at 16 kHz in a WAV file (RIFF, 44 bytes)."""
    size, frame = samples * channels * 2, channels * 2
    kind = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, RATE_HZ, RATE_HZ * frame, frame, 16)
    return struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE") + kind + struct.pack("<4sI", b"data", size)


def write_flac(path: Path, clip: Clip) -> None:
    """Write a clip as FLAC of 16 bits, whole or not at all."""
    _write(path, clip, "FLAC")


def write_wav(path: Path, clip: Clip) -> None:
    """Write a clip as WAV of 16 bits, whole or not at all."""
    _write(path, clip, "WAV")


def _write(path: Path, clip: Clip, kind: str) -> None:
    import soundfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    os.close(handle)
    try:
        soundfile.write(name, to_pcm(clip), RATE_HZ, format=kind, subtype="PCM_16")
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _kind(path: Path, name: str) -> str:
    """The demuxer for a file, by its first bytes."""
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise BadSound(say("sound.not_a_file", file=name))
        if info.st_size > LARGEST_FILE_BYTES:
            raise BadSound(say("sound.too_large", file=name))
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except (OSError, ValueError) as problem:
        raise BadSound(say("sound.unreadable", file=name, problem=_short(problem))) from problem
    if not head:
        raise BadSound(say("sound.empty", file=name))
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] == b"ftyp":
        return "mp4"
    for magic, kind in ((b"fLaC", "flac"), (b"OggS", "ogg"), (b"\x1a\x45\xdf\xa3", "matroska"), (b"ID3", "mp3")):
        if head.startswith(magic):
            return kind
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 in (0xE2,):
        return "mp3"
    raise BadSound(say("sound.unknown_kind", file=name, kinds=", ".join(_KINDS)))


def _decoded(path: Path, kind: str, name: str, longest_s: float) -> Iterator[tuple[int, npt.NDArray[np.float32]]]:
    """Blocks of mono sound with their rate, as they are decoded; stops where a broken file breaks off."""
    import av

    got = 0
    try:
        with path.open("rb") as file, av.open(file, "r", format=kind, metadata_errors="replace") as container:
            stream = _stream(container, name, longest_s)
            for frame in container.decode(stream):
                block = _mono(frame, name)
                got += len(block)
                if got > longest_s * frame.sample_rate:
                    raise BadSound(say("sound.too_long", file=name, minutes=f"{longest_s / 60:.0f}"))
                yield frame.sample_rate, block
    except (av.error.FFmpegError, ValueError, EOFError) as problem:
        if got == 0:
            raise BadSound(say("sound.undecodable", file=name, problem=_short(problem))) from problem


def _stream(container: Any, name: str, longest_s: float) -> Any:
    """The one sound stream, after its header has been held against the caps."""
    if not container.streams.audio:
        raise BadSound(say("sound.no_sound", file=name))
    stream = container.streams.audio[0]
    if stream.codec_context is None:
        raise BadSound(say("sound.undecodable", file=name, problem="no decoder for it"))
    rate, channels = stream.codec_context.sample_rate or 0, stream.codec_context.channels or 0
    if not LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ:
        raise BadSound(say("sound.bad_rate", file=name, rate=rate))
    if channels == 0:  # also what FFmpeg says of more than it can count
        raise BadSound(say("sound.no_channels", file=name))
    if channels > MOST_CHANNELS:
        raise BadSound(say("sound.bad_channels", file=name, channels=channels))
    if stream.duration and stream.time_base and stream.duration * stream.time_base > longest_s * 1.01 + 1:
        raise BadSound(say("sound.too_long", file=name, minutes=f"{longest_s / 60:.0f}"))
    return stream


def _mono(frame: Any, name: str) -> npt.NDArray[np.float32]:
    """One decoded frame as mono float32; the rate and the channels may not change on the way."""
    if not LOWEST_RATE_HZ <= frame.sample_rate <= HIGHEST_RATE_HZ:
        raise BadSound(say("sound.bad_rate", file=name, rate=frame.sample_rate))
    channels = len(frame.layout.channels)
    if not 1 <= channels <= MOST_CHANNELS:
        raise BadSound(say("sound.bad_channels", file=name, channels=channels))
    samples = frame.to_ndarray()
    scaled = _full_scale(samples)
    planes = scaled if frame.format.is_planar else scaled.reshape(-1, channels).T
    block = np.asarray(planes.mean(axis=0), np.float32)
    if not np.isfinite(block).all() or (block.size and float(np.abs(block).max()) > LOUDEST):
        raise BadSound(say("sound.not_numbers", file=name))
    return block


def _full_scale(samples: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Samples of any format at full scale ±1."""
    if samples.dtype == np.uint8:
        return (samples.astype(np.float64) - 128.0) / 128.0
    if np.issubdtype(samples.dtype, np.integer):
        return samples.astype(np.float64) / float(-np.iinfo(samples.dtype).min)
    return samples.astype(np.float64)


def _resampled(blocks: Iterator[tuple[int, npt.NDArray[np.float32]]], name: str) -> Iterator[Clip]:
    """The blocks at 16 kHz, through one filter from the first to the last."""
    import soxr

    stream: Any = None
    first_hz = 0
    for rate_hz, block in blocks:
        if first_hz and rate_hz != first_hz:
            raise BadSound(say("sound.rate_changes", file=name))
        first_hz = rate_hz
        if rate_hz == RATE_HZ:
            yield block
            continue
        stream = stream or soxr.ResampleStream(rate_hz, RATE_HZ, 1, dtype="float32", quality="HQ")
        yield stream.resample_chunk(block)
    if stream is not None:
        yield stream.resample_chunk(np.zeros(0, np.float32), last=True)


def _short(problem: BaseException) -> str:
    """The first line of a foreign error."""
    text = getattr(problem, "strerror", None) or str(problem)
    return str(text).splitlines()[0] if str(text) else type(problem).__name__
