"""The labelled calls: that they are read and fairly spread, and how a status over a call is scored."""

from collections import Counter

import pytest

from bench.phrases import calls
from bench.phrases.calls import Label, Labelled, Pair, Said
from trainer.records import CallWords


def test_every_rule_over_the_call_is_labelled_fifteen_times_with_more_than_one_result() -> None:
    known = calls.read("test")
    assert len({call.id for call in known}) == len(known) == 66
    assert all(5 <= len(call.turns) <= 9 for call in known)
    for rule in calls.MATTERING_MOST:
        states = Counter(call.judged[rule].state for call in known if rule in call.judged)
        assert states.total() >= 15 and len(states) >= 2, rule
    assert len(calls.read("dev")) == 20


def test_a_call_is_judged_as_in_the_report() -> None:
    said = (
        Said("opening", "Where is my machine?", "good morning my name is Anna"),
        Said("story", "I waited all day.", "aha"),
        Said("threat", "I am off.", ""),
    )
    found = calls.judged(Labelled("x", "Mrs Kowalska", "the machine", said, {}))
    assert (found["give-your-name"].state, found["give-your-name"].turns) == ("kept", (1,))
    assert (found["apologise"].state, found["apologise"].turns) == ("missed", (2,))
    assert found["follow-up"].state == "not_called_for"


def test_a_status_and_its_moment_are_scored_apart() -> None:
    right = Pair("x", "apologise", Label("missed", 2), CallWords("apologise", "missed", (3,)))
    wrong = Pair("x", "apologise", Label("kept"), CallWords("apologise", "missed", (3,)))
    assert calls._right(right) and not calls._right(wrong)
    assert calls._moments([right, wrong]) == [False]
    assert calls._share([True, False]).startswith("  1 of   2  0.50")
    assert calls._confusion([right, wrong])[1].split() == ["kept", "0", "0", "1", "0", "0"]


@pytest.mark.parametrize("judged", [{"nonsense": "kept"}, {"apologise": "perhaps"}, {"apologise": "missed 9"}])
def test_a_wrong_label_is_named_with_its_call(judged: dict[str, str]) -> None:
    raw = {
        "id": "x-1",
        "customer": "",
        "matter": "",
        "turns": [{"role": "story", "customer": "", "trainee": ""}],
        "judged": judged,
    }
    with pytest.raises(ValueError, match="x-1"):
        calls._labelled(raw)
