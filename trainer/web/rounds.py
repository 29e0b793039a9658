"""Round the room: one rehearses at the only headset, the others mark what they hear, and then see what was measured.

Whoever rehearses agrees first that the others see it. Nothing is shown before all who are there have marked, or their
instructor says so: what is read off first is not heard any more.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import library
from trainer.access import Person
from trainer.errors import BadInput, NotFound
from trainer.exports import sentences
from trainer.records import Call, CallLevel, CallPitch, CallTempo, Report
from trainer.store import people
from trainer.store.courses import Course
from trainer.store.rounds import Mark, Round
from trainer.web import doors, forms
from trainer.web.desk import Desk, now
from trainer.web.whereabouts import AWAY, Whereabouts
from trainer.words import number, reason, say

HEARD = ("yes", "no", "unsure")


@dataclass(frozen=True)
class Row:
    """A question, what the group heard, and what was measured."""

    asked: str
    group: str
    measured: tuple[str, ...]


@doors.of_course("teach")
async def ask(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """Ask somebody to rehearse before the others."""
    form = await forms.read(request)
    person, scenario = form.get("person", ""), form.get("scenario", "")
    if person not in course.members or scenario not in await run_in_threadpool(library.scenarios):
        raise BadInput(say("rounds.ask_missing"))
    await run_in_threadpool(at.rounds.ask, course.id, person, scenario, now())
    return _changed(request, course, "board")


@doors.of_course("teach")
async def reveal(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """Show what was measured, though not everybody has marked."""
    going = await run_in_threadpool(at.rounds.now, course.id)
    if going and at.report(going.attempt):
        await run_in_threadpool(at.rounds.reveal, going.id, now())
    return _changed(request, course, "board")


@doors.of_course("teach")
async def close(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """The round is over."""
    going = await run_in_threadpool(at.rounds.now, course.id)
    if going:
        await run_in_threadpool(at.rounds.close, going.id, now())
    return _changed(request, course, "board")


@doors.of_course("attend")
async def agree(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """Who was asked agrees, and goes to the call; or would rather not."""
    going = await _going(at, course)
    if going.person != people.name(who.name):
        raise NotFound(say("web.not_found"))
    agreed = (await forms.read(request)).get("agree") == "yes"
    await run_in_threadpool(at.rounds.agree if agreed else at.rounds.close, going.id, now())
    return _changed(request, course, "", f"/call/{going.scenario}" if agreed else "")


@doors.of_course("attend")
async def mark(request: Request, at: Desk, who: Person, course: Course) -> Response:
    """Keep what somebody heard; where they were the last one, everybody sees what was measured."""
    going, form = await _going(at, course), await forms.read(request)
    if going.person == people.name(who.name) or not at.report(going.attempt):
        raise NotFound(say("web.not_found"))
    await run_in_threadpool(at.rounds.mark, going.id, _mark(people.name(who.name), form), now())
    marked = {one.person for one in await run_in_threadpool(at.rounds.marks, going.id)}
    if not listeners(course, going, request.app.state.whereabouts) - marked:
        await run_in_threadpool(at.rounds.reveal, going.id, now())
    return _changed(request, course, "")


ROUTES = [
    Route("/courses/{course:int}/rounds", ask, methods=["POST"]),
    Route("/courses/{course:int}/rounds/reveal", reveal, methods=["POST"]),
    Route("/courses/{course:int}/rounds/close", close, methods=["POST"]),
    Route("/courses/{course:int}/rounds/agree", agree, methods=["POST"]),
    Route("/courses/{course:int}/rounds/mark", mark, methods=["POST"]),
]


def listeners(course: Course, going: Round, whereabouts: Whereabouts) -> set[str]:
    """Those who are there, and listen."""
    return {one for one in course.members if one != going.person and whereabouts.of(one) != AWAY}


def rules() -> list[str]:
    """The rules that an answer can be heard to keep: not those that tell what to avoid, or are of a whole call."""
    judged = ("heard", "timed", "said")
    return [id for id, one in library.rules().items() if one.kind in judged and not one.breaks and not one.over_call]


def table(report: Report, marks: Sequence[Mark]) -> list[Row]:
    """Each question with the group's answers, counted, beside what was measured."""
    call, said = report.call, Counter(one.rule for one in marks if one.rule)
    named = say("rounds.no_rule") if not said else ", ".join(f"{library.title(one)} ({said[one]})" for one in said)
    tempo = (_measured("rate", call.slowed_down),)
    if sentences.absent(call.slowed_down.reason):
        tempo = (say("rounds.switched_off"),)
    return [
        Row(say("rounds.slower"), _counted(one.slower for one in marks), tempo),
        Row(say("rounds.lower"), _counted(one.lower for one in marks), _height(call)),
        Row(say("rounds.rule"), named, tuple(_kept(report, one) for one in said)),
    ]


async def _going(at: Desk, course: Course) -> Round:
    going = await run_in_threadpool(at.rounds.now, course.id)
    if going is None or going.revealed or course.closed_at:
        raise NotFound(say("web.not_found"))
    return going


def _changed(request: Request, course: Course, page: str, where: str = "") -> Response:
    request.app.state.whereabouts.changed(course.id)
    own = f"/courses/{course.id}/{page}" if page else f"/courses/{course.id}"
    return RedirectResponse(where or f"{own}#round", 303)


def _mark(person: str, form: dict[str, str]) -> Mark:
    """What a form says. Raises BadInput where a question is left open."""
    if form.get("listens"):
        return Mark(person, "", "", "")
    slower, lower, rule = (form.get(name, "") for name in ("slower", "lower", "rule"))
    if not {slower, lower} <= set(HEARD) or rule not in ("", *rules()):
        raise BadInput(say("rounds.mark_missing"))
    return Mark(person, slower, lower, rule)


def _counted(heard: Iterable[str]) -> str:
    known = Counter(heard)
    return " · ".join(say(f"rounds.heard_{one}", count=known[one]) for one in HEARD)


def _height(call: Call) -> tuple[str, ...]:
    """Pitch, and volume or what stands for it."""
    effort = call.lowered_volume.outcome == "not_measurable" and call.lowered_effort.outcome != "not_measurable"
    loud = _measured("effort", call.lowered_effort) if effort else _measured("level", call.lowered_volume)
    return _measured("pitch", call.lowered_pitch), loud


def _measured(quantity: str, found: CallTempo | CallPitch | CallLevel) -> str:
    name, by = say(f"progress.{quantity}"), sentences.change(found)
    if found.outcome == "not_measurable" or by is None:
        return say("rounds.not_measurable", quantity=name, why=reason(found.reason or "not_measured"))
    unit = {"rate": "%", "pitch": "st"}.get(quantity, "dB")
    figure = f"{number(abs(by), '.0f' if quantity == 'rate' else '.1f')} {unit}"
    return say(f"rounds.{found.outcome}", quantity=name, figure=figure)


def _kept(report: Report, rule: str) -> str:
    turns = [
        str(turn.number) for turn in report.turns for one in turn.findings if (one.rule, one.state) == (rule, "kept")
    ]
    name = library.title(rule)
    return say("rounds.kept", rule=name, turns=", ".join(turns)) if turns else say("rounds.not_kept", rule=name)
