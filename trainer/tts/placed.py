"""Where each word of a text lies in its neutral sound, without a recogniser: the words share the speaking time.

A word takes as much of it as it has sounds, and pauses are no speaking time. Each pause is laid on the nearest
punctuation, so that what the guess is off by does not add up from one phrase to the next.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from trainer import syllables
from trainer.tts import render
from trainer.tts.render import FRAME_S, Array

PUNCTUATION = ".,;:!?…"
LETTER = 0.2
"""What a letter takes beside its syllable, in syllables: its consonants."""
LAST = 1.0
"""By how much the last word of a phrase is drawn out."""
BESIDE_S = 0.06
"""The rise and fall of an emphasis at both ends of its word."""
FARTHEST_S = 0.6
"""A pause farther away from any punctuation than this is laid on none."""


def weights(words: list[str], chosen: tuple[int, ...], language: str, line: render.Neutral) -> Array:
    """How much each frame of ``line`` belongs to the ``chosen`` words: 0 … 1, with soft edges."""
    belongs = np.zeros(len(line.f0_hz))
    if not chosen:
        return belongs
    spans = spans_s(words, language, line.silent)
    at_s = (np.arange(len(belongs)) + 0.5) * FRAME_S
    for start_s, end_s in (spans[word] for word in chosen):
        away_s = np.maximum(start_s - at_s, at_s - end_s)
        belongs = np.maximum(belongs, 0.5 + 0.5 * np.cos(np.pi * np.clip(away_s / BESIDE_S, 0.0, 1.0)))
    return belongs


def spans_s(words: list[str], language: str, silent: npt.NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Start and end of each word, in seconds; ``silent``: which frames of the sound have no speech."""
    last = [place == len(words) - 1 or word[-1] in PUNCTUATION for place, word in enumerate(words)]
    takes = [_takes(word, language) + LAST * final for word, final in zip(words, last, strict=True)]
    ends = np.concatenate([[0.0], np.cumsum(takes)])
    silent = silent & ~silent.all()
    speaking = np.flatnonzero(~silent)
    before = np.concatenate([[0], np.cumsum(~silent)])  # frames of speech before each frame
    ends *= len(speaking) / ends[-1]
    commas = np.flatnonzero(last[:-1]) + 1
    anchors = [(0.0, 0.0), *_anchors(ends, commas, np.unique(before[:-1][silent])), (ends[-1], float(len(speaking)))]
    ends = np.interp(ends, *np.transpose(anchors))
    frames = [(min(int(start), len(speaking) - 1), max(int(end) - 1, 0)) for start, end in pairwise(ends)]
    return [(float(speaking[start]) * FRAME_S, float(speaking[end] + 1) * FRAME_S) for start, end in frames]


def _takes(word: str, language: str) -> float:
    """About how long a word is."""
    return syllables.count(word, language) + LETTER * sum(map(str.isalnum, word))


def _anchors(ends: Array, commas: npt.NDArray[np.int_], pauses: Array) -> list[tuple[float, float]]:
    """Guessed ends of phrases, and the pauses that they are laid on, in frames of speech."""
    anchors: list[tuple[float, float]] = [(0.0, 0.0)]
    for pause in pauses:
        moved = anchors[-1][1] - anchors[-1][0]
        after = [float(ends[comma]) for comma in commas if ends[comma] > anchors[-1][0]]
        nearest = min(after, key=lambda end: abs(end + moved - pause), default=np.inf)
        if pause > anchors[-1][1] and abs(nearest + moved - pause) * FRAME_S <= FARTHEST_S:
            anchors.append((nearest, float(pause)))
    return anchors[1:]
