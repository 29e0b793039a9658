"""Who may do what, in full: a call belongs to its speaker, and nobody else has a way to it but by their sharing it."""

from typing import get_args

import pytest

from trainer.access import LISTENERS, ROLES, SITE, Action, Attempt, Course, Person, Role, authorise

OWN: tuple[Action, ...] = ("hear", "change", "comment")


@pytest.mark.parametrize("action", ["open", "rehearse", "coach", "admit", "hear", "change", "comment", "overrule"])
def test_who_is_not_let_in_may_nothing(action: Action) -> None:
    for thing in (SITE, Attempt("Anna", shared=True), Attempt("", shared=True), Attempt("stand-in", demo=True)):
        assert not authorise(None, action, thing)


MAY = {"owner": "open rehearse admit", "trainee": "open rehearse", "coach": "open coach"}
MAY |= {"instructor": "open coach teach"}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_pages_and_no_others(role: Role) -> None:
    assert [one for one in get_args(Action) if authorise(Person(role, "Anna"), one, SITE)] == MAY[role].split()


@pytest.mark.parametrize("role", ["owner", "trainee"])
@pytest.mark.parametrize("shared", [False, True])
def test_a_speaker_does_everything_with_their_own_call_but_overrule_it_and_nothing_with_anothers(
    role: Role, shared: bool
) -> None:
    mine, another = Attempt("Anna", shared), Attempt("Piotr", shared)
    for action in (*OWN, "overrule", "coach"):
        assert authorise(Person(role, "Anna"), action, mine) == (action in OWN)
        assert not authorise(Person(role, "Anna"), action, another)


@pytest.mark.parametrize("role", LISTENERS)
def test_a_listener_hears_what_is_shared_never_changes_it_and_has_no_way_to_the_rest(role: Role) -> None:
    for action in (*OWN, "overrule", "admit"):
        shared = authorise(Person(role, "Ewa"), action, Attempt("Anna", shared=True))
        assert shared == (action in ("hear", "comment", "overrule"))
        assert not authorise(Person(role, "Ewa"), action, Attempt("Anna"))
        assert not authorise(Person(role, "Ewa"), action, Attempt("Ewa"))  # of the same name, but another person


@pytest.mark.parametrize("role", ROLES)
def test_everybody_watches_the_demo_and_nobody_changes_it(role: Role) -> None:
    demo = Attempt("stand-in", demo=True)
    assert authorise(Person(role, "Anna"), "hear", demo)
    assert not any(authorise(Person(role, "Anna"), action, demo) for action in ("change", "comment", "overrule"))


def test_who_has_no_name_yet_is_not_taken_for_the_speaker_of_a_call_without_one() -> None:
    assert not authorise(Person("owner", ""), "hear", Attempt(""))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["Jan", "Anna", ""])
def test_a_course_is_held_by_its_instructor_and_attended_by_those_who_joined(role: Role, name: str) -> None:
    who, course = Person(role, name), Course("Jan", ("Anna",))
    assert authorise(who, "teach", course) == (role == "instructor" and name == "Jan")
    assert authorise(who, "attend", course) == (role in ("owner", "trainee") and name == "Anna")
    assert not any(authorise(who, action, Course("")) for action in ("teach", "attend"))


def test_what_is_shared_in_a_course_is_heard_by_its_instructor_alone() -> None:
    call = Attempt("Anna", instructor="Jan")
    heard = [
        (role, name) for role in ROLES for name in ("Jan", "Ewa", "") if authorise(Person(role, name), "hear", call)
    ]
    assert heard == [("instructor", "Jan")]
    assert not authorise(Person("instructor", "Jan"), "change", call)
