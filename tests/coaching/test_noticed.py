"""What a customer would notice in an answer: a question that has an answer, an offer, and none that is refused."""

import pytest

from trainer import library
from trainer.asr.scripted import spread
from trainer.coaching.noticed import noticed


def ids(text: str, scenario: str = "late-delivery") -> list[tuple[str, str]]:
    said = noticed(library.scenarios()[scenario], spread(text, 0.0, 5.0).words)
    return [(one.kind, one.id) for one in said]


def test_a_question_and_an_offer_are_noticed_in_the_order_of_saying() -> None:
    text = "May I have the order number? Then we can deliver on Thursday, and the delivery fee comes back to you."
    assert ids(text) == [("asked", "order-number"), ("offered", "new-date"), ("offered", "fee-back")]


@pytest.mark.parametrize("text", ["I am afraid we can't deliver it tomorrow.", "We are not able to deliver tomorrow."])
def test_what_is_refused_is_no_offer(text: str) -> None:
    assert ids(text) == []


def test_small_talk_is_neither() -> None:
    assert ids("Good morning, I am so sorry, that must have been a hard day for you.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Czy mogę prosić o numer zamówienia?", [("asked", "order-number")]),
        ("Zwrócimy pani koszty dostawy.", [("offered", "fee-back")]),
        ("Lodówka będzie u pani jutro.", [("offered", "sooner")]),
        ("Nie dowieziemy jej dzisiaj.", []),
        ("Nie zwrócimy pani kosztów dostawy.", []),
        ("Lodówki nie będzie u pani jutro.", []),
        ("Nie zapłaci pani za nic, lodówka będzie u pani jutro.", [("offered", "sooner")]),
        ("Jutro wszystko sprawdzę, pani Halino.", []),
    ],
)
def test_a_polish_answer_is_noticed_in_the_forms_that_are_said(text: str, expected: list[tuple[str, str]]) -> None:
    assert ids(text, "late-delivery-pl") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ile pan zwykle płaci?", [("asked", "usual-sum")]),
        ("Nikt panu prądu nie odetnie.", [("offered", "stop-cut-off")]),
        ("Nie musi pan składać nowej reklamacji.", []),
    ],
)
def test_a_man_is_asked_and_promised_in_polish_too(text: str, expected: list[tuple[str, str]]) -> None:
    assert ids(text, "angry-bill-pl") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What did you pay for the trailer?", [("asked", "cost-of-the-trip")]),
        ("We'll pay for the trailer.", [("offered", "trip-back")]),
        ("We deliver the machine for free.", []),
    ],
)
def test_a_question_after_the_costs_is_no_offer_to_pay_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert ids(text, "sold-to-another") == expected


def test_to_check_whether_it_was_a_mistake_admits_none() -> None:
    assert ids("If it was our mistake, we will stand by it.", "pretending") == []
    assert ids("I am sorry, it was our mistake.", "pretending") == [("offered", "admission")]
