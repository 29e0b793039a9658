"""Guards: as slow and as low as possible is not the aim.

An answer that kept its rule and went far below the trainee's own normal voice stays kept, with the reason
("too_slow", "too_soft", "too_flat"), and earns no more. Over-articulated slow speech is heard as angrier; a voice that
is too soft is not heard at all. The bands are those of the rule; without a band, or a baseline, there is no guard.
"""

from collections.abc import Mapping
from dataclasses import replace

from trainer.coaching.compare import Difference, between
from trainer.coaching.course import LOWER
from trainer.coaching.quantity import Heard
from trainer.coaching.thresholds import Quantity, shipped_thresholds
from trainer.coaching.voice import Judged

Bands = Mapping[str, float]


def tempo(judged: Judged, answer: Heard, baseline: Heard | None, bands: Bands) -> Judged:
    """The judgement of speak-slowly, with "too_slow" where the answer was."""
    found = _below("rate", answer, baseline)
    slow = judged.state == "kept" and found and found.percent <= -bands.get("too_slow_from_percent", 100.0)
    return _beyond(judged, "rate", found, "too_slow") if slow else judged


def softness(judged: Judged, answer: Heard, baseline: Heard | None, bands: Bands) -> Judged:
    """The judgement of lower-voice, with "too_soft" or "too_flat" where the answer was."""
    if judged.state != "kept":
        return judged
    found = _below("level", answer, baseline)
    if found and "too_soft_from_db" in bands and found.change <= -bands["too_soft_from_db"]:
        return _beyond(judged, "level", found, "too_soft")
    return replace(judged, reason="too_flat") if baseline and _flat(answer, baseline, bands) else judged


def _below(quantity: Quantity, answer: Heard, baseline: Heard | None) -> Difference | None:
    """How far the answer lies below one's own normal; None where it does not, beyond chance."""
    found = between(quantity, baseline, answer) if baseline else None
    return found if isinstance(found, Difference) and found.verdict in LOWER else None


def _beyond(judged: Judged, quantity: Quantity, found: Difference | None, reason: str) -> Judged:
    return replace(judged, quantity=quantity, against="baseline", difference=found, reason=reason, pooled_with=())


def _flat(answer: Heard, baseline: Heard, bands: Bands) -> bool:
    """Whether the pitch hardly moved, in an answer long enough to tell."""
    span_st, normal_st = answer.pitch.span_st, baseline.pitch.span_st
    if span_st is None or normal_st is None or answer.speech_s < shipped_thresholds().short_speech_s:
        return False
    return span_st < bands.get("too_flat_under_st", 0.0) and span_st < bands.get("too_flat_share", 0.0) * normal_st
