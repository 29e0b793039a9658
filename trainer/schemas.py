"""The documents that the program prints, by name, and the JSON Schema of each."""

from dataclasses import dataclass
from typing import Any

from trainer import documents
from trainer.errors import NotFound
from trainer.records import Baseline, Comparison, Measures, Report, Rule, Scenario, Unreadable, Utterance
from trainer.selftest import SelfTest
from trainer.words import say


@dataclass(frozen=True)
class Analysis:
    """What `trainer analyse` prints."""

    clips: tuple[Measures | Unreadable, ...]


@dataclass(frozen=True)
class Examined:
    """What `trainer doctor` prints: the folder, each model with "ok" or what is wrong, the devices, the self-test."""

    data: str
    models: dict[str, str]
    devices: tuple[str, ...]
    measures: SelfTest | None = None


@dataclass(frozen=True)
class SoundChecks:
    """What `trainer soundcheck --list` prints: those of a person, the newest first, and what they have chosen."""

    person: str
    without_rate: bool
    waiting: float
    baselines: tuple[Baseline, ...]


@dataclass(frozen=True)
class Utterances:
    """What `trainer phrases` prints: one for each line that was read."""

    utterances: tuple[Utterance, ...]


DOCUMENTS: dict[str, Any] = {
    "analyse": Analysis,
    "compare": Comparison,
    "demo": Report,
    "doctor": Examined,
    "phrases": Utterances,
    "rehearse": Report,
    "report": Report,
    "rule": Rule,
    "scenario": Scenario,
    "soundcheck": Baseline,
    "soundchecks": SoundChecks,
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a document. Raises NotFound with the names there are."""
    if name not in DOCUMENTS:
        raise NotFound(say("cli.unknown", kind="document", name=name, known=", ".join(DOCUMENTS)))
    return documents.schema(DOCUMENTS[name])
