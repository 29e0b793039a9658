"""The end of a built turn, as the program declares it: the same hearing, the same words, on the sample clock."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.turns.built import Turn
from trainer import sound
from trainer.asr import Recogniser
from trainer.dictation import Dictation, within
from trainer.headset import BLOCK
from trainer.records import RATE_HZ, Block, Clip, Span
from trainer.turns.cue import looks_finished
from trainer.turns.hearing import Hearing, Listening
from trainer.turns.patience import Patience


@dataclass(frozen=True)
class Ended:
    """``cut_s``: when the customer would have begun too early, None where not; ``gap_s``: from the true last sample of
    the turn to its end as it is declared."""

    cut_s: float | None
    gap_s: float


class Words:
    """What is recognised up to a pause, once, as in a call."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._known: dict[tuple[int, Span], bool] = {}

    def finished(self, turn: Turn, answer: Span, stretches: Sequence[Span]) -> bool:
        """Whether what was said in ``answer`` looks finished."""
        key = (id(turn), answer)
        if key not in self._known:
            said = Dictation(_Whole(turn.clip), self._recogniser).words(within(stretches, answer))
            self._known[key] = looks_finished(said.text, "en")
        return self._known[key]


class _Whole:
    """A tape that has run."""

    def __init__(self, clip: Clip) -> None:
        self._clip = clip

    def clip(self, start_s: float, end_s: float) -> Clip:
        return self._clip[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]


def ended(turn: Turn, patience: Patience, words: Words) -> Ended:
    """Listen to a turn; where it is taken for over too early, listen on as one who gives way does."""
    hearing, cut_s = Hearing(patience), None

    def finished() -> bool | None:
        answer = listening.answer(0.6)
        return words.finished(turn, answer, hearing.stretches) if answer else None

    listening = Listening(hearing, patience, 0.0, finished)
    for number, samples in enumerate(np.split(turn.clip[: len(turn.clip) // BLOCK * BLOCK], len(turn.clip) // BLOCK)):
        pcm = sound.to_pcm(samples)
        phase = listening.feed(Block(number, pcm, False), sound.from_pcm(pcm))
        if phase != "ended":
            continue
        if listening.now_s >= turn.end_s:
            return Ended(cut_s, listening.now_s - turn.end_s)
        cut_s = listening.now_s if cut_s is None else cut_s
    return Ended(cut_s, len(turn.clip) / RATE_HZ - turn.end_s)
