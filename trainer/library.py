"""The content: voices, scenarios and guides, as records; and what is wrong with a file of them.

Shipped content is overlaid by the user's own: a folder named in TRAINER_CONTENT with voices/, scenarios/ or
guides/ in it, file by file.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

from trainer import lines, shipped
from trainer.content import Content
from trainer.errors import BadContent
from trainer.records import Band, Beat, Curve, Guidance, Guide, Rule, Scenario, StandIn, Voice
from trainer.words import say

STAND_IN = ".stand-in.yaml"
RULES = "rules.yaml"
WORDS_PER_S = 2.3
LONGEST_LINE_S = 25.0
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
BANDS: tuple[Band, ...] = get_args(Band)


@cache
def voices() -> dict[str, Voice]:
    """Every voice by its id. Raises BadContent with the first mistake of the first wrong file."""
    found = {}
    for path in _files("voices"):
        if problems := check_voice(path):
            raise BadContent(problems[0])
        found[path.stem] = Content(path).record(Voice)
    return found


@cache
def scenarios() -> dict[str, Scenario]:
    """Every scenario by its id. Raises BadContent with the first mistake of the first wrong file."""
    found = {}
    for path in _files("scenarios"):
        if problems := check_scenario(path):
            raise BadContent(problems[0])
        found[path.stem] = Content(path).record(Scenario)
    return found


def stand_in(scenario: str) -> StandIn:
    """The stand-in trainee of a scenario. Raises BadContent where it has none."""
    path = next((path for path in _all("scenarios") if path.name == scenario + STAND_IN), None)
    if path is None:
        raise BadContent(say("library.no_stand_in", id=scenario))
    found: StandIn = Content(path).record(StandIn)
    return found


@cache
def guides() -> dict[str, Guide]:
    """Every guide by its id."""
    return {guide.id: guide for guide in _guidance().guides}


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the file."""
    return {rule.id: rule for rule in _guidance().rules}


def check(kind: str, path: Path) -> list[str]:
    """What is wrong with a file of a kind ("voices", "scenarios", "guides"); nothing where it is right."""
    try:
        if kind == "scenarios":
            return Content(path).problems(StandIn) if path.name.endswith(STAND_IN) else check_scenario(path)
        return check_voice(path) if kind == "voices" else Content(path).problems(Guidance)
    except BadContent as problem:
        return [str(problem)]


def check_voice(path: Path) -> list[str]:
    """Everything that is wrong with a voice, each with file, line and key."""
    content = Content(path)
    if problems := content.problems(Voice):
        return problems
    voice: Voice = content.record(Voice)
    mistakes = [*_id_mistakes(voice.id, path.stem), *_curve_mistakes(voice.curve)]
    return [content.problem(steps, what) for steps, what in mistakes]


def check_scenario(path: Path) -> list[str]:
    """Everything that is wrong with a scenario, each with file, line and key."""
    content = Content(path)
    if problems := content.problems(Scenario):
        return problems
    scenario: Scenario = content.record(Scenario)
    return [content.problem(steps, what) for steps, what in _mistakes(scenario, path.stem)]


Mistake = tuple[tuple[str | int, ...], str]


def _id_mistakes(id: str, stem: str) -> Iterator[Mistake]:
    if id != stem or not _ID.fullmatch(id):
        yield ("id",), say("library.wrong_id", id=id)


def _curve_mistakes(curve: Curve) -> Iterator[Mistake]:
    angers = curve.anger
    if any(after <= before for before, after in pairwise(angers)):
        yield ("curve", "anger"), say("library.angers_fall")
    for field in fields(curve):
        values = getattr(curve, field.name)
        if values and len(values) != len(angers):
            yield ("curve", field.name), say("library.curve_lengths", found=len(values), wanted=len(angers))


def _mistakes(scenario: Scenario, stem: str) -> Iterator[Mistake]:
    known = [beat.id for beat in scenario.beats]
    yield from _id_mistakes(scenario.id, stem)
    if scenario.voice not in voices():
        yield ("voice",), say("library.unknown_voice", voice=scenario.voice, known=", ".join(voices()))
    for key, start in (("start", scenario.start), ("hang_up", scenario.hang_up)):
        if start not in known:
            yield (key,), say("library.no_start", start=start, known=", ".join(known))
    for rule in scenario.moves:
        if rule not in rules():
            yield ("moves", rule), say("library.unknown_rule", rule=rule, known=", ".join(rules()))
    for place, beat in enumerate(scenario.beats):
        yield from _beat_mistakes(beat, ("beats", place), known)
        if known.index(beat.id) != place:
            yield ("beats", place, "id"), say("library.beat_twice", id=beat.id)
    yield from _graph_mistakes(scenario)


def _beat_mistakes(beat: Beat, steps: tuple[str | int, ...], known: list[str]) -> Iterator[Mistake]:
    for band in BANDS:
        if not beat.lines.get(band):
            yield (*steps, "lines"), say("library.no_band", band=band)
        for place, line in enumerate(beat.lines.get(band, ())):
            yield from (((*steps, "lines", band, place), what) for what in _line_mistakes(line))
    for place, way in enumerate(beat.ways):
        if way.to not in known:
            yield (*steps, "ways", place, "to"), say("library.no_beat", to=way.to, known=", ".join(known))
        for rule in way.kept:
            if rule not in rules():
                yield (*steps, "ways", place, "kept"), say("library.unknown_rule", rule=rule, known=", ".join(rules()))


def _line_mistakes(line: str) -> Iterator[str]:
    try:
        said = lines.plain(line)
    except BadContent as problem:
        yield str(problem)
        return
    seconds = len(said.split()) / WORDS_PER_S
    if not said:
        yield say("library.empty_line")
    elif seconds > LONGEST_LINE_S:
        yield say("library.long_line", seconds=seconds)


def _graph_mistakes(scenario: Scenario) -> Iterator[Mistake]:
    ways = {beat.id: {way.to for way in beat.ways} for beat in scenario.beats}
    reached = _closure({scenario.start, scenario.hang_up}, ways)
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


@cache
def _guidance() -> Guidance:
    path = next(path for path in _files("guides") if path.name == RULES)
    found: Guidance = Content(path).record(Guidance)
    return found


def _files(kind: str) -> list[Path]:
    return [path for path in _all(kind) if not path.name.endswith(STAND_IN)]


def _all(kind: str) -> list[Path]:
    """The files of a kind, the user's own in place of shipped ones of the same name."""
    found = {path.name: path for path in sorted(shipped.folder(kind).glob("*.yaml"))}
    if own := os.environ.get("TRAINER_CONTENT"):
        found |= {path.name: path for path in sorted((Path(own) / kind).glob("*.yaml"))}
    return list(found.values())
