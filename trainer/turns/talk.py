"""How the turns of a whole call were taken: talk share, latency, overlaps, back-channels, dead air, filled pauses."""

from collections.abc import Sequence
from statistics import median

from trainer.records import Line, Talk, Turn
from trainer.turns.timing import length_s, total_s

LATE_EAR = "late_ear"


def talk(
    turns: Sequence[Turn], closing: Line | None, shortest_overlap_s: float, output_latency_s: float | None
) -> Talk:
    """The figures of a call. Overlaps shorter than ``shortest_overlap_s`` cannot be told on this headset (0: all can).

    Latencies are withheld where nobody knows how long the customer's voice takes to the ear.
    """
    answers = [turn.answer for turn in turns]
    told = [span for one in answers for span in one.overlaps if length_s(span) >= shortest_overlap_s]
    latencies = [one.latency_s for one in answers if one.latency_s is not None]
    words = sum(len(one.words) for one in answers)
    filled = sum(len(one.rate.filled_pauses) for one in answers)
    return Talk(
        share=_share(turns, closing),
        median_latency_s=median(latencies) if latencies and output_latency_s is not None else None,
        overlaps=len(told),
        overlap_s=total_s(tuple(told)),
        customer_overlaps=sum(len(one.customer_overlaps) for one in answers),
        back_channels=sum(len(one.back_channels) for one in answers),
        silences=sum(len(one.silences) for one in answers),
        dead_air_s=sum(one.dead_air_s for one in answers),
        filled_pauses_per_100_words=100.0 * filled / words if words else None,
        reason=LATE_EAR if shortest_overlap_s else None,
    )


def _share(turns: Sequence[Turn], closing: Line | None) -> float | None:
    """The trainee's speaking time over that of both, pauses left out; None where a line's is not known."""
    lines = [turn.line.speech_s for turn in turns] + ([closing.speech_s] if closing else [])
    if not lines or None in lines:
        return None
    mine = sum(turn.answer.speech_s for turn in turns)
    both = mine + sum(spoken or 0.0 for spoken in lines)
    return mine / both if both else None
