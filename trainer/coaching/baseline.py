"""The trainee's own normal voice: whether a sound check may serve as one, and what of it a call may be held against.

A level means something only on the device and in the session in which it was taken, effort only on the same device;
pitch and tempo belong to the person. The limits, with their reasons, stand in trainer/guides/thresholds.yaml.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import TypeVar, get_args

from trainer.coaching.quantity import Heard, pool, why_not
from trainer.coaching.thresholds import Quantity, shipped_thresholds
from trainer.records import Answer, Baseline, Measures

SWITCHED_OFF = "switched_off"
H = TypeVar("H", Answer, Measures)
_QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)


@dataclass(frozen=True)
class Reference:
    """What a call is held against: the normal voice without what may not be compared, and ids of what is to be said."""

    normal: Measures | None
    notes: tuple[str, ...]


def refused(reading: Measures, spontaneous: Measures) -> str | None:
    """Why these two parts of a sound check cannot be anybody's normal voice; None where they can."""
    for warning in ("too_noisy", "second_voice"):
        if any(warning in part.quality.warnings for part in (reading, spontaneous)):
            return warning
    known = shipped_thresholds().baseline
    apart = {quantity: _rise(quantity, reading, [spontaneous]) for quantity in _QUANTITIES}
    if abs(apart["pitch"] or 0.0) > known.parts_apart_st or abs(apart["effort"] or 0.0) > known.parts_apart_effort_db:
        return "not_one_voice"
    return None


def reference(baseline: Baseline | None, device: str, at: str, without_rate: bool = False) -> Reference:
    """What of ``baseline`` counts in a call on ``device`` that begins ``at`` (ISO 8601).

    ``without_rate``: the trainee has switched the tempo off for good; it is then absent, not failed.
    """
    found = _reference(baseline, device, at) if baseline else Reference(None, ("no_baseline",))
    if not without_rate:
        return found
    normal = without(found.normal, "rate", SWITCHED_OFF) if found.normal else None
    return Reference(normal, (*found.notes, SWITCHED_OFF))


def _reference(baseline: Baseline, device: str, at: str) -> Reference:
    known = shipped_thresholds().baseline
    age = age_s(baseline.taken_at, at)
    normal, notes = comparable(baseline), []
    if baseline.device != device:
        notes.append("other_device")
        normal = without(without(normal, "level", "other_device"), "effort", "other_device")
    elif abs(age) > known.session_hours * 3600.0:
        notes.append("other_session")
        normal = without(normal, "level", "other_session")
    elif not baseline.fit_for_volume:
        notes.append("not_fit_for_volume")
    if age > known.old_days * 86400.0:
        notes.append("old_baseline")
    return Reference(normal, tuple(notes))


def comparable(baseline: Baseline) -> Measures:
    """The spontaneous part, its level only where the sound check found it fit to be compared."""
    if baseline.fit_for_volume:
        return baseline.spontaneous
    return without(baseline.spontaneous, "level", "not_fit_for_volume")


def against(found: Reference, answers: Sequence[Heard]) -> Reference:
    """The same reference, or, where the answers are not in the voice of the sound check, nothing of it."""
    if found.normal is None or fits(found.normal, answers):
        return found
    normal = found.normal
    for quantity in _QUANTITIES:
        normal = without(normal, quantity, "not_this_voice")
    return Reference(normal, (*found.notes, "not_this_voice"))


def fits(normal: Heard, answers: Sequence[Heard]) -> bool:
    """Whether the answers may be the voice of ``normal``, which nobody's excitement can make them cease to be.

    No one falls far below their own normal pitch for a whole answer; and a pitch that rises with excitement rises
    with effort. A person whose voice lies near the other's is not told from them.
    """
    known = shipped_thresholds()
    spoken = pool(answers, "pitch")
    rise_st = _rise("pitch", normal, answers)
    if spoken is None or rise_st is None or spoken.speech_s < known.short_speech_s:
        return True
    if rise_st < -known.baseline.another_lower_st:
        return False
    effort_db = _rise("effort", normal, answers)
    if effort_db is None:
        return True
    return rise_st - known.baseline.st_per_effort_db * max(effort_db, 0.0) <= known.baseline.another_higher_st


def missing(normal: Heard | None, quantity: Quantity) -> str:
    """Why ``quantity`` of an answer cannot be held against one's own normal voice."""
    return "no_baseline" if normal is None else why_not(normal, quantity)


def without(heard: H, quantity: Quantity, reason: str) -> H:
    """The same measures, with ``quantity`` not measurable for that reason; its spans of time stay."""
    measure = getattr(heard, quantity)
    numbers = {one.name for one in fields(measure) if not isinstance(getattr(measure, one.name), tuple)}
    empty = dict.fromkeys(numbers - {"status", "reason"})
    return replace(heard, **{quantity: replace(measure, status="not_measurable", reason=reason, **empty)})


def age_s(taken_at: str, at: str) -> float:
    """Seconds from one moment to the other, both ISO 8601 with their offset."""
    return (datetime.fromisoformat(at) - datetime.fromisoformat(taken_at)).total_seconds()


def _rise(quantity: Quantity, before: Heard, after: Sequence[Heard]) -> float | None:
    old, new = pool([before], quantity), pool(after, quantity)
    return new.value - old.value if old and new else None
