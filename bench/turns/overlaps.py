"""Interruptions in calls of two channels: speech of known beginning and length over a line of the customer."""

from dataclasses import dataclass

import numpy as np

from bench.turns.built import NOISE_DBFS, sentences
from trainer.records import RATE_HZ, Clip, Span
from trainer.turns.hearing import Hearing
from trainer.turns.patience import Patience
from trainer.turns.timing import Limits, timing

LINE = (0.5, 12.5)
PLACES_S = (1.5, 6.5)
LISTENING_S = (0.32, 0.5)
INTERRUPTION_S = (0.7, 3.0)
VOICE_DB = -20.0
LIMITS = Limits(back_channel_under_s=0.6, dead_air_from_s=3.0)


@dataclass(frozen=True)
class Score:
    """Of overlaps over 0.3 s: how many of those found are there, of those there are found, and told what they are."""

    precision: float
    recall: float
    apart: float
    count: int


def score(speakers: tuple[str, ...], calls: int, seed: int) -> Score:
    """Two overlaps a call, an interruption and a sound of listening, or none."""
    draw = np.random.default_rng(seed)
    said = [parts for name in speakers if len(parts := list(sentences(name))) >= 4]
    there = found = matched = told = real = 0
    for number in range(calls):
        clip, true = _call(said[number % len(said)], number, draw)
        hearing = Hearing(Patience())
        hearing.feed(clip)
        speech = tuple(span for span in hearing.stretches if span[1] - span[0] >= Patience().least_s)
        taken = timing(LINE, None, speech, 14.0, LIMITS)
        heard = {**dict.fromkeys(taken.overlaps, True), **dict.fromkeys(taken.back_channels, False)}
        there, found = there + len(true), found + len(heard)
        real += sum(any(_meet(span, one) for one in true) for span in heard)
        for span, cut_in in true.items():
            kinds = {kind for one, kind in heard.items() if _meet(span, one)}
            matched, told = matched + bool(kinds), told + (kinds == {cut_in})
    return Score(real / max(found, 1), matched / max(there, 1), told / max(matched, 1), there)


def _call(said: list[Clip], number: int, draw: np.random.Generator) -> tuple[Clip, dict[Span, bool]]:
    """What the microphone takes up, and what of it is speech: True an interruption, False a sound of listening."""
    clip = draw.normal(0.0, 10 ** (NOISE_DBFS[number % 3] / 20), 14 * RATE_HZ).astype(np.float32)
    true: dict[Span, bool] = {}
    for place_s, cut_in in zip(PLACES_S, (number % 2 == 0, number % 2 == 1), strict=True):
        if number % 5 == 4:
            continue  # a call in which nobody cuts in
        length = round(draw.uniform(*(INTERRUPTION_S if cut_in else LISTENING_S)) * RATE_HZ)
        part = _from_its_voice(said[draw.integers(len(said))])[:length].copy()
        part[-160:] *= np.linspace(1.0, 0.0, 160, dtype=np.float32)
        at = round((place_s + draw.uniform(0.0, 1.5)) * RATE_HZ)
        clip[at : at + len(part)] += part
        true[(at / RATE_HZ, (at + len(part)) / RATE_HZ)] = cut_in
    return clip, true


def _from_its_voice(clip: Clip) -> Clip:
    """The clip without the breath before it: some people's recordings begin with 0.3 to 0.7 s of it, which is no sound
    of listening."""
    power = np.convolve(np.square(clip), np.ones(160) / 160, "same")
    return clip[int(np.argmax(power > power.max() * 10 ** (VOICE_DB / 10))) :]


def _meet(one: Span, other: Span) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])
