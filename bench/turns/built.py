"""Turns whose true end and whose pause are known, to the sample.

Each has one pause, half of them inside a clause (between two words), a quarter each between two clauses of a sentence
and between two sentences, and one of three levels of noise. The length of the pause is drawn from a log-normal law with
a median of 0.46 s and a sigma of 0.84: the one by which a silence of 0.3, 0.5, 0.7, 1.0 and 1.5 s cuts off 67, 46, 32,
18 and 8 of 100 turns, as it does where people talk to agents. None is longer than 2.5 s, the published 95th percentile
of callers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from bench.accuracy import corpus
from trainer import library, loudness, tts
from trainer.asr import Recogniser
from trainer.errors import TrainerError
from trainer.records import RATE_HZ, Clip, Delivery
from trainer.turns.hearing import Hearing
from trainer.turns.patience import Patience

MEDIAN_S, SIGMA = 0.46, 0.84
SHORTEST_S, LONGEST_S = 0.1, 2.5
NOISE_DBFS = (-70.0, -52.0, -44.0)
SPEECH_DBFS = -26.0
LEAD_S, REST_S = 0.5, 4.0
EDGE_DB, OVER_ROOM_DB, ROOM_PERCENT, EDGE = -40.0, 10.0, 5, 320
"""A sound begins and ends where 20 ms of it are so far below the loudest, and so far above the quietest (in dB)."""

Kind = Literal["inside", "clauses", "sentences"]
KINDS: tuple[Kind, ...] = ("inside", "clauses", "inside", "sentences")
BEGIN_CLAUSES = {"and", "but", "so", "because", "that", "when", "while", "if", "than", "or", "to"}

DEVELOPMENT = ("heart", "young-woman", "stand-in", "heavy-man")
REPORTED = ("joe", "older-man", "deep-voiced-man", "elderly-woman", "allison-en", "reader-en")
"""No voice is in both; the second half has two speech engines and two people."""

SENTENCES = (
    "I am really sorry that nobody came to you on Monday.",
    "I will look at the order myself and call you back today.",
    "We can bring the new machine on Thursday between eight and ten.",
    "You have every right to be cross about the second day off work.",
    "Let me just check what the driver has written down for your address.",
    "The delivery fee goes back to your account by the end of this week.",
    "I can see that you were at home the whole morning.",
    "If you like, I stay on the line while I talk to the warehouse.",
    "My colleague should have told you that the van had broken down.",
    "Would Saturday morning be better for you than Thursday?",
    "I put my own name on the case so that you need not explain it again.",
    "That must have been a long wait with three children and all the laundry.",
)


@dataclass(frozen=True)
class Turn:
    """``clip`` is what the microphone takes up; ``pause`` is (start, end) in its seconds, ``end_s`` the last sound."""

    speaker: str
    clip: Clip
    pause: tuple[float, float]
    end_s: float
    kind: Kind
    noise_dbfs: float


def turns(speakers: tuple[str, ...], count: int, recogniser: Recogniser, seed: int) -> list[Turn]:
    """``count`` turns, the speakers who are installed in turn."""
    draw = np.random.default_rng(seed)
    said = {name: parts for name in speakers if len(parts := list(sentences(name))) >= 4}
    made: list[Turn] = []
    while len(made) < count:
        name = list(said)[len(made) % len(said)]
        first, second = draw.choice(len(said[name]), 2, replace=False)
        kind = KINDS[len(made) // len(said) % len(KINDS)]
        parts = (said[name][first], said[name][second])
        if kind != "sentences":
            parts = _cut(said[name][first], kind, recogniser, draw)
        made.append(_turn(name, *parts, kind, NOISE_DBFS[len(made) % 3], draw))
    return made


def sentences(name: str) -> Iterator[Clip]:
    """What a speaker says in one breath, from the first sound to the last."""
    voices = library.voices()
    try:
        if name in voices:
            spoken = [tts.speak(voices[name], text, Delivery()) for text in SENTENCES]
        else:
            speaker = next(one for one in corpus.speakers(human=True) if one.name == name)
            spoken = [one.clip for one in speaker.utterances() if one.speech_s >= 2.0][:40]
    except (TrainerError, StopIteration):
        return
    for clip in spoken:
        sound = _trimmed(loudness.at_level(np.asarray(clip, np.float32), SPEECH_DBFS))
        hearing = Hearing(Patience())
        hearing.feed(np.concatenate((sound, np.zeros(RATE_HZ // 2, np.float32))))
        if len(hearing.stretches) == 1:
            yield sound


def _trimmed(clip: Clip) -> Clip:
    """From the first sound to the last; the room of a recording is none."""
    power = np.convolve(np.square(clip), np.ones(EDGE) / EDGE, "same")
    room = float(np.percentile(power, ROOM_PERCENT))
    loud = np.flatnonzero(power > max(power.max() * 10 ** (EDGE_DB / 10), room * 10 ** (OVER_ROOM_DB / 10)))
    return clip[loud[0] : loud[-1] + 1]


def _cut(clip: Clip, kind: Kind, recogniser: Recogniser, draw: np.random.Generator) -> tuple[Clip, Clip]:
    """A sentence in two parts, between two words of a clause, or between two clauses where it has them."""
    words = recogniser.recognise(np.concatenate((clip, np.zeros(RATE_HZ // 5, np.float32)))).words
    between = list(pairwise(words[1:-1]))
    edges = [(one, two) for one, two in between if one.text.endswith(",") or two.text.casefold() in BEGIN_CLAUSES]
    within = [pair for pair in between if pair not in edges]
    chosen = (edges or within) if kind == "clauses" else (within or edges)
    gaps = [(one.end_s + two.start_s) / 2 for one, two in chosen]
    at = round((gaps[draw.integers(len(gaps))] if gaps else len(clip) / RATE_HZ / 2) * RATE_HZ)
    around = np.abs(clip[max(0, at - 480) : at + 480])
    at = max(0, at - 480) + int(np.argmin(np.convolve(around, np.ones(80), "same")))
    return clip[:at], clip[at:]


def _turn(name: str, before: Clip, after: Clip, kind: Kind, noise_dbfs: float, draw: np.random.Generator) -> Turn:
    pause_s = float(np.clip(np.exp(np.log(MEDIAN_S) + SIGMA * draw.standard_normal()), SHORTEST_S, LONGEST_S))
    before = _faded(before)
    quiet = [np.zeros(round(seconds * RATE_HZ), np.float32) for seconds in (LEAD_S, pause_s, REST_S)]
    clip = np.concatenate((quiet[0], before, quiet[1], after, quiet[2]))
    clip += draw.normal(0.0, 10 ** (noise_dbfs / 20), len(clip)).astype(np.float32)
    starts_s = LEAD_S + len(before) / RATE_HZ
    end_s = starts_s + pause_s + len(after) / RATE_HZ
    return Turn(name, clip, (starts_s, starts_s + pause_s), end_s, kind, noise_dbfs)


def _faded(clip: Clip) -> Clip:
    """The clip with an end that does not click."""
    size = RATE_HZ // 100
    return np.concatenate((clip[:-size], clip[-size:] * np.linspace(1.0, 0.0, size, dtype=np.float32)))
