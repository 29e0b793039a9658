"""What can be wrong with a voice beyond its keys: an id that is not its file's name, a curve of unequal lists."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import pairwise

from trainer.content import Steps
from trainer.records import Voice
from trainer.scenarios import ID
from trainer.words import say


def voice_mistakes(voice: Voice, stem: str, others: Sequence[str]) -> Iterator[tuple[Steps, str]]:
    """Every mistake, with the keys that lead to it."""
    if voice.id != stem or not ID.fullmatch(voice.id):
        yield ("id",), say("library.wrong_id", id=voice.id)
    if voice.instead and (voice.instead not in others or voice.instead == voice.id):
        yield ("instead",), say("library.unknown_voice", voice=voice.instead, known=", ".join(others))
    angers = voice.curve.anger
    if any(after <= before for before, after in pairwise(angers)):
        yield ("curve", "anger"), say("library.angers_fall")
    for field in fields(voice.curve):
        values = getattr(voice.curve, field.name)
        if values and len(values) != len(angers):
            yield ("curve", field.name), say("library.curve_lengths", found=len(values), wanted=len(angers))
