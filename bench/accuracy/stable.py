"""(c) The same pair gives the same verdict after both sides were disturbed, or none and why; never the opposite."""

import itertools
from dataclasses import dataclass, field

import numpy as np

from bench.accuracy import corpus, pairs, report
from bench.accuracy.confusion import QUANTITIES, agreement
from bench.accuracy.corpus import Speaker
from bench.accuracy.disturb import CONDITIONS, SAME, Disturbance
from bench.accuracy.report import Cell, Section, percent
from bench.gates import Figure
from trainer.coaching.compare import compare
from trainer.records import Clip, Comparison, Measures

STRETCHES, QUICK = 4, 2


@dataclass
class Shift:
    """What a disturbance does to the numbers themselves: after minus before, of single clips."""

    pitch_st: list[float] = field(default_factory=list)
    level_db: list[float] = field(default_factory=list)
    effort_db: list[float] = field(default_factory=list)
    rate_percent: list[float] = field(default_factory=list)

    def add(self, clean: Measures, disturbed: Measures) -> None:
        if clean.pitch.median_hz and disturbed.pitch.median_hz:
            self.pitch_st.append(12.0 * float(np.log2(disturbed.pitch.median_hz / clean.pitch.median_hz)))
        if clean.level.active_dbfs is not None and disturbed.level.active_dbfs is not None:
            self.level_db.append(disturbed.level.active_dbfs - clean.level.active_dbfs)
        if clean.effort.alpha_ratio_db is not None and disturbed.effort.alpha_ratio_db is not None:
            self.effort_db.append(disturbed.effort.alpha_ratio_db - clean.effort.alpha_ratio_db)
        before, after = clean.rate.articulation_syllables_per_s, disturbed.rate.articulation_syllables_per_s
        if before and after:
            self.rate_percent.append(100.0 * (after / before - 1.0))


@dataclass
class Condition:
    """The comparisons of all speakers under one condition, in the same order under every one."""

    alike: list[Comparison] = field(default_factory=list)
    lowered: list[Comparison] = field(default_factory=list)
    shift: Shift = field(default_factory=Shift)


def run(quick: bool) -> list[Section]:
    clean = Condition()
    found = {name: Condition() for name in CONDITIONS}
    for speaker in corpus.speakers():
        clips = pairs.natural(speaker, QUICK if quick else STRETCHES)
        plain = pairs.heard(clips, speaker)
        twins = pairs.strong(clips, pairs.median_hz(plain))
        sounds = [*clips, *(twin.loud for twin in twins), *(twin.soft for twin in twins)]
        before = _add(clean, sounds, SAME, speaker)
        for name, disturbance in CONDITIONS.items():
            after = _add(found[name], sounds, disturbance, speaker)
            for old, new in zip(before, after, strict=True):
                found[name].shift.add(old, new)
    tables = [_table(kind, clean, found) for kind in ("alike", "lowered")]
    return [report.gates(_gates(clean, found)), *tables, _shifts(found)]


def _gates(clean: Condition, found: dict[str, Condition]) -> list[Figure]:
    """Of the pairs with a verdict before and after."""
    figures: list[Figure] = []
    for name, condition in found.items():
        before, after = clean.alike + clean.lowered, condition.alike + condition.lowered
        for quantity in QUANTITIES:
            kept = agreement(before, after, quantity)
            judged = kept.pairs - kept.withheld
            same = 100.0 * kept.same / judged if judged else None
            figures.append(Figure(f"{name}, {quantity}: the same verdict", same, "%", 95.0, at_least=True))
            figures.append(Figure(f"{name}, {quantity}: the opposite verdict", float(kept.opposite), "", 0.0))
    return figures


def _add(to: Condition, sounds: list[Clip], disturbance: Disturbance, speaker: Speaker) -> list[Measures]:
    count = len(sounds) // 3
    # The loud twin of a high voice is the plain clip: it gets the same noise.
    disturbed = [disturbance(clip, at % count + count * (at >= 2 * count)) for at, clip in enumerate(sounds)]
    heard = pairs.heard(disturbed, speaker)
    to.alike += [compare(a, b) for a, b in itertools.combinations(heard[:count], 2)]
    to.lowered += pairs.lowered(heard[count : 2 * count], heard[2 * count :])
    return heard


def _table(kind: str, clean: Condition, found: dict[str, Condition]) -> Section:
    rows: list[list[Cell]] = []
    for name, condition in found.items():
        for quantity in QUANTITIES:
            kept = agreement(getattr(clean, kind), getattr(condition, kind), quantity)
            reasons = ", ".join(f"{reason} {count}" for reason, count in kept.reasons.most_common())
            judged = kept.pairs - kept.withheld
            cells: list[Cell] = [name, quantity, percent(kept.same, kept.pairs), percent(kept.same, judged)]
            rows.append([*cells, kept.other, kept.opposite, kept.withheld, reasons])
    header = ["condition", "measure", "same of all", "same of judged", "other", "opposite", "withheld", "reasons"]
    return Section(f"Pairs {kind}: the verdict after a disturbance", "", header, rows)


def _shifts(found: dict[str, Condition]) -> Section:
    rows: list[list[Cell]] = []
    for name, condition in found.items():
        shift = condition.shift
        rows.append([name, *(_spread(some) for some in (shift.pitch_st, shift.level_db, shift.effort_db))])
        rows[-1].append(_spread(shift.rate_percent))
    header = ["condition", "pitch st", "level dB", "effort dB", "rate %"]
    return Section(
        "What a disturbance does to the numbers", "Median (5th … 95th percentile) of single clips.", header, rows
    )


def _spread(some: list[float]) -> str:
    if not some:
        return "–"
    low, middle, high = np.percentile(some, [5, 50, 95])
    return f"{middle:+.2f} ({low:+.2f} … {high:+.2f})"
