"""(e) How much two stretches of one speaker differ by chance, by seconds of speech, beside the table that is in use.

The limit is what 95 % of the pairs of different stretches stay under, in either direction (on the logarithm for the
rate). No two stretches of one length share sound; all differ in their words. Pooled: every speaker counts alike,
whatever the number of pairs.
"""

import itertools
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from bench.accuracy import corpus, hearing
from bench.accuracy.corpus import Speaker
from bench.accuracy.report import Cell, Section
from trainer.coaching import quantity as scales
from trainer.coaching.thresholds import Quantity, limit
from trainer.records import Measures

SPEECH_S = (2.2, 4.2, 8.4, 17.2)
STRETCHES, QUICK = 12, 6
"""With words, for the rate."""
WORDLESS, WORDLESS_QUICK = 30, 15
QUANTITIES: tuple[Quantity, ...] = ("rate", "pitch", "level", "effort")
UNITS = {"rate": "%", "pitch": "st", "level": "dB", "effort": "dB"}
SHARE = 95.0

Key = tuple[str, float, Quantity]


@dataclass(frozen=True)
class Differences:
    """Absolute differences between the stretches of one speaker, and their shorter side in seconds of speech."""

    of: list[float]
    speech_s: list[float]


def run(quick: bool) -> list[Section]:
    found: dict[Key, Differences] = {}
    for speaker in corpus.speakers():
        for speech_s in SPEECH_S:
            clips = corpus.stretches(speaker, speech_s, WORDLESS_QUICK if quick else WORDLESS)
            spoken = [hearing.measures(clip, speaker.language) for clip in clips[: QUICK if quick else STRETCHES]]
            heard = [hearing.wordless(clip, speaker.language) for clip in clips]
            for quantity in QUANTITIES:
                some = spoken if quantity == "rate" else heard
                found[speaker.name, speech_s, quantity] = differences(some, quantity)
    people = [speaker for speaker in corpus.speakers() if speaker.human]
    made = [speaker for speaker in corpus.speakers() if not speaker.human]
    return [_pooled(found, people, "people"), _pooled(found, made, "synthetic voices"), _by_speaker(found)]


def differences(heard: list[Measures], quantity: Quantity) -> Differences:
    """Between every two stretches in which the quantity was measurable."""
    values = [(scales.value(one, quantity), one.speech_s) for one in heard]
    known = [(value, speech_s) for value, speech_s in values if value is not None]
    pairs = list(itertools.combinations(known, 2))
    return Differences([abs(a[0] - b[0]) for a, b in pairs], [min(a[1], b[1]) for a, b in pairs])


def limit_of(differences: list[float], weights: list[float] | None = None) -> float | None:
    """The difference that 95 % of the (weighted) pairs stay under; None of fewer than ten."""
    if len(differences) < 10:
        return None
    order = np.argsort(differences)
    weight = np.ones(len(order)) if weights is None else np.asarray(weights)[order]
    share = np.cumsum(weight) / np.sum(weight)
    return float(np.asarray(differences)[order][np.searchsorted(share, SHARE / 100.0 - 1e-9)])


def shown(value: float | None, quantity: Quantity) -> float | None:
    """In the unit of the table: percent for the logarithm of the rate."""
    return None if value is None else 100.0 * float(np.expm1(value)) if quantity == "rate" else value


def _pooled(found: dict[Key, Differences], some: list[Speaker], who: str) -> Section:
    rows: list[list[Cell]] = []
    for quantity, speech_s in itertools.product(QUANTITIES, SPEECH_S):
        sets = [found[speaker.name, speech_s, quantity] for speaker in some]
        all_of = [value for one in sets for value in one.of]
        weights = [1.0 / len(one.of) for one in sets for _ in one.of]
        lengths = [seconds for one in sets for seconds in one.speech_s]
        median_s = float(np.median(lengths)) if lengths else None
        used = limit(quantity, median_s) if median_s else None
        claimed = None
        if all_of and lengths:
            over = [value >= limit(quantity, seconds) for value, seconds in zip(all_of, lengths, strict=True)]
            claimed = 100.0 * float(np.average(over, weights=weights))
        measured = shown(limit_of(all_of, weights), quantity)
        used = shown(used, quantity)
        rows.append([f"{quantity}, {UNITS[quantity]}", f"{speech_s:g}", len(all_of), median_s, measured, used, claimed])
    header = [
        "measure",
        "speech at least, s",
        "pairs",
        "shorter side, s",
        "limit measured",
        "limit in use",
        "beyond it, %",
    ]
    note = (
        "Two-sided 95 % limit; the limit in use is that of trainer/guides/thresholds.yaml for the shorter side. "
        "The rate stands on the recogniser's words, which are wrong more often in some languages and on old codecs."
    )
    return Section(f"Chance between stretches of one of the {who}", note, header, rows)


def _by_speaker(found: dict[Key, Differences]) -> Section:
    by_name: dict[str, list[Cell]] = defaultdict(list)
    for (name, _, quantity), some in sorted(found.items(), key=lambda item: (QUANTITIES.index(item[0][2]), item[0][1])):
        by_name[name].append(shown(limit_of(some.of), quantity))
    header = ["speaker", *(f"{quantity} {speech_s:.0f} s" for quantity in QUANTITIES for speech_s in SPEECH_S)]
    note = "Limits of each speaker alone: rate in %, pitch in st, level and effort in dB; – for fewer than ten pairs."
    return Section("Chance by speaker", note, header, [[name, *cells] for name, cells in by_name.items()])
