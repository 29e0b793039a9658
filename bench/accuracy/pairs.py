"""Stretches of one speaker as they are, and as they would be with a raised voice; and the verdicts between them.

A strong change is one of three, from 6 st, 10 dB and a shelf of 5 dB up to 10 st, 23 dB and 9 dB, by PSOLA or WORLD in
turn. A high voice is lowered and a low one raised, so that no pitch leaves what a person can do.
"""

import itertools
from dataclasses import dataclass

from bench.accuracy import corpus, hearing
from bench.accuracy.changes import Change, changed
from bench.accuracy.corpus import Speaker
from trainer.coaching.compare import compare
from trainer.records import Clip, Comparison, Measures

SPEECH_S = 8.4
"""A little over the 8 s that are promised, since a changed clip may hold a little less."""

STRONG = tuple(
    Change(by, pitch_st, 1.0, level_db, shelf_db)
    for pitch_st, level_db, shelf_db in ((-6.0, -10.0, -5.0), (-8.0, -16.0, -7.0), (-10.0, -23.0, -9.0))
    for by in ("psola", "world")
)
LOW_VOICE_HZ = 150.0


@dataclass(frozen=True)
class Strong:
    """A stretch before and after a strong lowering; one of the two is the recording as it is."""

    number: int
    loud: Clip
    soft: Clip


def natural(speaker: Speaker, most: int, speech_s: float = SPEECH_S) -> list[Clip]:
    return corpus.stretches(speaker, speech_s, most)


def strong(clips: list[Clip], median_hz: float) -> list[Strong]:
    """Each clip with its strongly changed twin; the change goes round the six."""
    found = []
    for number, clip in enumerate(clips):
        change = STRONG[number % len(STRONG)]
        if median_hz < LOW_VOICE_HZ:
            up = Change(change.by, -change.pitch_st, 1.0, 0.0, -change.shelf_db)
            found.append(Strong(number, changed(clip, up), changed(clip, Change(level_db=change.level_db))))
        else:
            found.append(Strong(number, clip, changed(clip, change)))
    return found


def heard(clips: list[Clip], speaker: Speaker) -> list[Measures]:
    return [hearing.measures(clip, speaker.language) for clip in clips]


def alike(found: list[Measures]) -> list[Comparison]:
    """Every two different stretches, in one order."""
    return [compare(before, after) for before, after in itertools.combinations(found, 2)]


def lowered(loud: list[Measures], soft: list[Measures]) -> list[Comparison]:
    """From each loud stretch down to the soft version of each *other* stretch."""
    return [compare(a, b) for i, a in enumerate(loud) for j, b in enumerate(soft) if i != j]


def median_hz(found: list[Measures]) -> float:
    """The speaker's own height; 200 where none was measurable."""
    heights = sorted(one.pitch.median_hz for one in found if one.pitch.median_hz)
    return heights[len(heights) // 2] if heights else 200.0
