"""One judge for a turn: the findings that the trainee sees are the ones that move the customer.

Each rule of the guides that can be judged in a single answer has its judgement here; what needs the whole call is
in ``call.py``. Bands and phrases come from the rule, thresholds from thresholds.yaml.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from trainer import library
from trainer.coaching import advice, guards, spoken, voice
from trainer.coaching.advice import filled
from trainer.coaching.phrases import Said
from trainer.coaching.thresholds import shipped_thresholds
from trainer.coaching.voice import UNITS, Judged
from trainer.records import Answer, AtMark, Finding, Measures, Rule, Span, State

LATE_EAR, TOO_OFTEN = "late_ear", "too_often"
LEAK = "leak"
_OVER_THE_LINE = ("never-interrupt", "wait-for-the-lull", "silence-after-the-question")


@dataclass(frozen=True)
class Context:
    """What an answer is judged against: one's own normal voice, the answers before, and the customer's name.

    ``output_latency_s``: how long the customer's voice takes to the ear; None where nobody knows. ``at_marks``: what
    they did at the marks of the line, in its order. ``leaks``: nobody can be heard while the customer speaks.
    ``language`` is that of the call, ``matter`` what it is about, as advice names it.
    """

    baseline: Measures | None
    earlier: Sequence[Answer]
    name: str
    output_latency_s: float | None
    at_marks: tuple[AtMark, ...] = ()
    leaks: bool = False
    language: str = "en"
    matter: str = ""


def judge(answer: Answer, context: Context, rules: Mapping[str, Rule]) -> tuple[Finding, ...]:
    """The findings about one answer, in the order of the rules."""
    found = []
    by_word = [rule for rule in rules.values() if rule.kind == "said" and not rule.over_call]
    said = spoken.find_all(by_word, answer.words, context.name, context.language)
    for rule in rules.values():
        if rule.id in said:
            found.append(_said(rule, said[rule.id], answer, context))
        elif rule.id in _OVER_THE_LINE and context.leaks:
            found.append(_timed(rule, "not_measurable", None, (), context, LEAK))
        elif rule.id in _JUDGES:
            found.append(_JUDGES[rule.id](rule, answer, context))
    return tuple(found)


def _speak_slowly(rule: Rule, answer: Answer, context: Context) -> Finding:
    judged = voice.judge("rate", answer, context.baseline, context.earlier)
    judged = guards.tempo(judged, answer, context.baseline, rule.bands)
    return _heard(rule, answer, context, judged)


def _lower_voice(rule: Rule, answer: Answer, context: Context) -> Finding:
    judged = voice.lower_voice(answer, context.baseline, context.earlier)
    if judged.state == "broken" and not context.earlier:
        # pace-then-lead: the first answer may begin near the customer's own intensity.
        judged = Judged(judged.quantity, "not_called_for", judged.against, judged.difference, "first_answer")
    judged = guards.softness(judged, answer, context.baseline, rule.bands)
    return _heard(rule, answer, context, judged)


def _heard(rule: Rule, answer: Answer, context: Context, judged: Judged) -> Finding:
    rests_on = [*(context.earlier[place] for place in judged.pooled_with), answer]
    spans = tuple((one.start_s, one.end_s) for one in rests_on) if judged.difference else ()
    unit = UNITS[judged.quantity] if judged.difference else None
    return Finding(
        rule=rule.id,
        guide=rule.guides,
        state=judged.state,
        against=judged.against,
        reason=judged.reason,
        unsure=answer.quality.warnings != (),
        value=judged.value,
        unit=unit,
        spans=spans,
        advice=_advice(rule, judged.state, context, judged.reason),
        quantity=judged.quantity,
        answers=len(rests_on),
    )


def _never_interrupt(rule: Rule, answer: Answer, context: Context) -> Finding:
    cuts = tuple(span for span in answer.overlaps if span[1] - span[0] >= rule.bands["shortest_overlap_s"])
    if not cuts and answer.overlaps and shipped_thresholds().turns.late_ear(context.output_latency_s):
        return _timed(rule, "not_measurable", None, (), context, LATE_EAR)
    state: State = "broken" if cuts else "kept"
    seconds = sum(end - start for start, end in cuts)
    return _timed(rule, state, seconds if cuts else None, cuts, context)


def _breathe_first(rule: Rule, answer: Answer, context: Context) -> Finding:
    if answer.latency_s is None:
        return _timed(rule, "not_measurable", None, (), context, "no_answer")
    known = shipped_thresholds().turns
    late = known.late_ear(context.output_latency_s)
    snatched_under_s = rule.bands["snatched_under_s"]
    if late and -known.late_ear_overlap_s < answer.latency_s < snatched_under_s + known.late_ear_most_s:
        return _timed(rule, "not_measurable", None, (), context, LATE_EAR)
    if answer.latency_s < 0:
        return _timed(rule, "not_called_for", None, (), context, "interrupted")
    kept = snatched_under_s <= answer.latency_s < rule.bands["dead_air_from_s"]
    gap = (answer.start_s - answer.latency_s, answer.start_s)
    return _timed(rule, "kept" if kept else "broken", answer.latency_s, (gap,), context)


def _wait_for_the_lull(rule: Rule, answer: Answer, context: Context) -> Finding:
    """Kept by the first word into a lull, or by silence to the line's end; broken by a word on the crest before it."""
    lulls = [at for at in context.at_marks if at.kind == "lull"]
    cuts = answer.overlaps
    for at in lulls:
        if at.before_s > 0.0:
            late = shipped_thresholds().turns.late_ear(context.output_latency_s)
            if late and at.before_s < shipped_thresholds().turns.late_ear_overlap_s:
                return _timed(rule, "not_measurable", None, (), context, LATE_EAR)
            return _timed(rule, "broken", at.before_s, cuts, context)
        if at.began_after_s is not None:
            return _timed(rule, "kept", None, (), context)
    return _timed(rule, "not_called_for" if not lulls else "missed" if cuts else "kept", None, cuts, context)


def _silence_after_the_question(rule: Rule, answer: Answer, context: Context) -> Finding:
    asked = [at for at in context.at_marks if at.kind == "question" and at.reached]
    if not asked:
        return _timed(rule, "not_called_for", None, (), context)
    spoken = next((at for at in asked if at.began_after_s is not None or at.silence_s == 0.0), None)
    cuts = answer.overlaps if spoken else ()
    return _timed(rule, "broken" if spoken else "kept", (spoken or asked[0]).silence_s, cuts, context)


def _timed(
    rule: Rule, state: State, value: float | None, spans: tuple[Span, ...], context: Context, reason: str | None = None
) -> Finding:
    unit = None if value is None else "s"
    advice = _advice(rule, state, context)
    return Finding(rule.id, rule.guides, state, "line", reason, False, value, unit, spans, advice)


def _said(rule: Rule, said: Sequence[Said], answer: Answer, context: Context) -> Finding:
    if not answer.words:
        return _words(rule, "not_measurable", "no_words", (), context)
    if context.language not in library.languages():
        return _words(rule, "not_measurable", "no_phrases", (), context)
    if not said:
        return _words(rule, "not_called_for", None, (), context)
    if not rule.breaks:
        often = len(said) > rule.bands.get("most_times", len(said))
        return _words(rule, "kept", TOO_OFTEN if often else None, said, context)
    if all(one.unsure for one in said):  # a false reproach is worse than a missed one
        return _words(rule, "not_measurable", "unsure_words", said, context)
    return _words(rule, "broken", None, said, context)


def _words(rule: Rule, state: State, reason: str | None, said: Sequence[Said], context: Context) -> Finding:
    spans = tuple(one.span for one in said)
    unsure = bool(said) and all(one.unsure for one in said)
    advice = _advice(rule, state, context, reason)
    return Finding(rule.id, rule.guides, state, None, reason, unsure, None, None, spans, advice)


def _advice(rule: Rule, state: State, context: Context, reason: str | None = None) -> str:
    return filled(advice.on(rule, state, reason), context.name, context.matter)


_JUDGES: dict[str, Callable[[Rule, Answer, Context], Finding]] = {
    "speak-slowly": _speak_slowly,
    "lower-voice": _lower_voice,
    "never-interrupt": _never_interrupt,
    "breathe-first": _breathe_first,
    "wait-for-the-lull": _wait_for_the_lull,
    "silence-after-the-question": _silence_after_the_question,
}
