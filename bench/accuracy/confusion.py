"""Counting verdicts: what was true against what was claimed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from trainer.records import Comparison, LevelChange, PitchChange, RateChange

QUANTITIES = ("rate", "pitch", "volume", "effort")
_PLAIN = {"slower": "lower", "faster": "higher", "clearly_slower": "clearly_lower", "clearly_faster": "clearly_higher"}
WORDS = ("clearly_lower", "lower", "no_clear_change", "higher", "clearly_higher", "not_measurable")


def plain(verdict: str) -> str:
    """The word for the way, whatever the quantity: slower is lower."""
    return _PLAIN.get(verdict, verdict)


def way(verdict: str) -> int:
    """-1 lower, +1 higher, 0 for none."""
    word = plain(verdict)
    return -1 if word.endswith("lower") else 1 if word.endswith("higher") else 0


def change_of(comparison: Comparison, quantity: str) -> RateChange | PitchChange | LevelChange:
    found: RateChange | PitchChange | LevelChange = getattr(comparison, quantity)
    return found


@dataclass
class Tally:
    """How often each verdict was given where one thing was true; and why none was given."""

    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, change: RateChange | PitchChange | LevelChange) -> None:
        self.verdicts[plain(change.verdict)] += 1
        if change.verdict == "not_measurable":
            self.reasons[change.reason or "?"] += 1

    @property
    def pairs(self) -> int:
        return self.verdicts.total()

    @property
    def judged(self) -> int:
        return self.pairs - self.verdicts["not_measurable"]

    def share(self, side: int) -> float | None:
        """Share of all pairs in which a change that way was claimed; side 0: any change at all."""
        if not self.pairs:
            return None
        claimed = [count for word, count in self.verdicts.items() if (way(word) == side if side else way(word) != 0)]
        return sum(claimed) / self.pairs

    def row(self) -> list[int]:
        return [self.verdicts[word] for word in WORDS]


def tallies(comparisons: Iterable[Comparison]) -> dict[str, Tally]:
    """One tally for each quantity."""
    found = {quantity: Tally() for quantity in QUANTITIES}
    for comparison in comparisons:
        for quantity in QUANTITIES:
            found[quantity].add(change_of(comparison, quantity))
    return found


@dataclass(frozen=True)
class Agreement:
    """How verdicts held under a disturbance: the same way, another (one of them none), the opposite, withheld."""

    same: int
    other: int
    opposite: int
    withheld: int
    reasons: Counter[str]

    @property
    def pairs(self) -> int:
        return self.same + self.other + self.opposite + self.withheld


def agreement(clean: Sequence[Comparison], disturbed: Sequence[Comparison], quantity: str) -> Agreement:
    """Verdicts of the same pairs, by the way they point; what was not measurable before is left out."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for before, after in zip(clean, disturbed, strict=True):
        old, new = change_of(before, quantity), change_of(after, quantity)
        if old.verdict == "not_measurable":
            continue
        if new.verdict == "not_measurable":
            counts["withheld"] += 1
            reasons[new.reason or "?"] += 1
        elif way(old.verdict) == way(new.verdict):
            counts["same"] += 1
        else:
            counts["opposite" if way(old.verdict) * way(new.verdict) else "other"] += 1
    return Agreement(counts["same"], counts["other"], counts["opposite"], counts["withheld"], reasons)
