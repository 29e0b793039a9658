"""A speaker for tests: a buzz of known pitch, tempo and pauses, without any model."""

import numpy as np

from trainer import syllables
from trainer.records import RATE_HZ, Clip, Voice

PAUSE_S = 0.3
_HARMONICS = 12
_DIP = 0.7  # how far the sound sinks between two syllables


class ScriptedSpeaker:
    """Buzzes at the voice's ``measured_pitch_hz``, one swell a syllable, with a pause after each sentence part."""

    repeatable = True

    def synthesise(self, voice: Voice, text: str) -> Clip:
        """As many swells as ``text`` has groups of vowels, at the voice's ``measured_syllables_per_s``."""
        parts: list[Clip] = []
        for word in text.split():
            parts.append(_buzz(voice, syllables.count(word, "")))
            if word[-1] in ".,;:!?":
                parts.append(np.zeros(int(PAUSE_S * RATE_HZ), np.float32))
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _buzz(voice: Voice, swells: int) -> Clip:
    duration_s = swells / voice.measured_syllables_per_s
    at_s = np.arange(int(duration_s * RATE_HZ)) / RATE_HZ
    tone = sum(np.sin(2 * np.pi * n * voice.measured_pitch_hz * at_s) / n for n in range(1, _HARMONICS + 1))
    swell = 1.0 - _DIP * (0.5 + 0.5 * np.cos(2 * np.pi * voice.measured_syllables_per_s * at_s))
    return np.asarray(0.1 * tone * swell, dtype=np.float32)
