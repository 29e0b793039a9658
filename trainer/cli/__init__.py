"""The command line: one door among others. Each command imports what it needs when it runs.

Exit status: 0 done · 1 the work failed or an input was bad · 2 the call was wrong · 3 a needed thing is missing ·
130 interrupted, with everything recorded kept.
"""

import io
import math
import os
import signal
import sys
import time
from collections.abc import Sequence
from typing import Any

import typer

from trainer.cli import attempts, base, calls, content, doctor, measures, phrases, serve, soundcheck
from trainer.errors import TrainerError, WrongCall
from trainer.words import say

app = typer.Typer(
    name="trainer",
    help="Rehearse calming an angry customer, aloud. Did you slow down? Did you lower your voice?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (calls, soundcheck, serve, measures, phrases, attempts, content, doctor):
    module.register(app)

INTERRUPTED = 130
SAME_INTERRUPT_S = 5.0
"""So long the end of a call may take: its report is computed and written, its sound compressed."""
_UsageError: Any = typer.BadParameter.__bases__[0]  # typer carries its own copy of click, and does not name this class


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    _open_streams()
    _take_interrupts()
    status = run(arguments)
    if status == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left but the way out
    sys.exit(status)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; errors become one line on standard error and an exit status."""
    try:
        status = typer.main.get_command(app)(args=arguments, prog_name="trainer", standalone_mode=False)
        sys.stdout.flush()
        if status == INTERRUPTED:  # typer's own answer to an interrupt
            raise KeyboardInterrupt
        return status if isinstance(status, int) else 0
    except TrainerError as problem:
        print(f"trainer: {problem}", file=sys.stderr)
        return problem.exit_status
    except _UsageError as problem:
        problem.show()
        return WrongCall.exit_status
    except (KeyboardInterrupt, typer.Abort):
        print(f"trainer: {say('cli.interrupted')}", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except OSError as problem:  # a full disk may be met anywhere
        _reader_left()
        print(f"trainer: {_system_problem(problem)}", file=sys.stderr)
        return TrainerError.exit_status
    except SystemExit as ended:  # typer's own answer to a broken pipe, which is no failure of ours
        return _reader_left() if isinstance(ended.__context__, BrokenPipeError) else int(ended.code or 0)


def _take_interrupts() -> None:
    """Ctrl-C ends what is done; pressed again at once it is the same one, and spoils nothing that is being kept."""
    began_s = -math.inf

    def interrupt(number: int, frame: object) -> None:
        nonlocal began_s
        if time.monotonic() - began_s > SAME_INTERRUPT_S:
            began_s = time.monotonic()
            raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody wants it ignored, as nohup does
        signal.signal(signal.SIGINT, interrupt)


def _open_streams() -> None:
    """Output that was closed goes nowhere, and a character that it cannot hold becomes a question mark."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # its number must be taken, or a recording gets it and the warnings of others
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _system_problem(problem: OSError) -> str:
    """What the system refused, and where."""
    file = base.shown(problem.filename) if problem.filename else say("cli.output")
    return say("cli.system", file=file, problem=problem.strerror or problem)


def _reader_left() -> int:
    """Nobody reads standard output any more: send the rest nowhere, so that no error is shown at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stdout__.fileno() if sys.__stdout__ else nowhere)
    return 0
