"""How much of the speech the recognised words leave out.

Whisper sometimes takes a sentence that is said again for the one it has written already: it passes over it, or
stretches one word of the next sentence over all of it. What it did not write down shows in the sound: speech to which
no word belongs, or more of it than the word that lies on it can fill.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from trainer import syllables
from trainer.records import Word
from trainer.voicing import HOP_S

BLUR_S = 0.3
"""Word times are so far off at their ends (bias of the recogniser's attention)."""

SLOW_S, SLOW_SYLLABLE_S = 0.5, 0.4
"""A drawn-out word takes no more than this, and this for each of its syllables: 2.5 a second is slower than anybody."""

Mask = npt.NDArray[np.bool_]


def overlooked_s(words: Sequence[Word], language: str, speech: Mask) -> float:
    """Seconds of speech that no word accounts for; ``speech`` says so for each frame of 16 ms."""
    bare = speech.copy()
    crowded = 0
    for word in words:
        inside = _frames(word.start_s, word.end_s, speech.size)
        room_s = SLOW_S + SLOW_SYLLABLE_S * syllables.count(word.text, language)
        crowded += max(0, int(np.sum(speech[inside])) - round(room_s / HOP_S))
        bare[_frames(word.start_s - BLUR_S, word.end_s + BLUR_S, speech.size)] = False
    return (crowded + int(np.sum(bare))) * HOP_S


def _frames(start_s: float, end_s: float, count: int) -> slice:
    return slice(max(0, round(start_s / HOP_S)), min(count, max(0, round(end_s / HOP_S))))
