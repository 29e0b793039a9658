"""What the customer would notice in an answer beside its manners: that something was asked, or offered.

Word by word, by the phrases of the scenario; a word that was not recognised surely is not held against anybody, and
does not count as an offer either.
"""

from collections.abc import Sequence

from trainer.coaching.phrases import find_phrases
from trainer.records import Noticed, Scenario, Word


def noticed(scenario: Scenario, words: Sequence[Word]) -> tuple[Noticed, ...]:
    """The facts that were asked for and the offers that were made, each once, in the order of saying."""
    found = []
    for fact in scenario.facts:
        said = [one for one in find_phrases(fact.asked, (), words, scenario.address) if not one.unsure]
        found += [Noticed("asked", fact.id, one.span) for one in said[:1]]
    for offer in scenario.offers:
        said = [one for one in find_phrases(offer.phrases, (), words, scenario.address) if not one.unsure]
        found += [Noticed("offered", offer.id, one.span) for one in said[:1]]
    return tuple(sorted(found, key=lambda one: one.span))
