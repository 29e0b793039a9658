"""Speaking: a Protocol of one method, a short lazy table of engines, and one way from a text to a line.

``spoken`` lets the voice's engine say each part of the text neutrally, moves the sound to the voice's own height and
to the delivery (``render.py``), keeps the result by content (``cache.py``) and puts the parts in a row (``line.py``):
the same call gives the same samples.
"""

import functools
import logging
import threading
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from trainer import sound
from trainer.errors import BadInput, NotFound, WrongCall
from trainer.lines import Marked, Part, parse
from trainer.records import Clip, Curve, Delivery, Mark, Voice
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


def installed(name: str) -> bool:
    """Whether the engine of that name is here; tells without loading it. Those that are ours always are."""
    from importlib.util import find_spec

    return name != "piper" or find_spec("piper") is not None


def delivery(anger: float, voice: Voice | None = None) -> Delivery:
    """How a customer of that anger (0 calm … 1 shouting) delivers a line, by the curve of ``voice`` where it has one.

    Everything rises with anger; above 0.9, rage goes as far as the words survive (``manner.yaml``). Raises WrongCall
    outside 0 … 1.
    """
    from trainer.tts import manner

    if not 0.0 <= anger <= 1.0:
        raise WrongCall(say("tts.anger_out_of_range", anger=anger))
    return manner.delivery(anger, voice.curve if voice else Curve())


@dataclass(frozen=True)
class Spoken:
    """The sound of a line and the pauses that its marks ask for, in seconds of the sound."""

    clip: Clip
    marks: tuple[Mark, ...]


def speak(voice: Voice, text: str, delivery: Delivery) -> Clip:
    """The text said by the voice in that delivery; the same samples every time.

    Raises BadInput for a text that cannot be said, BadContent for a mark in it that is not known, NoEngine and
    NoModel when the voice's engine is not to be had.
    """
    return spoken(voice, text, delivery).clip


def spoken(voice: Voice, text: str, delivery: Delivery) -> Spoken:
    """The sound of ``speak``, and where its marks are. Raises what ``speak`` raises."""
    from trainer.tts import line

    marked = _marked(text)
    ready = _ready.get(_key(voice, marked), {})
    pieces = [
        _rendered(voice, one, delivery, ready.get(one)) if isinstance(one, Part) else one for one in marked.pieces
    ]
    clip, marks = line.whole(pieces, delivery)
    return Spoken(sound.from_pcm(sound.to_pcm(clip)), marks)


def louder(clip: Clip, by_db: float) -> Clip:
    """A line that is raised, as somebody raises their voice; no peak of it lies above -1 dBFS."""
    import numpy as np

    from trainer.tts import render

    return np.asarray(render.limited(clip.astype(np.float64) * 10.0 ** (by_db / 20.0)), np.float32)


@dataclass(frozen=True)
class _Ready:
    """The neutral sound of a part, and its analysis."""

    take: Clip
    neutral: "render.Neutral"


_ready: OrderedDict[str, dict[Part, _Ready]] = OrderedDict()
_calls = 0
_one_at_a_time = threading.Lock()
MOST_READY = 6
"""Lines of some 2 MB each, for each call that goes on. In 2400 turns of calls on paper the next line was among the
first five that may come in 95 of 100; the first place is for the outburst of one who is cut off."""
_HEADROOM = 0.1
"""Parts are kept so much softer than they are made, so that no peak is cut before the line has its level."""


def prepare(voice: Voice, text: str) -> None:
    """Do now what ``speak`` would do first for this text in any delivery. Safe in threads."""
    marked = _marked(text)
    key = _key(voice, marked)
    if key in _ready:
        return
    made = {part: _analysed(voice, part) for part in marked.parts}
    with _one_at_a_time:
        _ready[key] = made
        while len(_ready) > MOST_READY * max(1, _calls):
            _ready.popitem(last=False)


def attend(calls: int) -> None:
    """So many calls begin, or end where negative: each has its own lines ready, and takes none from another."""
    global _calls
    with _one_at_a_time:
        _calls += calls


def _rendered(voice: Voice, part: Part, delivery: Delivery, ready: _Ready | None) -> "render.Array":
    """The sound of a part in a delivery, before the line has its level."""
    from trainer.tts import cache

    raised = part.emphasised if delivery.emphasis_st or delivery.emphasis_db else ()
    key = cache.key("part", voice, " ".join([part.text, *map(str, raised)]), delivery)
    kept = cache.get(key)
    if kept is None:
        made = _HEADROOM * _made(voice, replace(part, emphasised=raised), delivery, ready)
        kept = cache.put(key, made.astype(np.float32))
    return kept.astype(np.float64) / _HEADROOM


def _made(voice: Voice, part: Part, delivery: Delivery, ready: _Ready | None) -> "render.Array":
    from trainer.tts import placed, render

    if ready is None and not part.emphasised and render.still(voice, delivery):
        return render.moved(_take(voice, part.text), voice, delivery)
    ready = ready or _analysed(voice, part)
    words = part.text.split()
    emphasis = placed.weights(words, part.emphasised, voice.language, ready.neutral) if part.emphasised else None
    return render.moved(ready.take, voice, delivery, ready.neutral, emphasis)


def _analysed(voice: Voice, part: Part) -> _Ready:
    """The neutral sound and its analysis, kept for the next time that a customer of this voice says the same."""
    from trainer.tts import cache, render

    key = cache.key("analysis", voice, part.text)
    if kept := cache.get_arrays(key):
        return _Ready(sound.from_pcm(kept.pop("take")), render.Neutral(**kept))
    take = _take(voice, part.text)
    neutral = render.analysed(take)
    cache.put_arrays(key, {"take": sound.to_pcm(take), **vars(neutral)})
    return _Ready(take, neutral)


def _key(voice: Voice, marked: Marked) -> str:
    from trainer.tts import cache

    return cache.key("take", voice, "\n".join(part.text for part in marked.parts))


def _marked(text: str) -> Marked:
    """The pieces of a text that can be said, each without letters that cannot. Raises BadInput and BadContent."""
    marked = parse(_sayable(text))
    if any(not _has_words(part.text) for part in marked.parts) or not marked.parts:
        raise BadInput(say("tts.nothing_to_say", text=_short(text)))
    return marked


def _take(voice: Voice, words: str) -> Clip:
    """The neutral sound, in steps of PCM16; that of an engine which differs from call to call is kept, for its other
    deliveries."""
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
        return sound.from_pcm(sound.to_pcm(engine("system").synthesise(voice, words)))
    if clip.size == 0:
        raise BadInput(say("tts.nothing_to_say", text=_short(words)))
    return sound.from_pcm(sound.to_pcm(clip)) if speaker.repeatable else cache.put(key, clip)


def _sayable(text: str) -> str:
    """The text without control characters and doubled spaces. Raises BadInput when nothing in it can be said."""
    clean = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in text)
    clean = " ".join(clean.split())
    if not _has_words(clean):
        raise BadInput(say("tts.nothing_to_say", text=_short(clean)))
    if len(clean) > LONGEST_TEXT:
        raise BadInput(say("tts.too_long", found=len(clean), most=LONGEST_TEXT))
    return clean


def _has_words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def check_weights(voice: Voice, model: str) -> None:
    """Raise NotFound unless the voice's file lists the checksums of the model that we are going to load."""
    from trainer import models

    if voice.sha256 != models.sha256(model):
        raise NotFound(say("tts.other_weights", voice=voice.id, model=model))
