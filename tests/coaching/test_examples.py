"""Every example of the guides is found, every counter-example is not, and the page shows those of today."""

import pytest

from scripts import guides
from tests.coaching.test_phrases import SAID, words
from trainer import library
from trainer.coaching.spoken import find_all

NAMES = {"en": "Mrs Kowalska", "pl": "Pani Kowalska"}
CASES = [(language, rule) for language in NAMES for rule in SAID]


def found(text: str, language: str) -> set[str]:
    return {rule for rule, said in find_all(SAID.values(), words(text), NAMES[language], language).items() if said}


@pytest.mark.parametrize(("language", "rule"), CASES)
def test_the_examples_of_a_rule_are_found_and_its_counter_examples_are_not(language: str, rule: str) -> None:
    wording = library.wordings(language)[rule]
    assert wording.like
    for text in wording.like:
        assert rule in found(text, language), text
    for text in wording.unlike:
        assert rule not in found(text, language), text


def test_the_page_of_the_guides_is_that_of_today() -> None:
    assert guides.FILE.read_text(encoding="utf-8") == guides.page(), "python -m scripts.guides"
