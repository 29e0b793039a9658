"""The verdict of a whole call: did they slow down and lower their voice, and what to try next time."""

from collections import Counter
from collections.abc import Mapping, Sequence

from trainer.coaching.advice import filled
from trainer.coaching.compare import level_follows
from trainer.coaching.course import FIRST, Course, course
from trainer.coaching.entrainment import following
from trainer.coaching.thresholds import Quantity
from trainer.coaching.trajectory import QUANTITIES, keep_composure, pace_then_lead, trends
from trainer.records import Call, CallLevel, CallPitch, CallTempo, Measures, Rule, Turn
from trainer.words import say

MOST_ADVICE = 3
LATE_TURN = 3
_RULE_OF: dict[Quantity, str] = {"rate": "speak-slowly", "pitch": "lower-voice", "level": "lower-voice"}


def verdict(turns: Sequence[Turn], baseline: Measures | None, rules: Mapping[str, Rule], name: str) -> Call:
    """What the whole call shows. ``turns`` in their order; without a baseline against the call's own answers."""
    answers = [turn.answer for turn in turns]
    courses = {quantity: course(quantity, answers, baseline) for quantity in QUANTITIES}
    courses["level"] = _trusted_level(courses)
    return Call(
        slowed_down=_tempo(courses["rate"]),
        lowered_pitch=_pitch(courses["pitch"]),
        lowered_volume=_level(courses["level"]),
        lowered_effort=_level(courses["effort"]),
        pace_then_lead=pace_then_lead(turns, courses, baseline),
        keep_composure=keep_composure(answers),
        next_time=(*_next_time(turns, courses, rules, name), *_before_all(turns, baseline))[:MOST_ADVICE],
        trends=trends(turns),
        following=following(turns),
    )


def _trusted_level(courses: Mapping[Quantity, Course]) -> Course:
    """The course of the level; none where pitch and effort both went where the level did not."""
    witnesses = [change for quantity in ("pitch", "effort") if (change := courses[quantity].change)]
    found = courses["level"]
    if found.change and not level_follows(found.change, witnesses):
        return Course("not_measurable", None, None, "level_and_effort_disagree")
    return found


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
    beyond = [
        finding.advice for turn in turns for finding in turn.findings if finding.state == "kept" and finding.reason
    ]
    advice = [filled(rules[rule].advice_broken, name) for rule, _ in broken.most_common() if rule in rules]
    advice += (
        beyond + _sooner(courses, rules) + [filled(rule.advice_broken, name) for rule in never if rule.id not in said]
    )
    return tuple(text for text in dict.fromkeys(advice) if text)[:MOST_ADVICE]


def _before_all(turns: Sequence[Turn], baseline: Measures | None) -> list[str]:
    """What no rule says: to answer at all, and to know one's own normal voice."""
    silent = [say("report.next_time_answer")] if any(not turn.answer.speech_s for turn in turns) else []
    return silent + ([] if baseline else [say("report.next_time_sound_check")])


def _sooner(courses: Mapping[Quantity, Course], rules: Mapping[str, Rule]) -> list[str]:
    """To those who came down, but late, by the turn since which they were down."""
    late: dict[str, int] = {}
    for quantity, rule in _RULE_OF.items():
        late[rule] = max(late.get(rule, 0), courses[quantity].since_turn or 0)
    known = [(rules[rule].advice_sooner, turn) for rule, turn in late.items() if rule in rules and turn >= LATE_TURN]
    return [advice.format(turn=turn) for advice, turn in known if advice]
