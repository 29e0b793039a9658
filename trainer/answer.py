"""An answer on the clock of the call: what was measured in its clip, and when it was said."""

from dataclasses import replace

from trainer.records import Answer, Measures, Span
from trainer.turns.timing import Timing, total_s


def on_clock(found: Measures, said: Span, starts_s: float, taken: Timing) -> Answer:
    """An answer whose clip began at ``starts_s`` of the call."""
    words = tuple(
        replace(word, start_s=word.start_s + starts_s, end_s=word.end_s + starts_s) for word in found.transcript.words
    )
    pauses, filled = (
        tuple((start + starts_s, end + starts_s) for start, end in spans)
        for spans in (found.rate.pauses, found.rate.filled_pauses)
    )
    return Answer(
        start_s=said[0],
        end_s=said[1],
        text=found.transcript.text,
        latency_s=taken.latency_s,
        overlap_s=total_s(taken.overlaps),
        speech_s=found.speech_s,
        words=words,
        rate=replace(found.rate, pauses=pauses, filled_pauses=filled),
        pitch=found.pitch,
        level=found.level,
        effort=found.effort,
        quality=found.quality,
        overlaps=taken.overlaps,
        customer_overlaps=taken.customer_overlaps,
        back_channels=taken.back_channels,
        silences=taken.silences,
        dead_air_s=total_s(taken.silences),
    )
