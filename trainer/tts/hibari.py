"""The voice "heart" by hibari: neural, English, from its package alone; with the voice's seed it is repeatable."""

from functools import cache
from typing import Any

import numpy as np

from trainer import models, sound, syllables, tts
from trainer.errors import NoEngine
from trainer.records import Clip, Voice
from trainer.words import say

_MODEL = "hibari-heart"


@cache
def _loaded() -> Any:
    # The path is given: a voice asked for by name could be fetched from the network.
    weights = models.file(_MODEL)
    g2p = syllables.g2p()
    from hibari import Hibari

    return Hibari(voice="heart", model=str(weights), threads=1, g2p=g2p)


class HibariSpeaker:
    """Says a text with hibari."""

    repeatable = True

    def synthesise(self, voice: Voice, text: str) -> Clip:
        """The text at 16 kHz. Raises NoModel, or NoEngine for any speaker but heart."""
        if voice.speaker != "heart":
            raise NoEngine(say("tts.only_heart", voice=voice.id, speaker=voice.speaker))
        tts.check_weights(voice, _MODEL)
        speaker = _loaded()
        spoken = np.asarray(speaker(text, seed=voice.seed), dtype=np.float32)
        return sound.resample(spoken, int(speaker.sample_rate))
