"""(a) A strong lowering is found, its opposite never; between two stretches spoken alike little is claimed."""

from bench.accuracy import corpus, pairs, report
from bench.accuracy.confusion import QUANTITIES, WORDS, Tally, tallies
from bench.accuracy.report import Cell, Section, percent
from bench.gates import Figure
from trainer.records import Comparison

STRETCHES, QUICK = 10, 6


def run(quick: bool) -> list[Section]:
    down: dict[str, list[Comparison]] = {}
    same: dict[str, list[Comparison]] = {}
    for speaker in corpus.speakers():
        clips = pairs.natural(speaker, QUICK if quick else STRETCHES)
        plain = pairs.heard(clips, speaker)
        twins = pairs.strong(clips, pairs.median_hz(plain))
        loud = pairs.heard([twin.loud for twin in twins], speaker)
        soft = pairs.heard([twin.soft for twin in twins], speaker)
        down[speaker.name], same[speaker.name] = pairs.lowered(loud, soft), pairs.alike(plain)
    return [
        report.gates(_gates(down, same)),
        _confusion("Strongly lowered", down),
        _confusion("Spoken alike", same),
        _by_speaker("Strongly lowered, by speaker", down, -1),
        _by_speaker("Spoken alike: any change claimed, by speaker", same, 0),
    ]


def _gates(down: dict[str, list[Comparison]], same: dict[str, list[Comparison]]) -> list[Figure]:
    """Of everybody's pairs; those without a number count as not found."""
    lowered = tallies([one for some in down.values() for one in some])
    alike = tallies([one for some in same.values() for one in some])
    figures: list[Figure] = []
    for quantity in ("pitch", "volume"):
        found = lowered[quantity]
        figures.append(Figure(f"{quantity}: strong lowering found", _percent(found, -1), "%", 95.0, at_least=True))
        figures.append(Figure(f"{quantity}: its opposite claimed", _percent(found, 1), "%", 0.0))
    for quantity in QUANTITIES:
        figures.append(
            Figure(f"{quantity}: claimed between stretches spoken alike", _percent(alike[quantity], 0), "%", 5.0)
        )
    return figures


def _percent(tally: Tally, side: int) -> float | None:
    share = tally.share(side)
    return None if share is None else 100.0 * share


def _confusion(title: str, found: dict[str, list[Comparison]]) -> Section:
    rows: list[list[Cell]] = []
    for people in (True, False):
        names = {speaker.name for speaker in corpus.speakers(people)}
        some = tallies([one for name, all_of in found.items() if name in names for one in all_of])
        rows += [
            [("people, " if people else "synthetic, ") + quantity, *row(some[quantity])] for quantity in QUANTITIES
        ]
    note = "Rate is never changed here. Verdicts in pairs of stretches of at least 8 s of speech."
    return Section(title, note, ["", *(word.replace("_", " ") for word in WORDS), "reasons"], rows)


def row(tally: Tally) -> list[Cell]:
    reasons = ", ".join(f"{reason} {count}" for reason, count in tally.reasons.most_common())
    return [*tally.row(), reasons]


def _by_speaker(title: str, found: dict[str, list[Comparison]], side: int) -> Section:
    rows: list[list[Cell]] = []
    for name, comparisons in found.items():
        some = tallies(comparisons)
        rows.append([name, *(_share(some[quantity], side) for quantity in QUANTITIES)])
    return Section(title, "", ["speaker", *QUANTITIES], rows)


def _share(tally: Tally, side: int) -> Cell:
    share = tally.share(side)
    return None if share is None else percent(round(share * tally.pairs), tally.pairs)
