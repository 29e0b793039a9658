"""doctor: the devices, the models and their checksums."""

from typing import Annotated, Any

import typer

from trainer.cli import base
from trainer.errors import Missing, TrainerError


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(doctor)


def doctor(
    as_json: base.Json = False,
    data: base.Data = None,
    measures: Annotated[bool, typer.Option("--measures", hidden=True)] = False,
) -> None:
    """What this machine has: headsets, models with their checksums, and where things are kept."""
    from trainer import documents, models, store

    found: dict[str, Any] = {
        "version": documents.VERSION,
        "data": str(store.root(data)),
        "models": {name: _model(models, name) for name in models.listed()},
        "devices": _devices(),
    }
    if as_json:
        base.print_json(found)
    else:
        _show(found)
    needed = ("whisper-base", "silero-vad", "swift-f0", "hibari-heart")
    bad = [name for name in needed if found["models"][name] != "ok"]
    if bad:
        raise Missing(f"not usable: {', '.join(bad)}; reinstall the program")


def _model(models: Any, name: str) -> str:
    try:
        models.folder(name)
    except TrainerError as problem:
        return str(problem)
    return "ok"


def _devices() -> list[str]:
    from trainer import mic

    try:
        return [str(device) for device in mic.devices()]
    except TrainerError as problem:
        return [str(problem)]


def _show(found: dict[str, Any]) -> None:
    console = base.console()
    console.print(f"data: {found['data']}", soft_wrap=True)
    for name, state in found["models"].items():
        console.print(f"model {name}: {state}", soft_wrap=True)
    for device in found["devices"]:
        console.print(f"device {device}", soft_wrap=True)
