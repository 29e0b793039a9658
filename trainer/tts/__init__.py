"""Speaking: a Protocol of one method, a short lazy table of engines, and one way from a text to a line.

``speak`` lets the voice's engine say the text neutrally, moves the sound to the voice's own height and to the
delivery (``render.py``) and keeps the result by content (``cache.py``): the same call gives the same samples.
"""

import functools
import logging
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from trainer.errors import BadInput, NotFound, WrongCall
from trainer.records import Clip, Delivery, Voice
from trainer.words import say

if TYPE_CHECKING:
    from trainer.tts import render

LONGEST_TEXT = 2000
"""Characters in one line: about two minutes of speech."""

_NAMES = ("hibari", "piper", "system", "scripted")
_log = logging.getLogger(__name__)


class Speaker(Protocol):
    """An engine that says a text in a voice, in its ordinary manner."""

    repeatable: bool
    """Whether it gives the same sound every time; the takes of one that does not are kept."""

    def synthesise(self, voice: Voice, text: str) -> Clip:
        """The text, spoken neutrally. Raises NoEngine when the engine is absent, hangs or dies."""
        ...


@functools.cache
def engine(name: str) -> Speaker:
    """The engine of that name: hibari, piper (extra), system, scripted. Raises WrongCall for another."""
    if name == "hibari":
        from trainer.tts.hibari import HibariSpeaker

        return HibariSpeaker()
    if name == "piper":
        from trainer.tts.piper import PiperSpeaker

        return PiperSpeaker()
    if name == "system":
        from trainer.tts.system import SystemSpeaker

        return SystemSpeaker()
    if name == "scripted":
        from trainer.tts.scripted import ScriptedSpeaker

        return ScriptedSpeaker()
    raise WrongCall(say("tts.no_engine_of_that_name", name=name, known=", ".join(_NAMES)))


def delivery(anger: float) -> Delivery:
    """How a customer of that anger (0 calm … 1 shouting) delivers a line.

    The curve that rose on every measure with two voices and lost no words: acted anger is hardly faster, but
    higher, wider, louder and brighter. Raises WrongCall outside 0 … 1.
    """
    if not 0.0 <= anger <= 1.0:
        raise WrongCall(say("tts.anger_out_of_range", anger=anger))
    return Delivery(
        tempo=1.0 + 0.10 * anger,
        pauses=1.0 - 0.5 * anger,
        pitch_st=4.0 * anger,
        range=1.0 + 0.5 * anger,
        level_dbfs=-29.0 + 9.0 * anger,
        shelf_db=9.0 * anger**0.7,
    )


def speak(voice: Voice, text: str, delivery: Delivery) -> Clip:
    """The text said by the voice in that delivery; the same samples every time.

    Raises BadInput for a text that cannot be said, NoEngine and NoModel when the voice's engine is not to be had.
    """
    from trainer.tts import cache, render

    words = _sayable(text)
    key = cache.key("line", voice, words, delivery)
    if (kept := cache.get(key)) is not None:
        return kept
    ready = _ready.get(cache.key("take", voice, words))
    if ready is not None:
        return cache.put(key, render.render(ready.take, voice, delivery, ready.neutral))
    return cache.put(key, render.render(_take(voice, words), voice, delivery))


def louder(clip: Clip, by_db: float) -> Clip:
    """A line that is raised, as somebody raises their voice; no peak of it lies above -1 dBFS."""
    import numpy as np

    from trainer.tts import render

    return np.asarray(render.limited(clip.astype(np.float64) * 10.0 ** (by_db / 20.0)), np.float32)


@dataclass(frozen=True)
class _Ready:
    """A neutral line and its analysis."""

    take: Clip
    neutral: "render.Neutral"


_ready: OrderedDict[str, _Ready] = OrderedDict()
MOST_READY = 6
"""Some 11 MB each."""


def prepare(voice: Voice, text: str) -> None:
    """Do now what ``speak`` would do first for this text in any delivery. Safe in one other thread."""
    from trainer.tts import cache, render

    words = _sayable(text)
    key = cache.key("take", voice, words)
    if key in _ready:
        return
    take = _take(voice, words)
    _ready[key] = _Ready(take, render.analysed(take))
    while len(_ready) > MOST_READY:
        _ready.popitem(last=False)


def _take(voice: Voice, words: str) -> Clip:
    """The neutral sound; that of an engine which differs from call to call is kept, for its other deliveries."""
    from trainer.models import Absent
    from trainer.tts import cache

    speaker = engine(voice.engine)
    key = cache.key("take", voice, words)
    if not speaker.repeatable and (kept := cache.get(key)) is not None:
        return kept
    try:
        clip = speaker.synthesise(voice, words)
    except Absent as problem:
        if voice.engine != "hibari":
            raise
        _log.warning(say("tts.fallback", problem=problem))
        return engine("system").synthesise(voice, words)
    if clip.size == 0:
        raise BadInput(say("tts.nothing_to_say", text=_short(words)))
    return clip if speaker.repeatable else cache.put(key, clip)


def _sayable(text: str) -> str:
    """The text without control characters and doubled spaces. Raises BadInput when nothing in it can be said."""
    clean = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in text)
    clean = " ".join(clean.split())
    if not any(letter.isalnum() for letter in clean):
        raise BadInput(say("tts.nothing_to_say", text=_short(clean)))
    if len(clean) > LONGEST_TEXT:
        raise BadInput(say("tts.too_long", found=len(clean), most=LONGEST_TEXT))
    return clean


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def check_weights(voice: Voice, model: str) -> None:
    """Raise NotFound unless the voice's file lists the checksums of the model that we are going to load."""
    from trainer import models

    if voice.sha256 != models.sha256(model):
        raise NotFound(say("tts.other_weights", voice=voice.id, model=model))
