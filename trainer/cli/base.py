"""What the commands share: their common options, where output goes, and how long work shows that it goes on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainer.errors import NotFound, TrainerError
from trainer.words import say

if TYPE_CHECKING:
    from rich.console import Console

    from trainer.asr import Recogniser
    from trainer.records import Report, Rule, Scenario, Voice
    from trainer.store import Attempts

Data = Annotated[
    Path | None,
    typer.Option("--data", envvar="TRAINER_DATA", help="Folder for attempts and people.", show_default=False),
]
Asr = Annotated[str, typer.Option("--asr", help="Recogniser: base, tiny.en, or a model folder.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Language = Annotated[str, typer.Option("--language", help="Language that is spoken (ISO 639-1).")]
Person = Annotated[str, typer.Option("--as", help="Whose voice it is.")]

NOBODY = "me"


class Failed(TrainerError):
    """The work is done and its result shown, and part of it failed: only the exit status is left to say so."""


def note(sentence: str) -> None:
    """A line for the person at the terminal, on standard error."""
    print(sentence, file=sys.stderr, flush=True)


def console(stderr: bool = False) -> "Console":
    """A terminal that also serves a pipe and TERM=dumb."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


def print_json(document: Any) -> None:
    """One canonical JSON document on standard output."""
    from trainer import documents

    sys.stdout.write(documents.text(document))


@contextmanager
def working(sentence: str) -> Iterator[None]:
    """Say what is being done while it takes its time."""
    note(sentence)
    yield


def now() -> str:
    """This moment, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def attempts(data: Path | None) -> "Attempts":
    """The store, after it has recovered what an earlier run could not finish."""
    from trainer import store

    kept = store.Attempts(store.root(data))
    for recovered in kept.recover():
        note(say("cli.recovered", what=recovered))
    return kept


def recogniser(name: str, language: str) -> "Recogniser":
    """The recogniser and the models of the voice, loaded now, so that nobody waits for them later."""
    from trainer import asr, voicing

    note(say("cli.loading_models"))
    voicing.warm_up()
    return asr.engine(name, language)


def scenario(name: str | None) -> "Scenario":
    """The scenario of that id; without one, the first there is."""
    from trainer import library

    known = library.scenarios()
    found: Scenario = named("scenario", name or next(iter(known)), known)
    return found


def voice(name: str) -> "Voice":
    """The voice of that id."""
    from trainer import library

    found: Voice = named("voice", name, library.voices())
    return found


def rules() -> "dict[str, Rule]":
    """Every rule that is judged."""
    from trainer import library

    return library.rules()


def named(kind: str, name: str, known: dict[str, Any]) -> Any:
    """What goes by ``name``. Raises NotFound with the names there are."""
    if name not in known:
        raise NotFound(say("cli.unknown", kind=kind, name=name, known=", ".join(known)))
    return known[name]


def show_report(report: "Report", as_json: bool) -> None:
    """The report on standard output, for a person or for a program."""
    from trainer import documents
    from trainer.exports import terminal

    if as_json:
        print_json(documents.versioned(report))
    else:
        terminal.show(report, console())
