"""The verdict of a whole call: did they slow down and lower their voice, and what to try next time.

pace-then-lead is a bonus: kept when the trainee began above their own normal, near the customer's intensity, and
led down from there; otherwise it was not called for. keep-composure: the second half of the call is not faster,
higher or louder than the first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from trainer.coaching.baseline import missing
from trainer.coaching.compare import difference
from trainer.coaching.course import FIRST, HIGHER, Course, course
from trainer.coaching.quantity import pool
from trainer.coaching.thresholds import Quantity
from trainer.records import Call, CallLevel, CallPitch, CallState, CallTempo, Measures, Rule, Turn

MOST_ADVICE = 3
_QUANTITIES: tuple[Quantity, ...] = ("rate", "pitch", "level", "effort")
_RULE_OF: dict[Quantity, str] = {"rate": "speak-slowly", "pitch": "lower-voice", "level": "lower-voice"}


def verdict(turns: Sequence[Turn], baseline: Measures | None, rules: Mapping[str, Rule], name: str) -> Call:
    """What the whole call shows. ``turns`` in their order; without a baseline against the call's own answers."""
    courses = {quantity: course(quantity, [turn.answer for turn in turns], baseline) for quantity in _QUANTITIES}
    return Call(
        slowed_down=_tempo(courses["rate"]),
        lowered_pitch=_pitch(courses["pitch"]),
        lowered_volume=_level(courses["level"]),
        lowered_effort=_level(courses["effort"]),
        pace_then_lead=_pace_then_lead(courses, baseline, turns),
        keep_composure=_keep_composure(turns),
        next_time=_next_time(turns, courses, rules, name),
    )


def _tempo(found: Course) -> CallTempo:
    change = found.change
    if change is None:
        return CallTempo("not_measurable", "not_measurable", None, None, None, found.reason)
    return CallTempo(found.outcome, change.tempo_verdict, FIRST, found.since_turn, change.percent, found.reason)


def _pitch(found: Course) -> CallPitch:
    change = found.change
    if change is None:
        return CallPitch("not_measurable", "not_measurable", None, None, None, found.reason)
    return CallPitch(found.outcome, change.verdict, FIRST, found.since_turn, change.change, found.reason)


def _level(found: Course) -> CallLevel:
    change = found.change
    if change is None:
        return CallLevel("not_measurable", "not_measurable", None, None, None, found.reason)
    return CallLevel(found.outcome, change.verdict, FIRST, found.since_turn, change.change, found.reason)


def _pace_then_lead(courses: Mapping[Quantity, Course], baseline: Measures | None, turns: Sequence[Turn]) -> CallState:
    if baseline is None or not any(pool([baseline], quantity) for quantity in _QUANTITIES):
        return CallState("not_measurable", missing(baseline, "pitch"))
    if not turns:
        return CallState("not_measurable", "too_few_answers")
    led = [q for q in _QUANTITIES if courses[q].outcome == "came_down" and _above(q, turns[0], baseline)]
    return CallState("kept", None) if led else CallState("not_called_for", None)


def _above(quantity: Quantity, turn: Turn, baseline: Measures) -> bool:
    """Whether an answer lies above the trainee's own normal."""
    normal, heard = pool([baseline], quantity), pool([turn.answer], quantity)
    return bool(normal and heard and difference(quantity, normal, heard).verdict in HIGHER)


def _keep_composure(turns: Sequence[Turn]) -> CallState:
    middle = len(turns) // 2
    halves = [turn.answer for turn in turns[:middle]], [turn.answer for turn in turns[middle:]]
    states = []
    for quantity in _QUANTITIES:
        first, second = (pool(half, quantity) for half in halves)
        if first and second:
            states.append(difference(quantity, first, second).verdict in HIGHER)
    if not states:
        return CallState("not_measurable", "too_few_answers")
    return CallState("broken", None) if any(states) else CallState("kept", None)


def _next_time(
    turns: Sequence[Turn], courses: Mapping[Quantity, Course], rules: Mapping[str, Rule], name: str
) -> tuple[str, ...]:
    """Advice on what was broken most often; the voice first, since it is what this call is for."""
    broken = Counter(finding.rule for turn in turns for finding in turn.findings if finding.state == "broken")
    for quantity, rule in _RULE_OF.items():
        if courses[quantity].outcome in ("did_not", "went_up"):
            broken[rule] += len(turns)
    never = [rule for rule in rules.values() if rule.kind == "said" and not rule.breaks and not rule.over_call]
    said = {finding.rule for turn in turns for finding in turn.findings if finding.state == "kept"}
    order = [rule for rule, _ in broken.most_common()] + [rule.id for rule in never if rule.id not in said]
    advice = [rules[rule].advice_broken.format(name=name) for rule in order if rule in rules]
    return tuple(text for text in dict.fromkeys(advice) if text)[:MOST_ADVICE]
