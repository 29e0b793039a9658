"""What moves the customer's anger, and by how much: only reasons do, and each change names its own.

A word of advice that is kept again counts half as much each time, so no phrase is magic. Calming has inertia: the
first calming answer is half lost on an angry customer, the next ones in a row less and less; an upset is felt at
once. And the last of it goes slowly: nobody is at peace after a few good answers. Inertia of anger: Zillmann,
"Transfer of excitation in emotional behavior" (1983); that it takes several turns, and that one relapse undoes them,
is what the guides teach; the figures are our choice and stand in customer.yaml.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.dialogue.state import State
from trainer.records import Because, Finding, Noticed, Offer, Scenario

LARGEST_CALM, LARGEST_UPSET = 0.14, 0.2
SLOWEST_CALM = 0.01
"""The angrier, the more an answer can calm: up to LARGEST_CALM at anger 1, hardly more than this near 0."""

UPSET = 0.02
"""A rise beyond this ends a row of calming answers."""


@dataclass(frozen=True)
class Moved:
    """The anger after an answer, the reasons, which add up to the change, and the row of calming answers."""

    anger: float
    because: tuple[Because, ...]
    calming: int


def moved(scenario: Scenario, state: State, findings: Sequence[Finding], noticed: Sequence[Noticed]) -> Moved:
    """What an answer does to the customer."""
    wanted = [*_rules(scenario, state, findings), *_dealings(scenario, state, noticed)]
    wanted = [reason for reason in wanted if reason.change]
    total = sum(reason.change for reason in wanted)
    allowed = _allowed(scenario, state, total)
    share = allowed / total if total else 0.0
    because = tuple(Because(reason.rule, reason.change * share) for reason in wanted if share)
    calming = state.calming + 1 if total < 0 else 0 if total > UPSET else state.calming
    return Moved(min(1.0, max(0.0, state.anger + sum(reason.change for reason in because))), because, calming)


def _allowed(scenario: Scenario, state: State, total: float) -> float:
    """As much of the change as the customer lets through."""
    if total < 0:
        lost = scenario.levels[state.difficulty].inertia * 0.5**state.calming
        most = SLOWEST_CALM + (LARGEST_CALM - SLOWEST_CALM) * state.anger
        return max(-state.anger, -most, total * (1.0 - lost))
    return min(1.0 - state.anger, LARGEST_UPSET, total)


def _rules(scenario: Scenario, state: State, findings: Sequence[Finding]) -> list[Because]:
    found = []
    for finding in findings:
        move = scenario.moves.get(finding.rule)
        if move is None or finding.state not in ("kept", "broken"):
            continue
        if finding.state == "broken":
            found.append(Because(finding.rule, move.broken))
        elif not finding.reason:  # with a reason it is kept and beyond the aim: more of the same earns no more
            again = state.kept.count(finding.rule) if finding.value is None else 0
            found.append(Because(finding.rule, move.kept / 2**again))
    return found


def _dealings(scenario: Scenario, state: State, noticed: Sequence[Noticed]) -> list[Because]:
    """What was offered for the first time, promised and found out, or asked once more."""
    found = []
    for one in noticed:
        if one.kind == "asked" and one.id in state.told:
            found.append(_because(scenario, "asked-again", kept=False))
        elif one.kind == "offered" and one.id not in state.offered:
            found.append(_offer(scenario, _named(scenario, one.id)))
    found += [_because(scenario, "empty-promise", kept=False) for _ in found_out(scenario, state)]
    return found


def found_out(scenario: Scenario, state: State) -> tuple[str, ...]:
    """The empty promises that come to light now: those made before a beat in which promises are tested."""
    beat = next((beat for beat in scenario.beats if beat.id == state.beat), None)
    if beat is None or beat.role != "test":
        return ()
    empty = {offer.id for offer in scenario.offers if not offer.allowed}
    return tuple(one for one in dict.fromkeys(state.offered) if one in empty and one not in state.tested)


def _offer(scenario: Scenario, offer: Offer) -> Because:
    if not offer.allowed:
        return _because(scenario, "empty-promise", kept=True)
    return _because(scenario, "fitting-offer" if offer.fits else "unfit-offer", kept=offer.fits)


def _because(scenario: Scenario, reason: str, kept: bool) -> Because:
    move = scenario.moves.get(reason)
    return Because(reason, 0.0 if move is None else move.kept if kept else move.broken)


def _named(scenario: Scenario, name: str) -> Offer:
    return next(offer for offer in scenario.offers if offer.id == name)
