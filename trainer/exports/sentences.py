"""The sentences of a report: what the figures say, in words. Shared by the terminal and the page."""

from trainer.coaching.baseline import SWITCHED_OFF, age_s
from trainer.records import Call, CallLevel, CallPitch, CallTempo, Finding, Report
from trainer.words import reason, say

Course = CallTempo | CallPitch | CallLevel


def change(course: Course) -> float | None:
    """By how much a quantity changed over the call, in its unit."""
    if isinstance(course, CallTempo):
        return course.change_percent
    return course.change_st if isinstance(course, CallPitch) else course.change_db


def age(seconds: float) -> str:
    """How old something is, in one figure."""
    minutes = max(1, round(seconds / 60.0))
    if minutes < 100:
        return say("soundcheck.age_min", n=minutes)
    hours = round(minutes / 60.0)
    return say("soundcheck.age_h", n=hours) if hours < 48 else say("soundcheck.age_days", n=round(hours / 24.0))


def compared(device: str, taken_at: str, at: str) -> str:
    """Which sound check a call is compared with, and how old it was when the call began."""
    return say("report.compared", age=age(age_s(taken_at, at)), device=device)


def notes(report: Report) -> list[str]:
    """What the voice was compared with, and what is to be known about it."""
    said = [say(f"report.note_{note}") for note in report.notes]
    if report.baseline_taken_at and "not_this_voice" not in report.notes:
        said.insert(0, compared(report.baseline_device, report.baseline_taken_at, report.started_at))
    return said


def absent(reason: str | None) -> bool:
    """Whether something was not measured because the trainee does not want it: then it is not even mentioned."""
    return reason == SWITCHED_OFF


def verdict(report: Report) -> str:
    """The whole call in a few words: tempo, pitch, volume."""
    call = report.call
    volume = call.lowered_volume
    parts = [] if absent(call.slowed_down.reason) else [course("tempo", call.slowed_down)]
    parts.append(course("pitch", call.lowered_pitch))
    if volume.outcome == "not_measurable" and call.lowered_effort.outcome != "not_measurable":
        parts.append(course("effort", call.lowered_effort))
    else:
        parts.append(course("volume", volume))
    return " ".join(parts)


def course(quantity: str, found: Course) -> str:
    """One quantity over the call, as a sentence."""
    by = change(found)
    if found.outcome == "not_measurable" or by is None:
        why = reason(found.reason or "not_measured")
        return say(f"verdicts.{quantity}_not_measurable", why=why)
    since = say("verdicts.since", turn=found.since_turn) if found.since_turn else ""
    return say(
        f"verdicts.{quantity}_{found.outcome}",
        by=f"{abs(by):.0f}" if quantity == "tempo" else f"{abs(by):.1f}",
        since=since,
    )


def unmeasured(call: Call) -> list[str]:
    """What could not be measured over the call, and why."""
    named: dict[str, Course] = {
        "tempo": call.slowed_down,
        "pitch": call.lowered_pitch,
        "volume": call.lowered_volume,
        "effort": call.lowered_effort,
    }
    return [
        course(quantity, found)
        for quantity, found in named.items()
        if found.outcome == "not_measurable" and found.reason and not absent(found.reason)
    ]


def finding(found: Finding) -> str:
    """A finding in one line: the rule, its state, the figure and what it is held against."""
    text = f"{say(f'report.rule_{found.rule}')}: {say(f'report.state_{found.state}')}"
    if found.value is not None and found.unit:
        figure = f"{found.value:+.1f}" if found.unit != "s" else f"{found.value:.1f}"
        what = say(f"report.quantity_{found.quantity}") + " " if found.quantity else ""
        against = f" {say(f'report.against_{found.against}')}" if found.against else ""
        text += f" ({what}{figure} {found.unit}{against})"
    if found.reason:
        text += f"; {reason(found.reason)}"
    return text
