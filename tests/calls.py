"""Calls whose every figure is known: answers, lines and turns with given values."""

from dataclasses import replace

from tests.coaching.test_compare import voice
from trainer.records import Answer, Line, Span, Turn, Word


def answer(
    rate: float | None = 5.0,
    pitch: float | None = 200.0,
    level: float | None = -25.0,
    effort: float | None = -15.0,
    speech_s: float = 10.0,
    start_s: float = 0.0,
    latency_s: float | None = 0.7,
    overlaps: tuple[Span, ...] = (),
    words: int = 0,
) -> Answer:
    """An answer with given measures; None is a measure that could not be taken."""
    heard = voice(rate, pitch, level, effort, speech_s)
    return Answer(
        start_s=start_s,
        end_s=start_s + speech_s,
        text="",
        latency_s=latency_s,
        overlap_s=sum(end - start for start, end in overlaps),
        speech_s=speech_s,
        words=(Word("well", start_s, start_s + 0.3, 0.9),) * words,
        rate=heard.rate,
        pitch=heard.pitch,
        level=heard.level,
        effort=heard.effort,
        quality=heard.quality,
        overlaps=overlaps,
    )


def turns(*answers: Answer, anger: float = 0.8, lines: tuple[tuple[float, float, float], ...] = ()) -> list[Turn]:
    """The turns of a call; ``lines`` are the customer's tempo, pitch and level."""
    line = Line("", anger, 0.0, 1.0, "v", "b", 5.0, 220.0, -20.0, 5.0)
    values = lines or ((5.0, 220.0, -20.0),) * len(answers)
    return [
        Turn(
            number,
            replace(line, articulation_syllables_per_s=rate, pitch_hz=pitch, level_dbfs=level),
            one,
            (),
            anger,
            anger,
            (),
        )
        for number, (one, (rate, pitch, level)) in enumerate(zip(answers, values, strict=True), 1)
    ]
