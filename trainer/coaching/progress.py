"""A person's calls against each other, and against nobody else's: how far from one's own normal voice, and which rules.

Shares have Wilson's interval (J. Am. Stat. Assoc. 22:209, 1927), the difference of two of them Newcombe's
(Stat. Med. 17:873, 1998, method 10). Calls come in the order in which they were made.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from trainer import library
from trainer.coaching.compare import Difference, difference
from trainer.coaching.quantity import pool
from trainer.coaching.thresholds import Quantity, shipped_thresholds
from trainer.records import Report

Trend = Literal["more", "less", "chance", "few"]


@dataclass(frozen=True)
class Point:
    """One call in one quantity: how far its answers lay from one's own normal, and the limit of chance."""

    attempt: str
    started_at: str
    change: Difference


@dataclass(frozen=True)
class Share:
    """How often a rule was kept, of how many occasions; ``low`` and ``high``: the ends of its 95 % interval (0 … 1)."""

    kept: int
    occasions: int

    @property
    def share(self) -> float:
        """The share itself; 0 without an occasion."""
        return self.kept / self.occasions if self.occasions else 0.0

    @property
    def low(self) -> float:
        """The lower end."""
        return self._ends()[0]

    @property
    def high(self) -> float:
        """The upper end."""
        return self._ends()[1]

    def _ends(self) -> tuple[float, float]:
        z, n = shipped_thresholds().progress.z, self.occasions
        if not n:
            return 0.0, 1.0
        middle = (self.share + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(self.share * (1 - self.share) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class RuleOver:
    """A rule over the calls: all of them, the latest few, those before, and whether it was kept more often lately."""

    rule: str
    whole: Share
    recent: Share
    before: Share
    trend: Trend


def points(calls: Sequence[Report], quantity: Quantity) -> tuple[Point, ...]:
    """Each call in which the quantity can be held against one's own normal voice."""
    found = []
    for report in calls:
        normal = pool([report.baseline], quantity) if report.baseline else None
        spoken = pool((turn.answer for turn in report.turns), quantity)
        if normal and spoken:
            found.append(Point(report.attempt, report.started_at, difference(quantity, normal, spoken)))
    return tuple(found)


def rules(calls: Sequence[Report]) -> tuple[RuleOver, ...]:
    """Every rule that had an occasion, the one kept least often lately first; of those to avoid, only the broken."""
    recent = shipped_thresholds().progress.recent_calls
    per_call = [_counted(report) for report in calls]
    known = dict.fromkeys(rule for counts in per_call for rule in counts)
    found = [_over(rule, [counts.get(rule, Share(0, 0)) for counts in per_call], recent) for rule in known]
    shown = [one for one in found if one.whole.kept < one.whole.occasions or not to_avoid(one.rule)]
    return tuple(sorted(shown, key=lambda one: (one.recent.share if one.recent.occasions else 2.0, one.rule)))


def occasions(calls: Iterable[Report]) -> dict[str, Share]:
    """How often each rule was kept over some calls, of those that had an occasion."""
    per_call = [_counted(report) for report in calls]
    known = dict.fromkeys(rule for counts in per_call for rule in counts)
    return {rule: _sum(counts[rule] for counts in per_call if rule in counts) for rule in known}


def to_avoid(rule: str) -> bool:
    """Whether a rule tells what to avoid."""
    return rule in library.rules() and library.rules()[rule].breaks


def weakest(calls: Sequence[Report]) -> RuleOver | None:
    """The rule that was most often not kept lately, at least twice; None where there is none."""
    found = [one for one in rules(calls) if one.recent.occasions - one.recent.kept >= 2]
    return max(found, key=lambda one: one.recent.occasions - one.recent.kept, default=None)


def _over(rule: str, counts: list[Share], recent: int) -> RuleOver:
    late, early = _sum(counts[-recent:]), _sum(counts[:-recent])
    return RuleOver(rule, _sum(counts), late, early, _trend(early, late))


def _trend(early: Share, late: Share) -> Trend:
    if min(early.occasions, late.occasions) < shipped_thresholds().progress.least_occasions:
        return "few"
    change = late.share - early.share
    low = change - math.hypot(late.share - late.low, early.high - early.share)
    high = change + math.hypot(late.high - late.share, early.share - early.low)
    return "more" if low > 0.0 else "less" if high < 0.0 else "chance"


def _counted(report: Report) -> dict[str, Share]:
    """The occasions of each rule in one call. One of what to avoid has an occasion in every answer with words."""
    call = report.call
    states = [(one.rule, one.state) for turn in report.turns for one in turn.findings]
    states += [(one.rule, one.state) for one in call.words if one.state == "missed"]
    states += [("pace-then-lead", call.pace_then_lead.state), ("keep-composure", call.keep_composure.state)]
    found: dict[str, Share] = {}
    for rule, state in states:
        avoided = state == "not_called_for" and to_avoid(rule)
        if avoided or state in ("kept", "broken", "missed"):
            found[rule] = _sum((found.get(rule, Share(0, 0)), Share(int(avoided or state == "kept"), 1)))
    return found


def _sum(shares: Iterable[Share]) -> Share:
    known = list(shares)
    return Share(sum(one.kept for one in known), sum(one.occasions for one in known))
