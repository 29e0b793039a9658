"""Polish: the words of the two Polish guides' own language, forms of address and cases."""

import pytest

from tests.coaching.test_phrases import SAID, words
from trainer import library
from trainer.coaching.spoken import find_all


def found(text: str) -> set[str]:
    return {rule for rule, said in find_all(SAID.values(), words(text), "Pani Kowalska", "pl").items() if said}


def test_every_rule_is_worded_in_polish_too() -> None:
    assert set(library.wordings("pl")) == set(SAID)
    assert {"en", "pl"} <= set(library.languages())


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("apologise", "Bardzo przepraszam za to opóźnienie."),
        ("accept-their-anger", "ma pani pełne prawo być zła"),
        ("own-it", "zajmę się tym osobiście"),
        ("use-their-name", "Rozumiem, pani Kowalsko."),
        ("follow-up", "zadzwonię do pani jutro"),
        ("never-deny-the-anger", "proszę się uspokoić"),
        ("no-passing-the-buck", "to wina kuriera"),
        ("no-overpromising", "gwarantuję że będzie jutro"),
    ],
)
def test_the_advice_is_found_in_any_case_and_gender(rule: str, text: str) -> None:
    assert rule in found(text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("apologise", "przepraszam, czy może pani powtórzyć numer?"),
        ("use-their-name", "ten pan Kowalski to nasz kierowca"),
        ("own-it", "ktoś się tym zajmie"),
        ("no-overpromising", "nie mogę zagwarantować, że będzie jutro"),
        ("never-deny-the-anger", "ma pani powód, żeby się denerwować"),
    ],
)
def test_the_same_words_in_another_sense_are_not_taken_for_it(rule: str, text: str) -> None:
    assert rule not in found(text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("apologise", "Przykro mi, że tak się stało."),
        ("give-your-name", "dzień dobry mówi anna nowak słucham panią"),
        ("ask-open-questions", "co się stało"),
        ("ask-what-they-want", "Jak mogę pani pomóc?"),
        ("offer-the-supervisor", "połączę panią z kierownikiem"),
        ("close-warmly", "Miłego dnia, do widzenia."),
        ("never-deny-the-anger", "proszę na mnie nie krzyczeć"),
        ("never-yes-but", "rozumiem panią ale takie są przepisy"),
        ("no-passing-the-buck", "to nie moja wina"),
        ("no-excuses", "mamy dużo zamówień i brakuje ludzi"),
        ("no-talking-down", "to przecież proste"),
        ("no-retaliation", "pani jest bezczelna"),
        ("no-overpromising", "obiecuję że to się nigdy nie powtórzy"),
    ],
)
def test_what_is_plain_is_found(rule: str, text: str) -> None:
    assert rule in found(text)


@pytest.mark.parametrize("text", ["tak słucham", "Rozumiem.", "proszę chwilę poczekać", "halo", "już sprawdzam"])
def test_what_only_keeps_the_talk_going_keeps_and_breaks_nothing(text: str) -> None:
    assert not found(text)
