"""Which call is suggested today, and why: where what went wrong lately can be practised, or else one that is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer import library
from trainer.coaching import progress
from trainer.records import Report, Scenario
from trainer.words import language, say

FIRST_KIND = "late-delivery"
MARKED = {"wait-for-the-lull": "(lull)", "silence-after-the-question": "(question)"}
"""Rules of which there is an occasion only where the customer's lines have that mark."""


@dataclass(frozen=True)
class Suggestion:
    """A scenario by its id, and one sentence of reason."""

    scenario: str
    why: str


def today(scenarios: Mapping[str, Scenario], last: Mapping[str, str], calls: Sequence[Report]) -> Suggestion:
    """The suggestion, from when each scenario was last had ("": never), and the latest calls in their order."""
    spoken = {id: one for id, one in scenarios.items() if one.language == language()} or dict(scenarios)
    if not calls:
        first = next((id for id, one in spoken.items() if one.kind == FIRST_KIND), next(iter(spoken)))
        return Suggestion(first, say("progress.suggest_first"))
    others = {id: one for id, one in spoken.items() if id != calls[-1].scenario} or spoken
    weak = progress.weakest(calls)
    if weak:
        left = weak.recent.occasions - weak.recent.kept
        room = {id: one for id, one in others.items() if _has_room(one, weak.rule)} or others
        why = say("progress.suggest_rule", rule=library.title(weak.rule), left=left)
        return Suggestion(_waited_longest(room, last), why)
    found = _waited_longest(others, last)
    return Suggestion(found, say("progress.suggest_waited" if last.get(found) else "progress.suggest_new"))


def _waited_longest(scenarios: Mapping[str, Scenario], last: Mapping[str, str]) -> str:
    """Of those that were never had, one without a content note first."""
    return min(scenarios, key=lambda id: (last.get(id, ""), bool(scenarios[id].note)))


def _has_room(scenario: Scenario, rule: str) -> bool:
    """Whether its customer gives an occasion for the rule."""
    if mark := MARKED.get(rule):
        lines = (line for beat in scenario.beats for band in beat.lines.values() for line in band)
        return any(mark in line for line in lines)
    due = library.rules()[rule].due if rule in library.rules() else ()
    return not due or any(beat.role in due for beat in scenario.beats)
