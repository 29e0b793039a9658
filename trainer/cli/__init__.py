"""The command line: one door among others. Each command imports what it needs when it runs.

Exit status: 0 done · 1 the work failed or an input was bad · 2 the call was wrong · 3 a needed thing is missing ·
130 interrupted, with everything recorded kept.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from trainer.cli import attempts, calls, content, doctor, measures
from trainer.errors import TrainerError, WrongCall

app = typer.Typer(
    name="trainer",
    help="Rehearse calming an angry customer, aloud. Did you slow down? Did you lower your voice?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (calls, measures, attempts, content, doctor):
    module.register(app)

INTERRUPTED = 130
_UsageError: Any = typer.BadParameter.__bases__[0]  # typer carries its own copy of click, and does not name this class


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; errors become one line on standard error and an exit status."""
    try:
        status = typer.main.get_command(app)(args=arguments, prog_name="trainer", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except TrainerError as problem:
        print(f"trainer: {problem}", file=sys.stderr)
        return problem.exit_status
    except _UsageError as problem:
        problem.show()
        return WrongCall.exit_status
    except (KeyboardInterrupt, typer.Abort):
        print("trainer: interrupted; everything recorded is kept", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except SystemExit as ended:  # typer's own answer to a broken pipe, which is no failure of ours
        return _reader_left() if isinstance(ended.__context__, BrokenPipeError) else int(ended.code or 0)


def _reader_left() -> int:
    """Nobody reads standard output any more: send the rest nowhere, so that no error is shown at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stdout__.fileno() if sys.__stdout__ else nowhere)
    return 0
