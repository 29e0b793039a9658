"""Recognising speech: a Protocol of one method and a short lazy table of engines.

``engine("base", "en")`` gives the default, "tiny.en" the fast English one, "scripted" one for tests, and a path to
a folder any other faster-whisper model that the user owns.
"""

import logging
from pathlib import Path
from typing import Protocol

from trainer.errors import WrongCall
from trainer.records import Clip, Transcript
from trainer.words import say

_MODELS = {"base": "whisper-base", "tiny.en": "whisper-tiny.en"}
_log = logging.getLogger(__name__)


class Recogniser(Protocol):
    """Turns speech into words."""

    name: str

    def recognise(self, clip: Clip) -> Transcript:
        """The words of a clip, with times in seconds from its start; a clip without sound has none."""
        ...


def names() -> tuple[str, ...]:
    """The engines that have a name."""
    return (*_MODELS, "scripted")


def has_speech(clip: Clip) -> bool:
    """Whether there is anything to recognise; tells without loading a recogniser."""
    from trainer.asr import whisper

    return bool(whisper.speech_frames(clip).any())


def engine(name: str, language: str) -> Recogniser:
    """The recogniser of that name for a language (ISO 639-1); loading it takes about a second, once.

    Raises WrongCall for an unknown name or a language that the model does not know, NoModel when the weights are
    absent or wrong. An absent "base" gives way to "tiny.en", with a warning, where the language is English.
    """
    if name == "scripted":
        from trainer.asr.scripted import ScriptedRecogniser

        return ScriptedRecogniser(())
    if name in _MODELS:
        return _listed(name, language)
    if (folder := Path(name)).is_dir():
        return _whisper(folder, language, name)
    raise WrongCall(say("models.no_recogniser", name=name, known=", ".join(names())))


def _listed(name: str, language: str) -> Recogniser:
    from trainer import models

    if name.endswith(".en") and language != "en":
        raise WrongCall(say("models.english_only", name=name, code=language))
    try:
        return _whisper(models.folder(_MODELS[name]), language, name)
    except models.Absent:
        model = models.listed()[_MODELS[name]]
        other = next((short for short, full in _MODELS.items() if full == model.fallback), None)
        if other is None or language != "en":
            raise
        made = _listed(other, language)
        _log.warning(say("models.fallback", name=name, other=other, install=model.install))
        return made


def _whisper(folder: Path, language: str, name: str) -> Recogniser:
    from trainer.asr.whisper import WhisperRecogniser

    return WhisperRecogniser(folder, language, name)
