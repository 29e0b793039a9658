"""The content: voices, scenarios and guides, as records; and what is wrong with a file of them.

Shipped content is overlaid by the user's own: a folder named in TRAINER_CONTENT with voices/, scenarios/ or
guides/ in it, file by file.
"""

import os
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path

from trainer import shipped
from trainer.content import Content
from trainer.errors import BadContent
from trainer.records import (
    Customer,
    Guidance,
    Guide,
    Habits,
    Phrasebook,
    Rule,
    Scenario,
    Simulated,
    Speaking,
    StandIn,
    Voice,
    Wording,
)
from trainer.scenarios import Known, mistakes
from trainer.voices import voice_mistakes
from trainer.words import DEFAULT_LANGUAGE, say

STAND_IN = ".stand-in.yaml"
CUSTOMER, SIMULATED = "customer.yaml", "simulated.yaml"
NO_GUIDANCE = (CUSTOMER, SIMULATED, "thresholds.yaml", "gates.yaml", "endings.yaml", "patience.yaml", "goals.yaml")
WORDS = "guides/words"
_READING = threading.Lock()
"""Reading all scenarios takes seconds: of a room that asks at once, one reads them, and the others wait."""


@cache
def voices() -> dict[str, Voice]:
    """Every voice by its id. Raises BadContent with the first mistake of the first wrong file."""
    found = {}
    for path in _files("voices"):
        if problems := check_voice(path):
            raise BadContent(problems[0])
        found[path.stem] = Content(path).record(Voice)
    return found


def scenarios() -> dict[str, Scenario]:
    """Every scenario by its id. Raises BadContent with the first mistake of the first wrong file."""
    with _READING:
        return _scenarios()


@cache
def _scenarios() -> dict[str, Scenario]:
    found = {}
    for path in _files("scenarios"):
        if problems := check_scenario(path):
            raise BadContent(problems[0])
        found[path.stem] = whole(Content(path).record(Scenario))
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
    return {guide.id: guide for one in _guidance() for guide in one.guides}


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the files."""
    return {rule.id: rule for one in _guidance() for rule in one.rules}


def title(rule: str) -> str:
    """What a rule, or another reason of the customer's, is called on the page; a coach's own rule brings its title."""
    own = rules().get(rule)
    return own.title if own and own.title else say(f"report.rule_{rule}")


def called(scenario: str) -> str:
    """What a scenario is called on a page; its id where it is not there any more."""
    found = scenarios().get(scenario)
    return found.title if found else scenario


def spoken(scenario: str) -> str:
    """The language of a scenario's calls; English where it is not there any more."""
    found = scenarios().get(scenario)
    return found.language if found else DEFAULT_LANGUAGE


@cache
def speaking(language: str) -> Speaking | None:
    """How a language is read; None where nobody has written that down."""
    path = next((path for path in _all(WORDS) if path.name == f"{language}.yaml"), None)
    return None if path is None else Content(path).record(Speaking)


@cache
def languages() -> tuple[str, ...]:
    """The languages in which anything is worded, so that words can be judged."""
    return tuple(path.stem for path in _all(WORDS) if "-" not in path.stem and wordings(path.stem))


@cache
def wordings(language: str) -> dict[str, Wording]:
    """How each rule is worded in a language, from all its phrasebooks; empty where there is none."""
    found: dict[str, Wording] = {}
    for path in _all(WORDS):
        if "-" in path.stem:
            book: Phrasebook = Content(path).record(Phrasebook)
            for rule, wording in book.rules.items() if book.language == language else ():
                own = found.get(rule, Wording())
                found[rule] = Wording(
                    own.phrases + wording.phrases,
                    own.plain + wording.plain,
                    own.unless + wording.unless,
                    own.like + wording.like,
                    own.unlike + wording.unlike,
                )
    return found


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
    others = [path.stem for path in _files("voices")]
    return [content.problem(steps, what) for steps, what in voice_mistakes(voice, path.stem, others)]


def check_scenario(path: Path) -> list[str]:
    """Everything that is wrong with a scenario, each with file, line and key."""
    content = Content(path)
    if problems := content.problems(Scenario):
        return problems
    scenario: Scenario = content.record(Scenario)
    known = Known(tuple(voices()), (*rules(), *customer().moves), path.stem)
    return [content.problem(steps, what) for steps, what in mistakes(whole(scenario), known)]


def whole(scenario: Scenario) -> Scenario:
    """The scenario with what holds of every customer, where it says nothing else."""
    usual = customer()
    return replace(
        scenario,
        moves=usual.moves | scenario.moves,
        levels=usual.levels | scenario.levels,
        refusals=scenario.refusals or usual.refusals.get(scenario.language, ()),
    )


@cache
def simulated() -> dict[str, Habits]:
    """The trainees on paper, by their kind."""
    path = next(path for path in _files("guides") if path.name == SIMULATED)
    found: Simulated = Content(path).record(Simulated)
    return found.trainees


@cache
def customer() -> Customer:
    """What holds of every customer."""
    path = next(path for path in _files("guides") if path.name == CUSTOMER)
    found: Customer = Content(path).record(Customer)
    return found


@cache
def _guidance() -> tuple[Guidance, ...]:
    return tuple(Content(path).record(Guidance) for path in _files("guides") if path.name not in NO_GUIDANCE)


def _files(kind: str) -> list[Path]:
    return [path for path in _all(kind) if not path.name.endswith(STAND_IN)]


def _all(kind: str) -> list[Path]:
    """The files of a kind, the user's own in place of shipped ones of the same name."""
    found = {path.name: path for path in sorted(shipped.folder(kind).glob("*.yaml"))}
    if own := os.environ.get("TRAINER_CONTENT"):
        found |= {path.name: path for path in sorted((Path(own) / kind).glob("*.yaml"))}
    return list(found.values())
