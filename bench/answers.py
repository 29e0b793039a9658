"""Answers to measure: what the stand-in trainee says, in the heart voice, 8 to 15 s each; no file is needed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from trainer import library, tts
from trainer.records import RATE_HZ, Clip, Delivery

SCENARIO = "late-delivery"
VOICE = "heart"
SHORTEST_S, LONGEST_S = 8.0, 15.0


@dataclass(frozen=True)
class Spoken:
    """An answer: what is said, and its sound."""

    text: str
    clip: Clip

    @property
    def duration_s(self) -> float:
        return len(self.clip) / RATE_HZ


def answers(most: int) -> list[Spoken]:
    """The first ``most`` answers of the stand-in that last 8 to 15 s."""
    voice = library.voices()[VOICE]
    found: list[Spoken] = []
    for speech in library.stand_in(SCENARIO).coming_down:
        if len(found) < most:
            spoken = Spoken(speech.text, tts.speak(voice, speech.text, Delivery()))
            found += [spoken] if SHORTEST_S <= spoken.duration_s <= LONGEST_S else []
    if len(found) < most:
        raise SystemExit(f"only {len(found)} of {most} answers last {SHORTEST_S:g} to {LONGEST_S:g} s")
    return found


@contextmanager
def nothing_rendered() -> Iterator[None]:
    """No line is in the cache. Models that are joined in the cache must have been loaded before."""
    before = os.environ.get("TRAINER_CACHE")
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        os.environ["TRAINER_CACHE"] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ["TRAINER_CACHE"]
            else:
                os.environ["TRAINER_CACHE"] = before
