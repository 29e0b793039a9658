"""What coaches ask trainees to rehearse: given by a form, shown before the calls, and told as kept, open or overdue.

Practice is private: only calls count that whoever asked may hear, so that nobody is told of any other. The trainee also
sees how many of theirs would count if they were shared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import access, library
from trainer.access import Person
from trainer.coaching.goals import goals, reached
from trainer.errors import BadInput, NotFound
from trainer.store import Summary, people
from trainer.store.assignments import Assignment
from trainer.store.index import NOT_OVER
from trainer.web import doors, forms
from trainer.web.desk import STAND_IN, Desk, now
from trainer.words import say

MOST = 20
"""So many calls may be asked for at most: our choice, a month of working days."""
ORDER = ("overdue", "open", "kept")


@dataclass(frozen=True)
class Asked:
    """An assignment and what became of it: the shared calls that count, how many more are not shared, the goal in
    words, and whether it was reached in one that counts (None where there is none to reach)."""

    assignment: Assignment
    calls: tuple[Summary, ...]
    private: int
    goal: str
    reached: bool | None
    state: Literal["kept", "open", "overdue"]


@doors.may("coach")
async def give(request: Request, at: Desk, who: Person) -> Response:
    """Ask a trainee to rehearse something."""
    asked = await run_in_threadpool(_read, at, who, await forms.read(request))
    await run_in_threadpool(lambda: at.assignments.give(who, now(), **asked))
    return RedirectResponse("/coaching#assignments", 303)


@doors.may("coach")
async def withdraw(request: Request, at: Desk, who: Person) -> Response:
    """Ask for it no more: for whoever asked."""
    found = await run_in_threadpool(at.assignments.get, doors.numbered(request.path_params["number"]))
    if not access.authorise(who, "withdraw", access.Written(Person(found.role, found.person))):
        raise NotFound(say("web.not_found"))
    await run_in_threadpool(at.assignments.withdraw, found.id)
    return RedirectResponse("/coaching#assignments", 303)


ROUTES = [
    Route("/assignments", give, methods=["POST"]),
    Route("/assignments/{number:int}/withdraw", withdraw, methods=["POST"]),
]


def given(at: Desk, who: Person) -> list[Asked]:
    """What somebody asked for, what is overdue first; by when it was due, and by nothing else."""
    found = [_asked(at, one) for one in at.assignments.by(who)]
    return sorted(found, key=lambda one: ORDER.index(one.state))


def asked_of(at: Desk, trainee: str) -> list[Asked]:
    """What a trainee was asked for; what is kept goes when its day is over."""
    found = [_asked(at, one) for one in at.assignments.of(trainee)]
    return [one for one in found if one.state != "kept" or one.assignment.due >= today()]


def choices(at: Desk, who: Person) -> dict[str, Any]:
    """What the form offers: trainees who have a link or share something, scenarios, goals."""
    sharing = {people.name(one.trainee) for one in doors.heard_by(at, who)} - {STAND_IN}
    return {
        "trainees": sorted({*at.links.trainees(), *sharing}),
        "scenarios": library.scenarios().values(),
        "goals": {id: told(id) for id in goals()},
        "today": today(),
        "most": MOST,
    }


def told(goal: str) -> str:
    """What a goal asks for, in one sentence; nothing of one that there is not."""
    found = goals().get(goal)
    return say(f"assignments.goal_{goal}", turns=found.within_turns, anger=found.anger) if found else ""


def today() -> str:
    """The day, in UTC, ISO 8601."""
    return now()[:10]


def _asked(at: Desk, one: Assignment) -> Asked:
    may_hear = doors.hears(at, Person(one.role, one.person))
    done = [call for call in at.attempts(one.trainee) if _counts(call, one)]
    calls = tuple(call for call in reversed(done) if may_hear(call))
    goal = goals().get(one.goal)
    reports = [report for call in calls if (report := at.report(call.attempt))]
    got_there = any(reached(goal, report) for report in reports) if goal else None
    kept = len(calls) >= one.least and got_there is not False
    state: Literal["kept", "open", "overdue"] = "kept" if kept else "overdue" if one.due < today() else "open"
    return Asked(one, calls, len(done) - len(calls), told(one.goal), got_there, state)


def _counts(call: Summary, one: Assignment) -> bool:
    """Whether a call is one that was asked for: of this scenario, since, to some end."""
    fits = call.scenario == one.scenario and call.started_at >= one.at
    return fits and bool(call.turns) and call.state not in NOT_OVER


def _read(at: Desk, who: Person, form: Mapping[str, str]) -> dict[str, Any]:
    """The assignment that a form asks for. Raises BadInput, with what is missing."""
    known = choices(at, who)
    trainee, scenario, goal = (form.get(name, "") for name in ("trainee", "scenario", "goal"))
    if trainee not in known["trainees"] or scenario not in library.scenarios() or goal not in ("", *goals()):
        raise BadInput(say("assignments.missing"))
    try:
        due = date.fromisoformat(form.get("due", "")).isoformat()
        least = int(form.get("least", ""))
    except ValueError as problem:
        raise BadInput(say("assignments.missing")) from problem
    if due < today() or not 1 <= least <= MOST:
        raise BadInput(say("assignments.out_of_range", most=MOST))
    return {"trainee": trainee, "scenario": scenario, "due": due, "least": least, "goal": goal}
