"""How a course went, once it is closed: per rule, how many kept it; and the same as a file.

While it goes on there is nothing to see: from one sum and the next, what somebody has just done could be read. Names
are not shown until the instructor asks for them, and then those of people who share this course with them.
"""

import csv
import io
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import access, documents, library
from trainer.access import Person
from trainer.coaching import group
from trainer.errors import NotFound
from trainer.records import Report
from trainer.store.courses import Course
from trainer.web import doors, forms, rendering
from trainer.web.desk import Desk, shared
from trainer.words import say

FORMULA = "=+-@\t\r"
"""A spreadsheet computes what begins so (OWASP, CSV Injection): there it gets an apostrophe before it."""
FILE = "course-{number}.{kind}"


@dataclass(frozen=True)
class Outcome:
    """Of how many who rehearsed how many are counted, the rules, and which people share all that is counted of them."""

    people: int
    counted: int
    rules: tuple[group.RuleInGroup, ...]
    sharing: frozenset[str]


@doors.of_course("teach")
async def outcome(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """The page of it."""
    found = await run_in_threadpool(_outcome, at, who, course) if course.closed_at else None
    values: dict[str, Any] = {"course": course, "found": found, "named": request.query_params.get("names") == "yes"}
    values["coaching_only"] = await run_in_threadpool(lambda: at.settings.coaching_only)
    return rendering.page("outcome.html", person=who.name, role=who.role, title=library.title, **values)


@doors.of_course("teach")
async def file(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """The same as CSV or JSON: with names only where they are asked for, and the site is not for coaching only."""
    kind = request.path_params["kind"]
    if kind not in ("csv", "json") or not course.closed_at:
        raise NotFound(say("web.not_found"))
    found = await run_in_threadpool(_outcome, at, who, course)
    only = await run_in_threadpool(lambda: at.settings.coaching_only)
    named = request.query_params.get("names") == "yes" and not only
    rows = [_row(found, one, named) for one in found.rules]
    text, media = (_csv(rows), "text/csv") if kind == "csv" else (_json(course, found, rows), "application/json")
    name = FILE.format(number=course.id, kind=kind)
    return Response(text, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})


@doors.may("admit")
async def set_coaching_only(request: Request, at: Desk, who: Person) -> Response:
    """Whether this site is for practice alone."""
    on = (await forms.read(request)).get("on") == "yes"
    await run_in_threadpool(at.settings.set_coaching_only, on)
    return RedirectResponse("/links#site", 303)


ROUTES = [
    Route("/courses/{course:int}/outcome", outcome),
    Route("/courses/{course:int}/outcome.{kind}", file),
    Route("/settings/coaching-only", set_coaching_only, methods=["POST"]),
]


def _outcome(at: Desk, who: Person, course: Course) -> Outcome:
    """What the calls of a course come to, for its instructor."""
    said = at.sharing.everybody()
    calls: dict[str, list[Report]] = {}
    private: set[str] = set()
    for attempt, person in at.courses.attempts(course.id).items():
        report = at.report(attempt)
        if report and report.turns:
            calls.setdefault(person, []).append(report)
            thing = shared(person, attempt, said[person], course) if person in said else access.Attempt(person)
            private |= set() if access.authorise(who, "hear", thing) else {person}
    sharing = frozenset(calls.keys() - private)
    counted = group.counted(calls.keys(), sharing)
    rules = group.rules({person: reports for person, reports in calls.items() if person in counted})
    return Outcome(len(calls), len(counted), rules, sharing)


def _row(found: Outcome, one: group.RuleInGroup, named: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"rule": one.rule, "title": library.title(one.rule)}
    row |= {"kept": one.share.kept, "people": one.share.occasions}
    if named:
        row["kept_by"] = [who for who in one.kept_by if who in found.sharing]
        row["not_kept_by"] = [who for who in one.not_kept_by if who in found.sharing]
    return row


def _json(course: Course, found: Outcome, rows: list[dict[str, Any]]) -> str:
    about = {"course": course.title, "opened_at": course.opened_at, "closed_at": course.closed_at}
    return documents.text({"format": 1, **about, "people": found.people, "counted": found.counted, "rules": rows})


def _csv(rows: list[dict[str, Any]]) -> str:
    """With the mark by which a spreadsheet knows UTF-8, and the line ends of RFC 4180."""
    made = io.StringIO()
    writing = csv.DictWriter(made, rows[0].keys() if rows else ["rule", "title", "kept", "people"])
    writing.writeheader()
    for row in rows:
        cells = {name: "; ".join(one) if isinstance(one, list) else one for name, one in row.items()}
        writing.writerow({name: _harmless(one) if isinstance(one, str) else one for name, one in cells.items()})
    return "\ufeff" + made.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(tuple(FORMULA)) else cell
