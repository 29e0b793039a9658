"""Who may do what: the one place where that is decided, and nothing else is done here.

    owner       came in by the token of this program: the machine is theirs. They rehearse, under the name they say, and
                hand out links; recordings of others they hear no more in the page than anybody else.
    trainee     came in by a link of their own: they rehearse, and decide who hears it
    coach       hears what was shared with the coaches, and says something about it
    instructor  the same; and holds courses: who joined one takes part in it

Practice is private: what is not shared by its speaker is not there for anybody else.
"""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["owner", "trainee", "coach", "instructor"]
Action = Literal[
    "open", "rehearse", "coach", "admit", "hear", "change", "comment", "overrule", "withdraw", "teach", "attend"
]
ROLES: tuple[Role, ...] = get_args(Role)
BY_LINK = ROLES[1:]
SPEAKERS: tuple[Role, ...] = ("owner", "trainee")
LISTENERS: tuple[Role, ...] = ("coach", "instructor")

IN_THE_SITE: dict[Action, tuple[Role, ...]] = {
    "open": ROLES,
    "rehearse": SPEAKERS,
    "coach": LISTENERS,
    "admit": ("owner",),
    "teach": ("instructor",),
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
    """A recorded call: whose it is, whether it is shared, and whether it is a demo, which everybody may watch.

    ``instructor`` is the one with whom alone it is shared, as a call of their course.
    """

    trainee: str
    shared: bool = False
    demo: bool = False
    instructor: str = ""


@dataclass(frozen=True)
class Written:
    """A comment or an overruling, by who wrote it."""

    author: Person


@dataclass(frozen=True)
class Clip:
    """An answer marked as exemplary: whose it is, and whether they agree that everybody here hears it."""

    trainee: str
    agreed: bool


@dataclass(frozen=True)
class Course:
    """A course: who holds it, and who has joined."""

    instructor: str
    members: tuple[str, ...] = ()


Thing = Site | Attempt | Written | Clip | Course
SITE = Site()


def authorise(person: Person | None, action: Action, thing: Thing) -> bool:
    """Whether ``person`` may do that with the thing; nobody may do anything."""
    if person is None:
        return False
    if isinstance(thing, Site):
        return person.role in IN_THE_SITE.get(action, ())
    if isinstance(thing, Written):
        return action == "withdraw" and bool(person.name) and person == thing.author
    if isinstance(thing, Course):
        if action == "teach":
            return person.role == "instructor" and bool(person.name) and person.name == thing.instructor
        return action == "attend" and person.role in SPEAKERS and person.name in thing.members
    own = person.role in SPEAKERS and bool(person.name) and person.name == thing.trainee
    if isinstance(thing, Clip):
        return (thing.agreed and action == "hear") or (own and action in ("hear", "change"))
    if thing.demo and action == "hear":
        return True
    if person.role in SPEAKERS:
        return own and action in WITH_ONES_OWN
    theirs = person.role == "instructor" and bool(person.name) and person.name == thing.instructor
    return (thing.shared or theirs) and action in WITH_WHAT_IS_SHARED
