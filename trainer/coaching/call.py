"""The verdict of a whole call: did they slow down and lower their voice, and what to try next time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.coaching.advice import filled
from trainer.coaching.compare import level_follows
from trainer.coaching.course import FIRST, Course, course
from trainer.coaching.entrainment import following
from trainer.coaching.moments import missed, over_call
from trainer.coaching.thresholds import Quantity
from trainer.coaching.trajectory import QUANTITIES, keep_composure, pace_then_lead, trends
from trainer.records import Call, CallLevel, CallPitch, CallTempo, Measures, Role, Rule, Turn
from trainer.words import say

MOST_ADVICE = 3
LATE_TURN = 3
_RULE_OF: dict[Quantity, str] = {"rate": "speak-slowly", "pitch": "lower-voice", "level": "lower-voice"}


def verdict(
    turns: Sequence[Turn],
    baseline: Measures | None,
    rules: Mapping[str, Rule],
    name: str,
    roles: Mapping[str, Role] | None = None,
    matter: str = "",
) -> Call:
    """What the whole call shows. ``turns`` in their order; without a baseline against the call's own answers.

    ``roles`` of the scenario's beats, by which the moment of an advice is told; without them nothing is missed.
    """
    advice = _Advice(rules, name, matter)
    answers = [turn.answer for turn in turns]
    courses = {quantity: course(quantity, answers, baseline) for quantity in QUANTITIES}
    courses["level"] = _trusted_level(courses)
    words = over_call(turns, roles or {}, rules)
    unsaid = (
        missed(words) if roles is not None else [one.rule for one in words if not one.turns and rules[one.rule].due]
    )
    return Call(
        slowed_down=_tempo(courses["rate"]),
        lowered_pitch=_pitch(courses["pitch"]),
        lowered_volume=_level(courses["level"]),
        lowered_effort=_level(courses["effort"]),
        pace_then_lead=pace_then_lead(turns, courses, baseline),
        keep_composure=keep_composure(answers),
        next_time=(*_next_time(turns, courses, advice, unsaid), *_before_all(turns, baseline))[:MOST_ADVICE],
        trends=trends(turns),
        following=following(turns),
        words=words,
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


@dataclass(frozen=True)
class _Advice:
    """The advice of the rules, in this situation."""

    rules: Mapping[str, Rule]
    name: str
    matter: str

    def on(self, rule: str) -> str:
        return filled(self.rules[rule].advice_broken, self.name, self.matter) if rule in self.rules else ""


def _next_time(
    turns: Sequence[Turn], courses: Mapping[Quantity, Course], advice: _Advice, missed: Sequence[str]
) -> tuple[str, ...]:
    """Advice on what was broken most often, the voice first, since it is what this call is for; then on what was
    overdone, on who came down late, and on what was missed."""
    broken = Counter(finding.rule for turn in turns for finding in turn.findings if finding.state == "broken")
    for quantity, rule in _RULE_OF.items():
        if courses[quantity].outcome in ("did_not", "went_up"):
            broken[rule] += len(turns)
    beyond = [
        finding.advice for turn in turns for finding in turn.findings if finding.state == "kept" and finding.reason
    ]
    said = [advice.on(rule) for rule, _ in broken.most_common()]
    said += beyond + _sooner(courses, advice.rules) + [advice.on(rule) for rule in missed]
    return tuple(text for text in dict.fromkeys(said) if text)[:MOST_ADVICE]


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
