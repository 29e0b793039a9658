"""Trainees on paper: a scenario played as a log, without a sound, for its author to read aloud."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from trainer.dialogue import Reply, opening, reply
from trainer.records import Difficulty, Finding, Habits, Noticed, Role, Scenario

NOTHING = (0.0, 0.0)


@dataclass(frozen=True)
class Said:
    """A line, and what the trainee then did; nothing after the last."""

    reply: Reply
    kept: tuple[str, ...]
    broken: tuple[str, ...]
    noticed: tuple[Noticed, ...]


def play(scenario: Scenario, habits: Habits, seed: int, difficulty: Difficulty = "normal") -> Iterator[Said]:
    """The call of such a trainee; the same seed gives the same call."""
    chance = random.Random(seed)
    said = opening(scenario, seed, difficulty)
    while not said.over:
        done = _answer(scenario, said, habits, chance)
        yield done
        findings = [_finding(rule, "kept") for rule in done.kept] + [_finding(rule, "broken") for rule in done.broken]
        said = reply(scenario, said.state, findings, done.noticed)
    yield Said(said, (), (), ())


def _answer(scenario: Scenario, said: Reply, habits: Habits, chance: random.Random) -> Said:
    role: Role = next((beat.role for beat in scenario.beats if beat.id == said.beat), "story")
    kept = tuple(rule for rule, often in (habits.does | habits.at.get(role, {})).items() if chance.random() < often)
    broken = tuple(r for r, often in habits.breaks.items() if r not in kept and chance.random() < often)
    return Said(said, kept, broken, tuple(_dealings(scenario, said, role, habits, chance)))


def _dealings(scenario: Scenario, said: Reply, role: Role, habits: Habits, chance: random.Random) -> Iterator[Noticed]:
    unknown = [fact for fact in scenario.facts if fact.id not in said.state.told]
    if unknown and role in ("opening", "story") and chance.random() < habits.asks:
        yield Noticed("asked", chance.choice(unknown).id, NOTHING)
    if role in ("demand", "threat", "lull", "test"):
        for offer in scenario.offers:
            often = habits.offers if offer.fits and offer.allowed else habits.offers_wrongly
            if offer.id not in said.state.offered and chance.random() < often:
                yield Noticed("offered", offer.id, NOTHING)


def _finding(rule: str, state: str) -> Finding:
    measured = 1.0 if rule in ("speak-slowly", "lower-voice") else None
    return Finding(rule, (), state, None, None, False, measured, None, (), "")  # type: ignore[arg-type]
