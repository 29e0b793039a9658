"""The sentences of a report: what the figures say, in words. Shared by the terminal and the page."""

from collections.abc import Sequence

from trainer import library
from trainer.coaching.baseline import SWITCHED_OFF, age_s
from trainer.records import (
    Call,
    CallLevel,
    CallPitch,
    CallState,
    CallTempo,
    CallWords,
    Correction,
    Finding,
    Following,
    Line,
    Report,
    Talk,
)
from trainer.words import number, reason, say

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
        by=number(abs(by), ".0f" if quantity == "tempo" else ".1f"),
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
    text = f"{library.title(found.rule)}: {say(f'report.state_{found.state}')}"
    parts = [_figure(found.quantity, found.value, found.unit, found.against)]
    parts += [say("report.over_answers", count=found.answers)] if found.answers > 1 else []
    return text + _aside(parts, found.reason)


def correction(found: Correction) -> str:
    """What a coach says of a finding, and what the program had found."""
    what = say("report.corrected_was" if found.was else "report.corrected_was_not")
    turn, rule = say("report.turn", number=found.turn), library.title(found.rule)
    own = say(f"report.state_{found.found or 'not_called_for'}")
    note = f": {found.note}" if found.note else ""
    return say("report.corrected", turn=turn, rule=rule, what=what, found=own) + note


def reaction(line: Line) -> str:
    """What the customer said in the middle of a turn, and into what."""
    return say(f"report.reaction_{line.beat}", line=line.text)


def hint(found: Finding) -> str:
    """What to do otherwise next time: of a rule that was broken, or kept and overdone."""
    return found.advice if found.state == "broken" or (found.state == "kept" and found.reason) else ""


def over_call(report: Report) -> list[str]:
    """What only the whole call shows: two rules, slopes, who followed whom, and how the turns were taken."""
    call = report.call
    known = [_figure(one.quantity, one.per_turn, one.unit, None) for one in call.trends if one.per_turn is not None]
    said = rules_over_call(call) + ([say("report.trend", parts=", ".join(known))] if known else [])
    said += _followings(call.following)
    return said + ([talk(report.talk)] if report.talk else [])


def rules_over_call(call: Call) -> list[str]:
    """The rules that are judged over the whole call."""
    missed = [_missed(one) for one in call.words if one.state == "missed"]
    return [_state("pace-then-lead", call.pace_then_lead), _state("keep-composure", call.keep_composure), *missed]


def _missed(found: CallWords) -> str:
    """A piece of advice that was never taken, and the turn where its moment was."""
    text = f"{library.title(found.rule)}: {say(f'report.state_{found.state}')}"
    return text + _aside([say("report.moment", turn=found.turns[0])], None)


def _followings(found: Sequence[Following]) -> list[str]:
    """A sentence for each quantity, or one for all where none could be told for the same reason."""
    if len({(one.state, one.reason) for one in found}) == 1 and found[0].state == "not_measurable":
        return [say("report.nothing_followed", why=reason(found[0].reason or "not_measured"))]
    return [following(one) for one in found]


def following(found: Following) -> str:
    """Whether one quantity went along with the customer's."""
    quantity = say(f"report.quantity_{found.quantity}")
    if found.state == "not_measurable":
        return say("report.following_not_measurable", quantity=quantity, why=reason(found.reason or "not_measured"))
    return say(f"report.{found.state}", quantity=quantity, turns=found.turns, correlation=found.correlation)


def talk(found: Talk) -> str:
    """How the turns were taken, in one line."""
    parts = []
    if found.share is not None:
        parts.append(say("report.share", percent=100.0 * found.share))
    if found.median_latency_s is not None:
        parts.append(say("report.latency", seconds=found.median_latency_s))
    parts.append(_counted("overlaps", found.overlaps, found.overlap_s))
    if found.customer_overlaps:
        parts.append(say("report.customer_overlaps", count=found.customer_overlaps))
    if found.back_channels:
        parts.append(say("report.back_channels", count=found.back_channels))
    parts.append(_counted("silences", found.silences, found.dead_air_s))
    if found.filled_pauses_per_100_words is not None:
        parts.append(say("report.filled_pauses", number=found.filled_pauses_per_100_words))
    text = "; ".join(parts)
    return text[0].upper() + text[1:] + "." + (f" {_sentence(found.reason)}" if found.reason else "")


def _counted(what: str, count: int, seconds: float) -> str:
    return say(f"report.{what}", count=count, seconds=seconds) if count else say(f"report.{what}_none")


def _sentence(why: str) -> str:
    text = reason(why)
    return text[0].upper() + text[1:] + "."


def _state(rule: str, found: CallState) -> str:
    text = f"{library.title(rule)}: {say(f'report.state_{found.state}')}"
    if found.against == "baseline":
        parts = [_figure(found.quantity, found.value, found.unit, None, say("report.a_turn")), say("report.led")]
    elif found.value is None:
        parts = [say(f"report.against_{found.against}")] if found.against else []
    else:
        parts = [_figure(found.quantity, found.value, found.unit, found.against)]
    parts += [say("report.in_turn", turn=found.turn)] if found.turn else []
    return text + _aside(parts, found.reason)


def _figure(quantity: str | None, value: float | None, unit: str | None, against: str | None, per: str = "") -> str:
    """A figure with its name, its unit and its reference."""
    if value is None or not unit:
        return ""
    what = say(f"report.quantity_{quantity}") if quantity else ""
    figure = number(value, "+.1f" if unit != "s" else ".1f")
    held = say(f"report.against_{against}") if against else ""
    return " ".join(part for part in (what, figure, unit, per, held) if part)


def _aside(parts: list[str], why: str | None) -> str:
    inside = ", ".join(part for part in parts if part)
    return (f" ({inside})" if inside else "") + (f"; {reason(why)}" if why else "")
