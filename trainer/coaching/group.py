"""A group's calls: how many people kept each rule. People are counted, and never held against each other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from trainer.coaching import progress
from trainer.coaching.progress import Share
from trainer.coaching.thresholds import shipped_thresholds
from trainer.records import Report


@dataclass(frozen=True)
class RuleInGroup:
    """A rule of which some people had an occasion: who kept it, and who did not; names in the order of the alphabet."""

    rule: str
    kept_by: tuple[str, ...]
    not_kept_by: tuple[str, ...]

    @property
    def share(self) -> Share:
        """How many kept it, of how many."""
        return Share(len(self.kept_by), len(self.kept_by) + len(self.not_kept_by))


def counted(people: Collection[str], shared: Collection[str]) -> frozenset[str]:
    """Whose calls are counted: of those who share them, and of the others only where those are so many that nobody's
    single call can be read out of a sum."""
    others = set(people) - set(shared)
    enough = len(others) >= shipped_thresholds().group.least_people
    return frozenset(set(people) & set(shared) | (others if enough else set()))


def rules(calls: Mapping[str, Sequence[Report]]) -> tuple[RuleInGroup, ...]:
    """Every rule that anybody had an occasion for, by people, the one that fewest kept first.

    A rule is kept by whom it was kept in at least half of the occasions of all their calls; one of what to avoid, by
    whom it was never broken; of those, only the ones that somebody broke are told.
    """
    per_person = {person: progress.occasions(reports) for person, reports in sorted(calls.items())}
    known = dict.fromkeys(rule for found in per_person.values() for rule in found)
    told = [_in_group(rule, {who: found[rule] for who, found in per_person.items() if rule in found}) for rule in known]
    shown = [one for one in told if one.not_kept_by or not progress.to_avoid(one.rule)]
    return tuple(sorted(shown, key=lambda one: (one.share.share, one.rule)))


def _in_group(rule: str, shares: Mapping[str, Share]) -> RuleInGroup:
    least = 1.0 if progress.to_avoid(rule) else shipped_thresholds().group.kept_share
    kept = tuple(who for who, one in shares.items() if one.share >= least)
    return RuleInGroup(rule, kept, tuple(who for who in shares if who not in kept))
