"""Who speaks: recordings of people that Debian packages, and our own synthetic voices.

    people      the telephone prompts of asterisk-core-sounds-{en-g722,es-wav,fr-wav,it-wav,ru-wav} and of
                asterisk-prompt-{es-co,fr-armelle,it-menardi-wav}; the reader of pocketsphinx-testdata
    synthetic   heart, stand-in, and joe where the extra piper is installed

The recordings of people are a test set: nothing in the program is fitted to them. What is not installed is left out.
A speaker's utterances are brought to one gain, so that levels differ between them as they did in the recording.
"""

import random
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from trainer import library, loudness, sound, tts
from trainer.errors import TrainerError
from trainer.prosody import frames
from trainer.records import RATE_HZ, Clip, Delivery

SOUNDS = Path("/usr/share/asterisk/sounds")
READINGS = Path("/usr/share/pocketsphinx/test/data/librivox")
LEVEL_DBFS = -22.0
SHORTEST_S, LONGEST_S = 1.2, 9.0
LEAST_SPEECH_S = 0.6
SCENARIO = "late-delivery"
_NO_SPEECH = re.compile(r"beep|tone|monkey|silence|weasels$|screech")
_PEOPLE = {
    "allison-en": ("en_US_f_Allison", "g722", "en"),
    "carlo-it": ("it_IT_m_Carlo", "wav", "it"),
    "colombian-es": ("es", "gsm", "es"),
    "armelle-fr": ("fr", "gsm", "fr"),
    "ivrvoice-ru": ("ru_RU_f_IvrvoiceRU", "wav", "ru"),
    "allison-es": ("es_MX_f_Allison", "wav", "es"),
    "june-fr": ("fr_CA_f_June", "wav", "fr"),
    "menardi-it": ("it_IT_f_Menardi", "wav", "it"),
}
SYNTHETIC = ("heart", "stand-in", "joe")


@dataclass(frozen=True)
class Utterance:
    """One recording, its seconds of speech, and its text where it is known."""

    clip: Clip
    speech_s: float
    text: str = ""


@dataclass(frozen=True)
class Speaker:
    """One voice, by name, and the language that it speaks (ISO 639-1)."""

    name: str
    language: str

    @property
    def human(self) -> bool:
        return self.name not in SYNTHETIC

    def utterances(self, seed: int = 0) -> Iterator[Utterance]:
        """All that there is, in an order that depends on ``seed`` alone."""
        if not self.human:
            yield from (_spoken(self.name, text) for text in sentences())
            return
        names = list(_files(self.name))
        random.Random(seed).shuffle(names)
        for path in names:
            one = _utterance(self.name, path)
            if one.speech_s >= LEAST_SPEECH_S:
                yield one


def speakers(human: bool | None = None) -> list[Speaker]:
    """Everyone who is installed: people first."""
    people = [Speaker(name, found[2]) for name, found in _PEOPLE.items() if (SOUNDS / found[0]).is_dir()]
    if READINGS.is_dir():
        people.append(Speaker("reader-en", "en"))
    made = [Speaker(name, "en") for name in SYNTHETIC if _can_speak(name)]
    return people + made if human is None else people if human else made


def stretches(speaker: Speaker, speech_s: float, most: int) -> list[Clip]:
    """Up to ``most`` clips of at least so much speech; no utterance is in two of them."""
    found: list[Clip] = []
    parts: list[Clip] = []
    got_s = 0.0
    for one in speaker.utterances():
        parts.append(one.clip)
        got_s += one.speech_s
        if got_s >= speech_s:
            found.append(np.concatenate(parts))
            parts, got_s = [], 0.0
        if len(found) == most:
            break
    return found


def read(path: Path) -> Clip:
    """A recording of any kind that the packages hold, mono at 16 kHz."""
    import av

    with path.open("rb") as file, av.open(file, "r", format=path.suffix[1:]) as container:
        blocks = [(frame.sample_rate, frame.to_ndarray().reshape(-1)) for frame in container.decode(audio=0)]
    whole = np.concatenate([block for _, block in blocks]).astype(np.float32)
    if not np.issubdtype(blocks[0][1].dtype, np.floating):
        whole = whole / np.float32(32768.0)
    return sound.resample(whole - np.mean(whole), blocks[0][0])  # some prompts have an offset of 2 %


@cache
def _utterance(name: str, path: Path) -> Utterance:
    """Without speech where it is too short or too long to be one sentence."""
    clip = read(path) * _gain(name)
    fits = SHORTEST_S <= len(clip) / RATE_HZ <= LONGEST_S
    speech_s = frames.analyse(lambda: iter((clip,))).speech_s if fits else 0.0
    return Utterance(clip if speech_s else clip[:0], speech_s, _texts().get(path.stem, ""))


@cache
def _files(name: str) -> tuple[Path, ...]:
    if name == "reader-en":
        return tuple(sorted(READINGS.glob("*.wav")))
    folder, kind, _ = _PEOPLE[name]
    found = sorted((SOUNDS / folder).glob(f"*.{kind}"))
    return tuple(path for path in found if not _NO_SPEECH.search(path.stem))


@cache
def _gain(name: str) -> np.float32:
    """What brings the median level of some of the speaker's recordings to LEVEL_DBFS."""
    some = random.Random(1).sample(_files(name), min(30, len(_files(name))))
    levels = [found[0] for path in some if (found := loudness.active_level(read(path)))]
    return np.float32(10 ** ((LEVEL_DBFS - statistics.median(levels)) / 20))


@cache
def _texts() -> dict[str, str]:
    file = READINGS / "transcription"
    if not file.is_file():
        return {}
    lines = re.findall(r"<s> (.*?) </s> \((.*?)\)", file.read_text(encoding="utf-8"))
    return {name: text for text, name in lines}


def _can_speak(name: str) -> bool:
    try:
        tts.speak(library.voices()[name], "Hello.", Delivery())
    except TrainerError:
        return False
    return True


def sentences() -> list[str]:
    """What the synthetic voices say: the speeches of the stand-in trainee, each once."""
    who = library.stand_in(SCENARIO)
    texts = [who.spontaneous, who.reading, *(speech.text for speech in who.coming_down + who.stubborn)]
    return list(dict.fromkeys(texts))


@cache
def _spoken(name: str, text: str) -> Utterance:
    clip = tts.speak(library.voices()[name], text, Delivery(level_dbfs=LEVEL_DBFS))
    return Utterance(clip, frames.analyse(lambda: iter((clip,))).speech_s, text)
