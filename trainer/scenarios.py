"""What can be wrong with a scenario beyond its keys: names that lead nowhere, stations that nobody reaches, bands
without lines, lines that nobody can listen to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from trainer.content import Steps
from trainer.errors import BadContent
from trainer.lines import plain
from trainer.records import Band, Beat, Lines, Role, Scenario
from trainer.words import say

WORDS_PER_S = 2.3
LONGEST_LINE_S = 25.0
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
BANDS: tuple[Band, ...] = get_args(Band)
NEEDED: tuple[Role, ...] = ("opening", "story", "demand", "lull", "test", "resolution", "closing", "hang-up")

ENDS = (".", "!", "?", "…")
"""A line in [square brackets] is cut at its commas: its pieces do not end as sentences do."""

Mistake = tuple[Steps, str]


@dataclass(frozen=True)
class Known:
    """What a scenario may name: voices and rules; and the name of its file."""

    voices: tuple[str, ...]
    rules: tuple[str, ...]
    stem: str


def mistakes(scenario: Scenario, known: Known) -> Iterator[Mistake]:
    """Every mistake, with the keys that lead to it."""
    yield from _head(scenario, known)
    for place, beat in enumerate(scenario.beats):
        yield from _beat(scenario, beat, ("beats", place), known)
    yield from _asides(scenario)
    yield from _graph(scenario)


def _head(scenario: Scenario, known: Known) -> Iterator[Mistake]:
    beats = _names(scenario.beats)
    if scenario.id != known.stem or not ID.fullmatch(scenario.id):
        yield ("id",), say("library.wrong_id", id=scenario.id)
    if scenario.voice not in known.voices:
        yield ("voice",), say("library.unknown_voice", voice=scenario.voice, known=", ".join(known.voices))
    for key, start in (("start", scenario.start), ("hang_up", scenario.hang_up), ("abuse", scenario.abuse)):
        if start not in beats and (start or key != "abuse"):
            yield (key,), say("library.no_start", start=start, known=", ".join(beats))
    for rule in scenario.moves:
        yield from _rule(rule, ("moves", rule), known)
    for role in NEEDED:
        if role not in {beat.role for beat in scenario.beats}:
            yield ("beats",), say("library.no_role", role=role)


def _beat(scenario: Scenario, beat: Beat, steps: Steps, known: Known) -> Iterator[Mistake]:
    yield from _lines(beat.lines, (*steps, "lines"))
    beats = _names(scenario.beats)
    if beats.index(beat.id) != steps[-1]:
        yield (*steps, "id"), say("library.beat_twice", id=beat.id)
    for place, way in enumerate(beat.ways):
        here = (*steps, "ways", place)
        if way.to not in beats:
            yield (*here, "to"), say("library.no_beat", to=way.to, known=", ".join(beats))
        for key, names in (("kept", way.kept), ("ever", way.ever), ("never", way.never)):
            for rule in names:
                yield from _rule(rule, (*here, key), known)
        for key, names, there in (
            ("offered", way.offered, _names(scenario.offers)),
            ("known", way.known, _names(scenario.facts)),
        ):
            for name in names:
                if name not in there:
                    yield (*here, key), say("library.not_there", name=name, known=", ".join(there) or "-")


def _asides(scenario: Scenario) -> Iterator[Mistake]:
    """Facts, offers and reactions."""
    for place, fact in enumerate(scenario.facts):
        yield from _lines(fact.lines, ("facts", place, "lines"))
        if fact.id in _names(scenario.beats) or _names(scenario.facts).index(fact.id) != place:
            yield ("facts", place, "id"), say("library.beat_twice", id=fact.id)
        if not fact.asked:
            yield ("facts", place, "asked"), say("library.no_phrases")
    for place, offer in enumerate(scenario.offers):
        if _names(scenario.offers).index(offer.id) != place:
            yield ("offers", place, "id"), say("library.beat_twice", id=offer.id)
        if not offer.phrases:
            yield ("offers", place, "phrases"), say("library.no_phrases")
    for kind, reaction in scenario.reactions.items():
        yield from _lines(reaction.lines, ("reactions", kind, "lines"))


def _lines(lines: Lines, steps: Steps) -> Iterator[Mistake]:
    for band in BANDS:
        if not lines.get(band):
            yield steps, say("library.no_band", band=band)
        for place, line in enumerate(lines.get(band, ())):
            yield from (((*steps, band, place), what) for what in _line(line))


def _line(line: str) -> Iterator[str]:
    try:
        said = plain(line)
    except BadContent as problem:
        yield str(problem)
        return
    seconds = len(said.split()) / WORDS_PER_S
    if not said:
        yield say("library.empty_line")
    elif seconds > LONGEST_LINE_S:
        yield say("library.long_line", seconds=seconds)
    elif not said.rstrip('")”’ ').endswith(ENDS):
        yield say("library.unfinished_line", line=line)


def _rule(rule: str, steps: Steps, known: Known) -> Iterator[Mistake]:
    if rule not in known.rules:
        yield steps, say("library.unknown_rule", rule=rule, known=", ".join(known.rules))


def _graph(scenario: Scenario) -> Iterator[Mistake]:
    ways = {beat.id: {way.to for way in beat.ways} for beat in scenario.beats}
    reached = _closure({scenario.start, scenario.hang_up, scenario.abuse or scenario.hang_up}, ways)
    for place, beat in enumerate(scenario.beats):
        if beat.id not in reached:
            yield ("beats", place, "id"), say("library.unreachable", id=beat.id, start=scenario.start)
        elif not any(not ways.get(other, {1}) for other in _closure({beat.id}, ways)):
            yield ("beats", place, "ways"), say("library.no_exit", id=beat.id)


def _closure(start: set[str], ways: dict[str, set[str]]) -> set[str]:
    reached, new = set(start), set(start)
    while new:
        new = {to for beat in new for to in ways.get(beat, set())} - reached
        reached |= new
    return reached


def _names(some: tuple[object, ...]) -> list[str]:
    return [str(getattr(one, "id", "")) for one in some]
