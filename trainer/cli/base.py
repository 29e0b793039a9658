"""What the commands share: their common options, where output goes, and how long work shows that it goes on."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from trainer.errors import BadInput, NotFound, TrainerError
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
Hard = Annotated[Literal["easy", "normal", "hard"], typer.Option(help="How hard the customer is to calm.")]
Person = Annotated[str, typer.Option("--as", help="Whose voice it is.")]

NOBODY = "me"
USUAL = "late-delivery"
"""The scenario of those who name none."""

NARROWEST, USUAL_WIDTH = 20, 80
"""Columns: what says that it has fewer, or none, is no terminal for people, and rich would print nothing on it."""


class Failed(TrainerError):
    """The work is done and its result shown, and part of it failed: only the exit status is left to say so."""


def shown(path: Path | str) -> str:
    """The path as text that can be printed and kept, also where its name is not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def note(sentence: str) -> None:
    """A line for the person at the terminal, on standard error."""
    print(sentence, file=sys.stderr, flush=True)


def console(stderr: bool = False) -> "Console":
    """A terminal that also serves a pipe and TERM=dumb."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False, markup=False)  # a file may be called [bold]
    if made.width < NARROWEST:
        made.width = USUAL_WIDTH
    return made


def print_json(document: Any) -> None:
    """One canonical JSON document on standard output."""
    from trainer import documents

    sys.stdout.write(documents.text(document))


def check_place(file: Path) -> None:
    """Raises BadInput, before any work is done, where ``file`` names a device or folder, which would be replaced."""
    if file.exists() and not file.is_file():
        raise BadInput(say("cli.not_a_file", file=shown(file)))
    if not file.parent.is_dir():
        raise BadInput(say("cli.cannot_write", file=shown(file), problem=say("cli.no_parent")))


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Around the writing of a file that was asked for. Raises BadInput, with its name, where it cannot be written."""
    try:
        yield
    except OSError as problem:
        raise BadInput(say("cli.cannot_write", file=shown(file), problem=problem.strerror or problem)) from problem


@contextmanager
def working(sentence: str) -> Iterator[None]:
    """Say what is being done while it takes its time."""
    note(sentence)
    yield


def now() -> str:
    """This moment, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def attempts(data: Path | None, to_write: bool = False) -> "Attempts":
    """The store, after it has recovered what an earlier run could not finish.

    Raises BadInput, before anybody has spoken, where something is to be kept and cannot be.
    """
    from trainer import store

    root = store.root(data)
    if to_write:
        _check_writable(root)
    elif root.exists() and not root.is_dir():
        raise BadInput(say("cli.no_folder", folder=shown(root)))
    kept = store.Attempts(root)
    for recovered in kept.recover():
        note(say("cli.recovered", what=recovered))
    return kept


def _check_writable(root: Path) -> None:
    """Look, without making anything, whether folders can be made below ``root``."""
    if shown(root) != str(root):
        raise BadInput(say("cli.data_not_utf8", folder=shown(root)))
    for wanted in ("attempts", "people", "soundchecks"):
        there = next(
            folder for folder in ((root / wanted).absolute(), *(root / wanted).absolute().parents) if folder.exists()
        )
        if not there.is_dir():
            raise BadInput(say("cli.no_folder", folder=there))
        if not os.access(there, os.W_OK | os.X_OK):
            raise BadInput(say("store.cannot_write", folder=root, problem=say("cli.no_right", folder=there)))


def recogniser(name: str, language: str) -> "Recogniser":
    """The recogniser and the models of the voice, loaded now, so that nobody waits for them later."""
    from trainer import analyse, asr

    note(say("cli.loading_models"))
    analyse.warm_up(language)
    return asr.engine(name, language)


def scenario(name: str | None) -> "Scenario":
    """The scenario of that id; without one, the usual one."""
    from trainer import library

    known = library.scenarios()
    found: Scenario = named("scenario", name or USUAL, known)
    return found


def voice(name: str) -> "Voice":
    """The voice of that id; where its engine is not installed, the one that it names to speak instead."""
    from trainer import library
    from trainer.cast import voice_of

    named("voice", name, library.voices())
    found = voice_of(name)
    if found.id != name:
        note(say("cli.voice_instead", voice=name, instead=found.id))
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
