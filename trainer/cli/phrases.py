"""phrases: which rules the words of an utterance keep or break."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.cli import base
from trainer.errors import BadInput
from trainer.words import say

if TYPE_CHECKING:
    from trainer.records import Utterance

LONGEST = 10_000
"""Characters of an utterance: five minutes of speech."""

Name = Annotated[str, typer.Option("--name", help='How the customer is addressed, such as "Mrs Kowalska".')]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(phrases)


def phrases(language: base.Language = "en", name: Name = "", as_json: base.Json = False) -> None:
    """Which rules the words keep or break: one utterance a line on standard input."""
    from trainer import documents, library, schemas
    from trainer.coaching.utterance import judged

    base.named("language", language, dict.fromkeys(library.languages()))
    rules = [rule for rule in base.rules().values() if rule.kind == "said"]
    found = tuple(judged(line, rules, name, language) for line in _lines())
    if as_json:
        base.print_json(documents.versioned(schemas.Utterances(found)))
        return
    for utterance in found:
        _print(utterance)


def _lines() -> list[str]:
    """The lines of standard input. Raises BadInput, naming the line, where one is not text or too long."""
    lines = []
    for number, raw in enumerate(sys.stdin.buffer.read().splitlines(), 1):
        try:
            lines.append(raw.decode("utf-8-sig"))
        except UnicodeDecodeError as problem:
            raise BadInput(say("cli.not_utf8", line=number)) from problem
        if len(lines[-1]) > LONGEST:
            raise BadInput(say("cli.long_utterance", line=number, most=LONGEST))
    return lines


def _print(utterance: "Utterance") -> None:
    from trainer import library

    print(utterance.text)
    for sign, found in (("+", utterance.kept), ("-", utterance.broken)):
        for phrase in found:
            start, end = phrase.span
            print(f"  {sign} {library.title(phrase.rule)}: {utterance.text[start:end]!r} ({phrase.score:.2f})")
    if not utterance.kept and not utterance.broken:
        print(f"  {say('cli.phrases_nothing')}")
