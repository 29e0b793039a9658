"""doctor: the devices, the models and their checksums, and the self-test of the measures."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainer.cli import base
from trainer.errors import Missing, TrainerError
from trainer.words import say

if TYPE_CHECKING:
    from trainer.schemas import Examined
    from trainer.selftest import Figure, SelfTest

_NEEDED = ("whisper-base", "silero-vad", "swift-f0", "hibari-heart")


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(doctor)


def doctor(
    as_json: base.Json = False,
    data: base.Data = None,
    measures: Annotated[
        bool, typer.Option("--measures", help="Print the error of every measure on sounds whose answer is known.")
    ] = False,
) -> None:
    """What this machine has: headsets, models with their checksums, where things are kept; and how well it measures."""
    from trainer import documents, store
    from trainer.schemas import Examined

    found = Examined(str(store.root(data)), _models(), _devices())
    bad = [name for name in _NEEDED if found.models[name] != "ok"]
    if not as_json:
        _show(found)
    if measures and not bad:
        found = replace(found, measures=_self_test(as_json))
    if as_json:
        base.print_json(documents.versioned(found))
    if bad:
        raise Missing(f"not usable: {', '.join(bad)}; reinstall the program")
    if found.measures and not found.measures.passed:
        missed = [say(f"selftest.{figure.measure}") for figure in found.measures.figures if not figure.passed]
        raise base.Failed(say("selftest.failed", measures="; ".join(missed)))


def _self_test(as_json: bool) -> "SelfTest":
    """Every figure as a line, as soon as it is known: on standard error where standard output is one document."""
    from trainer import selftest

    recogniser = base.recogniser("base", "en")
    base.note(say("selftest.begins"))
    show = base.note if as_json else lambda line: base.console().print(line, soft_wrap=True)
    columns = {column: say(f"selftest.column_{column}") for column in ("measure", "error", "gate")}
    show(say("selftest.heading", unit="", **columns))
    return selftest.run(recogniser, lambda figure: show(_line(figure)))


def _line(figure: "Figure") -> str:
    state = "shown" if figure.gate is None else "passed" if figure.passed else "missed"
    gate = "" if figure.gate is None else f"{figure.gate:g}"
    label, error = say(f"selftest.{figure.measure}"), f"{figure.error:.2f}"
    cells = say("selftest.heading", measure=label, error=error, unit=figure.unit, gate=gate)
    return f"{cells}  {say(f'selftest.{state}')}"


def _models() -> dict[str, str]:
    from trainer import models

    return {name: _model(models, name) for name in models.listed()}


def _model(models: Any, name: str) -> str:
    try:
        models.folder(name)
    except TrainerError as problem:
        return str(problem)
    return "ok"


def _devices() -> tuple[str, ...]:
    from trainer import mic

    try:
        return tuple(str(device) for device in mic.devices())
    except TrainerError as problem:
        return (str(problem),)


def _show(found: "Examined") -> None:
    console = base.console()
    console.print(f"data: {found.data}", soft_wrap=True)
    for name, state in found.models.items():
        console.print(f"model {name}: {state}", soft_wrap=True)
    for device in found.devices:
        console.print(f"device {device}", soft_wrap=True)
