"""Voices by Piper: the optional extra "piper" (GPL-3.0-or-later, it brings espeak-ng). No two takes are alike."""

from functools import cache
from typing import Any

import numpy as np

from trainer import models, sound, tts
from trainer.errors import NoEngine
from trainer.records import Clip, Voice
from trainer.words import say

_MODELS = {"joe": "piper-joe"}


@cache
def _loaded(model: str) -> Any:
    try:
        from piper import PiperVoice
    except ImportError as problem:
        raise NoEngine(say("tts.no_piper")) from problem
    weights = models.file(model)
    return PiperVoice.load(weights, config_path=weights.with_name(f"{weights.name}.json"))


class PiperSpeaker:
    """Says a text with Piper."""

    repeatable = False

    def synthesise(self, voice: Voice, text: str) -> Clip:
        """The text at 16 kHz. Raises NoEngine when the extra is not installed, NoModel when its voice is wrong."""
        if voice.speaker not in _MODELS:
            raise NoEngine(say("tts.only_joe", voice=voice.id, speaker=voice.speaker))
        tts.check_weights(voice, _MODELS[voice.speaker])
        speaker = _loaded(_MODELS[voice.speaker])
        parts = [chunk.audio_float_array for chunk in speaker.synthesize(text)]
        if not parts:
            return np.zeros(0, np.float32)
        return sound.resample(np.concatenate(parts).astype(np.float32), int(speaker.config.sample_rate))
