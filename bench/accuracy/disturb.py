"""What happens to a recording on its way: gain, telephone, codec, room, other voices, silence, other file formats.

Each disturbance takes a clip and a seed and is done to both sides of a pair, each on its own, with its own noise.
"""

import io
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

from bench.accuracy import corpus
from bench.accuracy.changes import as_written
from bench.accuracy.gaincontrol import controlled
from trainer import loudness, sound
from trainer.records import RATE_HZ, Clip
from trainer.tts import telephone

SNR_DB = 20.0
OPUS_BIT_PER_S = 24_000
ROOM_DBFS = -60.0
LEAD_S, TRAIL_S = 1.2, 1.7

Disturbance = Callable[[Clip, int], Clip]


def gain(db: float) -> Disturbance:
    return lambda clip, seed: as_written(clip * np.float32(10 ** (db / 20)))


def over_telephone(clip: Clip, seed: int) -> Clip:
    """As `trainer say --phone` has it: 8 kHz, 300 to 3400 Hz, µ-law."""
    return telephone.over(clip)


def opus(clip: Clip, seed: int) -> Clip:
    """Opus at 24 kbit/s, as a browser records."""
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=48_000)
        stream.bit_rate = OPUS_BIT_PER_S
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(sound.to_pcm(sound.resample(clip, RATE_HZ, 48_000))[None], "s16", "mono")
        frame.sample_rate = 48_000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return through_file(file.getvalue(), ".ogg")


def through_file(content: bytes, suffix: str) -> Clip:
    """What the program's own door makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"clip{suffix}"
        path.write_bytes(content)
        return sound.read(path, sound.RECORDING_LONGEST_S)


def written(rate_hz: int, channels: int) -> Disturbance:
    """As a WAV file of another rate, one or two channels, and back."""

    def through(clip: Clip, seed: int) -> Clip:
        import soundfile

        file = io.BytesIO()
        pcm = sound.to_pcm(sound.resample(clip, RATE_HZ, rate_hz))
        soundfile.write(file, np.repeat(pcm[:, None], channels, axis=1), rate_hz, format="WAV", subtype="PCM_16")
        return through_file(file.getvalue(), ".wav")

    return through


def pink(count: int, seed: int) -> Clip:
    """Noise of a room: 1/f from 50 Hz on, of power 1."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / RATE_HZ)
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(hz, 50.0)), count)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)), np.float32)


@cache
def _voices() -> tuple[Clip, ...]:
    """Six stretches of the others, each without its pauses being cut, at one level."""
    some = [corpus.stretches(speaker, 12.0, 1) for speaker in corpus.speakers()[:6]]
    return tuple(loudness.at_level(found[0], -20.0) for found in some if found)


def babble(count: int, seed: int) -> Clip:
    """Other people talking: five stretches from random places, of power 1."""
    chance = np.random.default_rng(seed)
    voices = _voices()
    rolled = [np.roll(voice, chance.integers(len(voice))) for voice in voices]
    some = [np.resize(rolled[i], count) for i in chance.permutation(len(voices))[:5]]
    mixed = np.sum(some, axis=0)
    return np.asarray(mixed / np.sqrt(np.mean(mixed**2)), np.float32)


def with_noise(noise: Callable[[int, int], Clip], snr_db: float = SNR_DB) -> Disturbance:
    """Noise so far under the active level of the clip."""

    def mixed(clip: Clip, seed: int) -> Clip:
        level = loudness.active_level(clip)
        dbfs = (level[0] if level else -60.0) - snr_db
        return np.asarray(clip + noise(len(clip), seed) * 10 ** (dbfs / 20), np.float32)

    return mixed


def room_tone(clip: Clip, seed: int) -> Clip:
    return np.asarray(clip + pink(len(clip), seed) * 10 ** (ROOM_DBFS / 20), np.float32)


def silence(clip: Clip, seed: int) -> Clip:
    """Digital silence before and after."""
    return np.pad(clip, (round(LEAD_S * RATE_HZ), round(TRAIL_S * RATE_HZ)))


def quiet_room(clip: Clip, seed: int) -> Clip:
    """The room before and after, and under the speech."""
    return room_tone(silence(clip, seed), seed)


def gain_control(clip: Clip, seed: int) -> Clip:
    """Automatic gain control in a quiet room."""
    return as_written(controlled(room_tone(clip, seed)))


def offset(clip: Clip, seed: int) -> Clip:
    """A direct current of 2 % of full scale, as cheap sound cards add."""
    return np.asarray(clip + np.float32(0.02), np.float32)


SAME: Disturbance = lambda clip, seed: clip  # noqa: E731

CONDITIONS: dict[str, Disturbance] = {
    "10 dB louder": gain(10.0),
    "10 dB softer": gain(-10.0),
    "telephone": over_telephone,
    "Opus 24 kbit/s": opus,
    "room noise 20 dB": with_noise(pink),
    "babble 20 dB": with_noise(babble),
    "silence around": silence,
    "room around": quiet_room,
    "44.1 kHz stereo": written(44_100, 2),
    "48 kHz mono": written(48_000, 1),
    "offset 2 %": offset,
    "gain control": gain_control,
}
