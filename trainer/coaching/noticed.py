"""What the customer would notice in an answer beside its manners: that something was asked, or offered.

Word by word, by the phrases of the scenario; a word that was not recognised surely is not held against anybody, and
does not count as an offer either; nor does one that is refused in the same breath.
"""

from collections.abc import Sequence
from typing import Literal

from trainer.coaching.phrases import find_phrases
from trainer.records import Noticed, Scenario, Word

_Phrases = tuple[Literal["asked", "offered"], str, tuple[str, ...], tuple[str, ...]]


def noticed(scenario: Scenario, words: Sequence[Word]) -> tuple[Noticed, ...]:
    """The facts that were asked for and the offers that were made, each once, in the order of saying."""
    phrases: list[_Phrases] = [("asked", fact.id, fact.asked, ()) for fact in scenario.facts]
    phrases += [("offered", offer.id, offer.phrases, scenario.refusals) for offer in scenario.offers]
    found = []
    for kind, name, said_as, unless in phrases:
        said = [
            one for one in find_phrases(said_as, unless, words, scenario.address, scenario.language) if not one.unsure
        ]
        found += [Noticed(kind, name, one.span) for one in said[:1]]
    return tuple(sorted(found, key=lambda one: one.span))
