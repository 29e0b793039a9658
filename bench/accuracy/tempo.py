"""(b) Time-stretched speech: the sign of the change of rate, its error, and never the opposite verdict."""

import statistics
from collections import defaultdict

from bench.accuracy import corpus, hearing, pairs, report
from bench.accuracy.changes import Change, changed
from bench.accuracy.confusion import Tally, way
from bench.accuracy.report import Cell, Section, percent
from bench.accuracy.verdicts import row
from bench.gates import Figure
from trainer.coaching.compare import compare
from trainer.records import RateChange

DURATIONS = (0.70, 0.80, 0.85, 1.15, 1.20, 1.30)
METHODS = ("psola", "world")
STRETCHES, QUICK = 6, 3

Key = tuple[str, float, str]


def run(quick: bool) -> list[Section]:
    found: dict[Key, list[RateChange]] = defaultdict(list)
    for speaker in corpus.speakers():
        clips = pairs.natural(speaker, QUICK if quick else STRETCHES)
        plain = pairs.heard(clips, speaker)
        for number, clip in enumerate(clips):
            for at, duration in enumerate(DURATIONS):
                for by in METHODS if not quick else METHODS[(at + number) % 2 :][:1]:
                    made = hearing.measures(changed(clip, Change(by, duration=duration)), speaker.language)
                    found["same words", duration, by].append(compare(plain[number], made).rate)
                    other = plain[(number + 1) % len(plain)]
                    found["other words", duration, by].append(compare(other, made).rate)
    return [report.gates(_gates(found)), *(_table(found, words) for words in ("same words", "other words"))]


def _gates(found: dict[Key, list[RateChange]]) -> list[Figure]:
    """Of the clips against themselves, stretched."""
    some = [(key[1] > 1.0, change) for key, changes in found.items() if key[0] == "same words" for change in changes]
    signs = [(change.change_percent < 0) == slower for slower, change in some if change.change_percent is not None]
    opposite = sum(way(change.verdict) == (1 if slower else -1) for slower, change in some)
    right = 100.0 * sum(signs) / len(signs) if signs else None
    return [
        Figure("rate: sign of the change right, of the measurable", right, "%", 97.0, at_least=True),
        Figure("rate: the opposite verdict", float(opposite), "", 0.0),
    ]


def _table(found: dict[Key, list[RateChange]], words: str) -> Section:
    rows = [_row(f"× {key[1]:g} {key[2]}", key[1], changes) for key, changes in found.items() if key[0] == words]
    rows.sort(key=lambda one: str(one[0]))
    for slower in (True, False):
        some = [(k, c) for k, changes in found.items() if k[0] == words and (k[1] > 1) == slower for c in changes]
        rows.append(_row("all slower" if slower else "all faster", 1.2 if slower else 0.8, [c for _, c in some]))
    header = ["duration", "true %", "median error %", "sign right", "opposite verdict"]
    header += ["clearly slower", "slower", "none", "faster", "clearly faster", "withheld", "reasons"]
    note = "The stretched clip against the same clip." if words == "same words" else "Against another stretch."
    return Section(f"Time-stretched, {words}", f"{note} The sign is counted among the measurable.", header, rows)


def _row(name: str, duration: float, changes: list[RateChange]) -> list[Cell]:
    true_percent = 100.0 * (1.0 / duration - 1.0)
    tally = Tally()
    for change in changes:
        tally.add(change)
    seen = [change.change_percent for change in changes if change.change_percent is not None]
    errors = [100.0 * ((1.0 + percent_ / 100.0) * duration - 1.0) for percent_ in seen]
    right = sum((one < 0) == (duration > 1.0) for one in seen)
    wrong = sum(way(change.verdict) == (1 if duration > 1.0 else -1) for change in changes)
    single = not name.startswith("all")
    error = statistics.median(abs(one) for one in errors) if errors and single else None
    first: list[Cell] = [name, true_percent if single else None, error, percent(right, len(seen)), wrong]
    return [*first, *row(tally)]
