"""The speech that is measured, and how it is moved, cut and joined by known amounts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from trainer import library, signals, sound, tts
from trainer.asr import Recogniser
from trainer.loudness import at_level, db
from trainer.prosody import frames
from trainer.prosody.frames import Analysed
from trainer.records import RATE_HZ, Clip, Delivery, Transcript, Voice
from trainer.tts.render import render
from trainer.voicing import HOP

VOICE = "heart"
TEXT = (
    "Thank you for telling me. I can see your order here in front of me. The driver could not find the house on"
    " Tuesday, and nobody called you. I will ring them now."
)
SPEECH_DBFS = -26.0
ROOM_DBFS = -75.0

Found = Iterator[tuple[str, float]]
"""The names of figures, each with its error, signed."""


@dataclass(frozen=True)
class Spoken:
    """The sound of TEXT, what the program sees in it, its words, and who recognises others."""

    voice: Voice
    clip: Clip
    seen: Analysed
    words: Transcript
    recogniser: Recogniser

    def moved(self, delivery: Delivery) -> Clip:
        """The same speech in another delivery, at its own level, as a recording holds it."""
        return recorded(render(self.clip, self.voice, replace(delivery, level_dbfs=SPEECH_DBFS)))

    def with_pauses(self, added_s: list[float]) -> Clip:
        """The speech with each of its pauses longer by so much."""
        middles = [sum(pause) / 2 for pause in self.seen.pauses]
        rooms = [signals.noise(seconds, ROOM_DBFS, 1) for seconds in added_s]
        return put_in(self.clip, list(zip(middles, rooms, strict=True)))

    def in_noise(self, snr_db: float) -> Clip:
        """The speech with white noise so far under the mean power of its frames."""
        count = len(self.seen.speech)
        power = np.mean(np.square(self.clip[: count * HOP]).reshape(count, HOP), axis=1)
        speech_dbfs = db(float(np.mean(power[self.seen.speech])))
        return recorded(self.clip + signals.noise(len(self.clip) / RATE_HZ, speech_dbfs - snr_db, 2))


Check = Callable[[Spoken], Found]


def speech(recogniser: Recogniser) -> Spoken:
    """TEXT in our own voice, in a quiet room; made anew each time, so that nothing kept hides a fault."""
    voice = library.voices()[VOICE]
    line = tts.engine(voice.engine).synthesise(voice, TEXT)
    clip = recorded(at_level(line, SPEECH_DBFS) + signals.noise(len(line) / RATE_HZ, ROOM_DBFS)[: len(line)])
    return Spoken(voice, clip, seen_in(clip), recogniser.recognise(clip), recogniser)


def seen_in(clip: Clip) -> Analysed:
    """The frames of the clip, as of any recording."""
    return frames.analyse(lambda: iter((clip,)))


def recorded(clip: Clip) -> Clip:
    """The sound as 16-bit numbers keep it: what is measured is what was recorded."""
    return sound.from_pcm(sound.to_pcm(clip))


def gained(clip: Clip, gain_db: float) -> Clip:
    """The clip at another gain."""
    return clip * np.float32(10.0 ** (gain_db / 20.0))


def put_in(clip: Clip, parts: list[tuple[float, Clip]]) -> Clip:
    """The clip with each part put in at its second, in their order."""
    pieces = np.split(clip, [round(seconds * RATE_HZ) for seconds, _ in parts])
    put = [sound for (_, part), piece in zip(parts, pieces[1:], strict=True) for sound in (part, piece)]
    return recorded(signals.joined(pieces[0], *put))


def worst(errors: Iterable[float]) -> float:
    """The error that is farthest from none."""
    return max((float(error) for error in errors), key=abs)
