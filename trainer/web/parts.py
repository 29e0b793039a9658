"""The parts of the pages of a course that change by themselves: where everybody is, what is rehearsed, the round.

Each is HTML, by its name: it stands in the page as it is opened, and is sent again when it is another
(``trainer.web.live``).
"""

from typing import Any

from trainer import library
from trainer.store import people
from trainer.store.courses import Course
from trainer.store.rounds import Round
from trainer.web import rendering, rounds
from trainer.web.desk import Desk
from trainer.web.whereabouts import Whereabouts
from trainer.words import language, say

Parts = dict[str, str]


def of_instructor(at: Desk, course: Course, whereabouts: Whereabouts) -> Parts:
    """Where everybody is, and what is rehearsed."""
    stages = {one: whereabouts.of(one) for one in course.members}
    seats = [
        (one, say(f"courses.stage_{stage.name}", turn=stage.turn, turns=stage.turns), stage.name)
        for one, stage in stages.items()
    ]
    programme, going = at.programme.of(course.id), _going(at, course)
    values = _round(at, course, going) | {"scenarios": scenarios(), "marked": 0, "listeners": 0}
    if going:
        here = rounds.listeners(course, going, whereabouts)
        values |= {"marked": len({one.person for one in at.rounds.marks(going.id)} & here), "listeners": len(here)}
    return {
        "board": rendering.part("part_board.html", seats=seats, course=course),
        "programme": rendering.part("part_programme.html", programme=programme, course=course),
        "round": rendering.part("part_round_board.html", **values),
    }


def of_member(at: Desk, course: Course, person: str) -> Parts:
    """What is to be rehearsed: on the page of the course, and in one line on every other."""
    mine = {name for name, whose in at.courses.attempts(course.id).items() if whose == people.name(person)}
    done = {one.scenario for one in at.attempts(person) if one.attempt in mine and one.turns}
    programme = [] if course.closed_at else at.programme.of(course.id)
    known = library.scenarios()
    values: dict[str, Any] = {"course": course, "done": done, "known": known}
    values["pushed"] = next((known[one.scenario] for one in programme if one.pushed and one.scenario in known), None)
    values["assigned"] = [one for one in programme if one.scenario in known]
    listening = _of_listener(at, course, people.name(person))
    return {
        "given": rendering.part("part_given.html", **values),
        "banner": rendering.part("part_banner.html", **values, going=listening["going"]),
        "round": rendering.part("part_round.html", **listening),
    }


def scenarios() -> list[tuple[str, str]]:
    """Every scenario with its title, those in the language of the page first."""
    known = sorted(library.scenarios().values(), key=lambda one: one.language != language())
    return [(one.id, one.title) for one in known]


def _of_listener(at: Desk, course: Course, person: str) -> dict[str, Any]:
    going = _going(at, course)
    values = _round(at, course, going) | {"mine": bool(going and going.person == person), "heard": rounds.HEARD}
    marks = at.rounds.marks(going.id) if going else ()
    values["own"] = next((one for one in marks if one.person == person), None)
    values["rules"] = [(one, library.title(one)) for one in rounds.rules()]
    return values


def _going(at: Desk, course: Course) -> Round | None:
    """The round to show: of a closed course only one whose answers were shown."""
    going = at.rounds.now(course.id)
    return None if going and course.closed_at and not going.revealed else going


def _round(at: Desk, course: Course, going: Round | None) -> dict[str, Any]:
    """The round; its ``rows`` are there as soon as its call is over."""
    report = at.report(going.attempt) if going and going.attempt else None
    rows = rounds.table(report, at.rounds.marks(going.id)) if going and report else []
    return {"course": course, "going": going, "rows": rows}
