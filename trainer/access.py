"""Who may do what: the one place where that is decided, and nothing else is done here.

    owner       came in by the token of this program: the machine is theirs. They rehearse, under the name they say, and
                hand out links; recordings of others they hear no more in the page than anybody else.
    trainee     came in by a link of their own: they rehearse, and decide who hears it
    coach       hears what was shared with the coaches, and says something about it
    instructor  the same, for a course

Practice is private: what is not shared by its speaker is not there for anybody else.
"""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["owner", "trainee", "coach", "instructor"]
Action = Literal["open", "rehearse", "coach", "admit", "hear", "change", "comment", "overrule"]
ROLES: tuple[Role, ...] = get_args(Role)
BY_LINK = ROLES[1:]
SPEAKERS: tuple[Role, ...] = ("owner", "trainee")
LISTENERS: tuple[Role, ...] = ("coach", "instructor")

IN_THE_SITE: dict[Action, tuple[Role, ...]] = {
    "open": ROLES,
    "rehearse": SPEAKERS,
    "coach": LISTENERS,
    "admit": ("owner",),
}
WITH_ONES_OWN: tuple[Action, ...] = ("hear", "change", "comment")
WITH_WHAT_IS_SHARED: tuple[Action, ...] = ("hear", "comment", "overrule")


@dataclass(frozen=True)
class Person:
    """Who asks; an owner who has not said their name yet has none."""

    role: Role
    name: str = ""


@dataclass(frozen=True)
class Site:
    """The program itself."""


@dataclass(frozen=True)
class Attempt:
    """A recorded call: whose it is, whether it is shared, and whether it is a demo, which everybody may watch."""

    trainee: str
    shared: bool = False
    demo: bool = False


SITE = Site()


def authorise(person: Person | None, action: Action, thing: Site | Attempt) -> bool:
    """Whether ``person`` may do that with the thing; nobody may do anything."""
    if person is None:
        return False
    if isinstance(thing, Site):
        return person.role in IN_THE_SITE.get(action, ())
    if thing.demo and action == "hear":
        return True
    if person.role in SPEAKERS:
        return bool(person.name) and person.name == thing.trainee and action in WITH_ONES_OWN
    return thing.shared and action in WITH_WHAT_IS_SHARED
