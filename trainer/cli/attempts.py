"""report, replay, attempts, forget: what is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from trainer.cli import base
from trainer.errors import BadInput, NotFound
from trainer.words import say

if TYPE_CHECKING:
    from trainer.records import Report

Attempt = Annotated[str, typer.Argument(metavar="ATTEMPT", help="Its id, the beginning of it, or `latest`.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(report)
    app.command()(replay)
    group = typer.Typer(help="What is kept on this machine.", no_args_is_help=True)
    group.command("list")(listing)
    group.command("show")(report)
    group.command("forget")(forget_attempt)
    group.command("correct")(correct)
    group.command("corrections")(corrected)
    app.add_typer(group, name="attempts")
    app.command()(forget)


def report(
    attempt: Attempt,
    html: Annotated[Path | None, typer.Option(help="Write the report as one page that needs no network.")] = None,
    data: base.Data = None,
    as_json: base.Json = False,
) -> None:
    """Look at an attempt."""
    from trainer import attempt as folders
    from trainer import replay as sounds
    from trainer.exports import page

    if html:
        base.check_place(html)
    found = base.attempts(data).load(attempt)
    if html:
        text = page.html(found, sounds.sounds(Path(found.folder), found))
        with base.writing(html):
            folders.write_text(html, text)
        base.note(say("cli.page", file=base.shown(html)))
    base.show_report(found, as_json)


def replay(
    attempt: Attempt,
    turn: Annotated[int | None, typer.Option(help="Only this turn.")] = None,
    at: Annotated[str | None, typer.Option(help="From this moment on: 83.4 or 1:23.4.")] = None,
    best: Annotated[bool, typer.Option("--best", help="The turn after which the customer came down the most.")] = False,
    worst: Annotated[bool, typer.Option("--worst", help="The turn after which the customer went up the most.")] = False,
    data: base.Data = None,
) -> None:
    """Listen to an attempt."""
    from trainer import replay as sounds

    if sum((turn is not None, at is not None, best, worst)) > 1:
        raise BadInput(say("replay.one_place"))
    at_s = None if at is None else sounds.moment(at)
    found = base.attempts(data).load(attempt)
    if turn is not None and not 1 <= turn <= len(found.turns):
        raise NotFound(say("cli.replay_none", number=turn, count=len(found.turns)))
    if best or worst:
        turn = _highlight(found, "best" if best else "worst")
    if at_s is not None:
        _tell(found, at_s)
        sounds.play_from(Path(found.folder), found, at_s)
        return
    if turn is not None:
        _tell(found, found.turns[turn - 1].line.start_s)
    sounds.play(Path(found.folder), found, turn)


def _highlight(found: "Report", which: str) -> int:
    """The number of the best or of the worst turn."""
    from trainer import highlights

    moment = {"best": highlights.best, "worst": highlights.worst}[which](found)
    if moment is None:
        raise NotFound(say(f"replay.no_{which}"))
    return moment.turn


def _tell(found: "Report", at_s: float) -> None:
    """Where in the call it begins."""
    from trainer import replay as sounds

    if turn := sounds.turn_at(found, at_s):
        place: dict[str, Any] = {"clock": sounds.clock(at_s), "turn": turn.number, "turns": len(found.turns)}
        base.note(say("replay.playing", **place, before=turn.anger_before, after=turn.anger_after))


def listing(data: base.Data = None, as_json: base.Json = False) -> None:
    """Every attempt, the newest first."""
    from trainer import documents

    kept = base.attempts(data)
    found = kept.listing()
    if as_json:
        base.print_json({"version": documents.VERSION, "attempts": [documents.plain(one) for one in found]})
    elif not found:
        base.note(say("cli.nothing_kept", folder=kept.root))
    for one in found if not as_json else []:
        print(f"{one.attempt}  {one.trainee}  {one.turns} turns  {one.state}")


def correct(
    attempt: Attempt,
    turn: Annotated[int, typer.Argument(metavar="TURN", help="The number of the turn.")],
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A rule of the words, as in `trainer guides list`.")],
    was: Annotated[Literal["was", "was-not"], typer.Argument(metavar="was|was-not", help="Whether it was said.")],
    note: Annotated[str, typer.Option(help="Why.")] = "",
    data: base.Data = None,
) -> None:
    """Say that an answer did speak to a rule, or did not. What the program found stays, and both are shown."""
    from trainer import corrections
    from trainer.exports import sentences

    print(sentences.correction(corrections.keep(base.attempts(data).load(attempt), turn, rule, was == "was", note)))


def corrected(
    attempt: Annotated[str | None, typer.Argument(metavar="[ATTEMPT]", help="Only of this attempt.")] = None,
    data: base.Data = None,
) -> None:
    """The answers that were corrected, in the form of bench/phrases/data: to measure by what coaches say."""
    from trainer import corrections

    kept = base.attempts(data)
    names = [attempt] if attempt else [one.attempt for one in kept.listing() if one.turns]
    for name in names:
        for line in corrections.lines(kept.load(name)):
            print(line)


def forget_attempt(attempt: Attempt, data: base.Data = None) -> None:
    """Remove every byte of an attempt."""
    print(say("cli.forgotten", what=base.attempts(data).forget(attempt)))


def forget(
    person: Annotated[str, typer.Option("--person", help="Whose attempts and baselines are to go.")],
    data: base.Data = None,
) -> None:
    """Remove everything that is kept of a person, every byte."""
    for removed in base.attempts(data).forget_person(person):
        print(say("cli.forgotten", what=removed))
