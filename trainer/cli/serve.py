"""serve: the web page."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.cli import base
from trainer.errors import WrongCall
from trainer.words import say

if TYPE_CHECKING:
    from trainer.asr import Recogniser


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(serve)


def serve(
    host: Annotated[
        str, typer.Option(help="Where to listen: this machine alone, or 0.0.0.0 for a site.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes one that is free.")] = 8765,
    opens: Annotated[
        bool | None, typer.Option("--open/--no-open", help="Open the page in a browser; usual at a terminal.")
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option(help="Certificate (PEM): away from this machine, browsers ask for it.")
    ] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Its key.")] = None,
    token: Annotated[str, typer.Option(envvar="TRAINER_TOKEN", hidden=True)] = "",
    data: base.Data = None,
    asr: base.Asr = "base",
) -> None:
    """Rehearse in the browser."""
    from trainer.web.desk import Desk
    from trainer.web.serving import Place
    from trainer.web.serving import serve as run

    if (tls_cert is None) != (tls_key is None):
        raise WrongCall(say("web.both_tls"))

    def load(language: str) -> "Recogniser":
        from trainer import analyse
        from trainer import asr as engines
        from trainer.coaching import spoken

        analyse.warm_up(language)
        spoken.ready(language)
        return engines.engine(asr, language)

    desk = Desk(base.attempts(data, to_write=True), load)
    place = Place(host, port, tls_cert, tls_key, token)
    run(desk, place, lambda address: base.note(say("web.open", address=address)), _opens(opens))


def _opens(asked: bool | None) -> bool:
    return sys.stderr.isatty() if asked is None else asked
