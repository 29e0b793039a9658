"""Recordings that nobody should hand over, and everybody will: each made as it is needed."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

Maker = Callable[[], bytes]


def wav(
    data: bytes,
    rate: int = 16000,
    channels: int = 1,
    bits: int = 16,
    kind: int = 1,
    data_length: int | None = None,
    extra: bytes = b"",
) -> bytes:
    """A WAV whose header says what it is told to say."""
    align = max(1, channels * bits // 8)
    form = struct.pack("<HHIIHH", kind, channels & 0xFFFF, rate, (rate * align) & 0xFFFFFFFF, align & 0xFFFF, bits)
    length = len(data) if data_length is None else data_length
    body = b"WAVE" + b"fmt " + struct.pack("<I", 16) + form + extra + b"data" + struct.pack("<I", length) + data
    return b"RIFF" + struct.pack("<I", min(len(body), 0xFFFFFFFF)) + body


def pcm(seconds: float = 1.0, rate: int = 16000, channels: int = 1) -> bytes:
    """A tone as PCM16."""
    t = np.arange(int(seconds * rate)) / rate
    tone = (8000 * np.sin(2 * np.pi * 300 * t)).astype("<i2")
    return np.repeat(tone, channels).tobytes()


def floats(value: float) -> bytes:
    """A second of a tone with one sample replaced by ``value``."""
    samples = (0.2 * np.sin(np.arange(16000) / 10)).astype("<f4")
    samples[8000] = value
    return samples.tobytes()


def written(kind: str, subtype: str | None = None, seconds: float = 1.0, rate: int = 16000) -> bytes:
    """A tone as libsndfile writes it."""
    file = io.BytesIO()
    t = np.arange(int(seconds * rate)) / rate
    soundfile.write(file, 0.2 * np.sin(2 * np.pi * 300 * t), rate, format=kind, subtype=subtype)
    return file.getvalue()


def flac_bomb() -> bytes:
    """Ten minutes of stereo silence at 48 kHz in a small FLAC."""
    file = io.BytesIO()
    soundfile.write(file, np.zeros((600 * 48000, 2), np.int16), 48000, format="FLAC", subtype="PCM_16")
    return file.getvalue()


def encoded(
    form: str,
    codec: str,
    seconds: float = 1.0,
    rate: int = 48000,
    audio: bool = True,
    options: dict[str, str] | None = None,
) -> bytes:
    """A tone, or only a picture, as FFmpeg writes it."""
    import av

    file = io.BytesIO()
    with av.open(file, "w", format=form, options=options or {}) as container:
        if not audio:
            video = container.add_stream("mpeg4", rate=10)
            video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
            for _ in range(5):
                picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
                container.mux(video.encode(picture))
            container.mux(video.encode(None))
            container.close()  # only then is the file whole
            return file.getvalue()
        stream = container.add_stream(codec, rate=rate, layout="mono")
        t = np.arange(int(seconds * rate)) / rate
        samples = (8000 * np.sin(2 * np.pi * 300 * t)).astype(np.int16)[None, :]
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=rate)
        for piece in resampler.resample(frame):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return file.getvalue()


def sound_and_picture(form: str, picture_codec: str, sound_codec: str) -> bytes:
    """A second of a tone with a moving picture beside it."""
    import av

    file = io.BytesIO()
    with av.open(file, "w", format=form) as container:
        video = container.add_stream(picture_codec, rate=10)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        audio = container.add_stream(sound_codec, rate=48000, layout="mono")
        for _ in range(5):
            picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            container.mux(video.encode(picture))
        frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm(rate=48000), "<i2")[None, :], format="s16", layout="mono")
        frame.sample_rate = 48000
        for piece in av.AudioResampler(format=audio.codec_context.format, layout="mono", rate=48000).resample(frame):
            container.mux(audio.encode(piece))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    return file.getvalue()


def killed_flac() -> bytes:
    """A FLAC whose writer was killed: it breaks off, and its head still says nothing of length and checksum."""
    whole = bytearray(written("FLAC", seconds=3.0)[:-400])
    whole[21] &= 0xF0  # the number of samples has 36 bits, then come 16 bytes of MD5
    whole[22:42] = bytes(20)
    return bytes(whole)


def opus_of(hours: float) -> bytes:
    """A small Ogg Opus that says on its last page that it ends after so many hours."""
    whole = bytearray(encoded("ogg", "libopus"))
    last = whole.rindex(b"OggS")
    whole[last + 6 : last + 14] = struct.pack("<q", int(hours * 3600 * 48000))
    whole[last + 22 : last + 26] = bytes(4)
    whole[last + 22 : last + 26] = struct.pack("<I", _ogg_checksum(bytes(whole[last:])))
    return bytes(whole)


def _ogg_checksum(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc


REFUSED: dict[str, Maker] = {
    "01 empty": lambda: b"",
    "02 RIFF only": lambda: b"RIFF",
    "03 truncated header": lambda: wav(pcm())[:30],
    "04 WAV of 40 bytes": lambda: wav(pcm())[:40],
    "05 HTML named .wav": lambda: b"<!doctype html><html><body>404</body></html>",
    "06 data length 0": lambda: wav(b""),
    "10 rate 0": lambda: wav(pcm(), rate=0),
    "11 rate 1 Hz": lambda: wav(pcm(), rate=1),
    "12 rate 4 294 967 295": lambda: wav(pcm(), rate=4_294_967_295),
    "14 rate 7 999": lambda: wav(pcm(), rate=7_999),
    "15 no channels": lambda: wav(pcm(), channels=0),
    "16 eight channels": lambda: wav(pcm(channels=8), channels=8),
    "17 65 535 channels": lambda: wav(pcm(), channels=65_535),
    "18 0 bits": lambda: wav(pcm(), bits=0),
    "20 float NaN": lambda: wav(floats(float("nan")), bits=32, kind=3),
    "21 float infinity": lambda: wav(floats(float("inf")), bits=32, kind=3),
    "22 float 1e30": lambda: wav(floats(1e30), bits=32, kind=3),
    "28 no frames": lambda: written("FLAC", seconds=0.0),
    "32 video without sound": lambda: encoded("matroska", "", audio=False),
    "33 MP4 without sound": lambda: encoded("mp4", "", audio=False),
    "31 Opus of eight hours": lambda: opus_of(8),
    "34 a LIST chunk of 2 GB": lambda: wav(pcm(), extra=b"LIST" + struct.pack("<I", 0x7FFFFFFF) + b"INFO"),
    "34 PDF and WAV in one": lambda: b"%PDF-1.4\n" + wav(pcm()),
    "34 m3u8 in RIFF": lambda: b"RIFF\0\0\0\0WAVE#EXTM3U\nfile:///etc/passwd\n",
    "34 m3u8 named .wav": lambda: b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
    "34 ffconcat named .wav": lambda: b"ffconcat version 1.0\nfile /etc/passwd\n",
}
READ: dict[str, Maker] = {
    "07 data length 0xFFFFFFFF": lambda: wav(pcm(), data_length=0xFFFFFFFF),
    "08 odd data length": lambda: wav(pcm() + b"\0"),
    "09 RF64": lambda: written("RF64"),
    "13 rate 192 000": lambda: wav(pcm(rate=192_000), rate=192_000),
    "19 24 bits": lambda: written("WAV", "PCM_24"),
    "23 denormals": lambda: wav(np.full(16000, 1e-40, "<f4").tobytes(), bits=32, kind=3),
    "24 60 s of zeros": lambda: wav(bytes(60 * 32000)),
    "25 full-scale square": lambda: wav(np.tile([32767, -32768], 8000).astype("<i2").tobytes()),
    "26 DC offset": lambda: wav(np.full(16000, 9000, "<i2").tobytes()),
    "27 one sample": lambda: wav(b"\x10\x10"),
    "29 a FLAC of ten minutes": flac_bomb,
    "30 a FLAC whose writer was killed": killed_flac,
    "32 chained Ogg": lambda: written("OGG", "VORBIS") * 2,
    "32 Ogg with a picture": lambda: sound_and_picture("ogg", "libvpx", "libopus"),
    "33 WebM without its duration": lambda: encoded("webm", "libopus", options={"live": "1"}),
    "33 MP4 with a picture": lambda: sound_and_picture("mp4", "mpeg4", "aac"),
    "34 WAV and ZIP in one": lambda: wav(pcm()) + b"PK\3\4" + bytes(500),
    "33 WebM": lambda: encoded("webm", "libopus"),
    "34 a flood of cue chunks": lambda: wav(pcm(), extra=(b"cue " + struct.pack("<I", 4) + bytes(4)) * 20_000),
    "Ogg Opus": lambda: encoded("ogg", "libopus"),
    "Ogg Vorbis": lambda: written("OGG", "VORBIS"),
    "MP3": lambda: written("MP3"),
    "M4A": lambda: encoded("mp4", "aac"),
}


def make(folder: Path, name: str, maker: Maker) -> Path:
    """The file on the disk."""
    path = folder / f"{name.replace(' ', '_').replace('/', '_')}.wav"
    path.write_bytes(maker())
    return path
