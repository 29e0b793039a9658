"""A group's calls: people are counted by rule, and nobody's single call is read out of a sum."""

from tests.coaching.test_progress import call
from trainer.coaching import group


def test_a_rule_is_kept_by_whom_it_was_kept_on_half_of_the_occasions_of_all_their_calls() -> None:
    calls = {
        "Piotr": [call(1, ("kept", "broken"))],
        "Anna": [call(1, ("broken", "broken")), call(2, ("kept",))],
        "Ola": [call(1, ("not_called_for",))],
        "Jo": [],
    }
    (found,) = group.rules(calls)
    assert (found.rule, found.kept_by, found.not_kept_by) == ("apologise", ("Piotr",), ("Anna",))
    assert (found.share.kept, found.share.occasions) == (1, 2)


def test_what_to_avoid_is_kept_by_whom_it_was_never_broken_and_told_only_where_somebody_broke_it() -> None:
    clean, once = (
        call(1, ("not_called_for",) * 5, "no-jokes"),
        call(1, ("broken", *("not_called_for",) * 5), "no-jokes"),
    )
    assert "no-jokes" not in [one.rule for one in group.rules({"Anna": [clean]})]
    found = next(one for one in group.rules({"Anna": [clean], "Piotr": [once]}) if one.rule == "no-jokes")
    assert (found.kept_by, found.not_kept_by) == (("Anna",), ("Piotr",))


def test_the_rule_that_fewest_kept_comes_first_and_people_come_by_the_alphabet() -> None:
    calls = {"Zoe": [call(1, ("kept",)), call(2, ("broken",), "own-it")], "Anna": [call(1, ("kept",))]}
    assert [one.rule for one in group.rules(calls)] == ["own-it", "apologise"]
    assert group.rules(calls)[1].kept_by == ("Anna", "Zoe")


def test_calls_that_are_private_are_counted_only_where_there_are_three_people_with_such() -> None:
    assert group.counted(["Anna", "Piotr"], ["Anna"]) == {"Anna"}
    assert group.counted(["Anna", "Piotr", "Ola"], ["Anna"]) == {"Anna"}
    assert group.counted(["Anna", "Piotr", "Ola"], []) == {"Anna", "Piotr", "Ola"}
    assert group.counted(["Anna", "Piotr", "Ola", "Jo"], ["Jo", "Eve"]) == {"Anna", "Piotr", "Ola", "Jo"}
    assert group.counted([], []) == frozenset()
