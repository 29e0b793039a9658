"""say, scenarios, voices, guides, schema: the content, and the shape of every document."""

from pathlib import Path
from typing import Annotated

import typer

from trainer.cli import base
from trainer.errors import BadContent

Id = Annotated[str, typer.Argument(metavar="ID")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("say")(speak)
    app.command()(schema)
    scenarios = typer.Typer(help="Who calls and why.", no_args_is_help=True)
    scenarios.command("list")(list_scenarios)
    scenarios.command("show")(show_scenario)
    scenarios.command("check")(check_scenarios)
    scenarios.command("play")(play_scenario)
    app.add_typer(scenarios, name="scenarios")
    voices = typer.Typer(help="Who speaks.", no_args_is_help=True)
    voices.command("list")(list_voices)
    voices.command("check")(check_voices)
    app.add_typer(voices, name="voices")
    guides = typer.Typer(help="What the guides advise.", no_args_is_help=True)
    guides.command("list")(list_guides)
    guides.command("show")(show_rule)
    guides.command("check")(check_guides)
    app.add_typer(guides, name="guides")


def speak(
    voice: Annotated[str, typer.Argument(metavar="VOICE")],
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    anger: Annotated[float, typer.Option(min=0.0, max=1.0, help="0 calm to 1 shouting.")] = 0.0,
    phone: Annotated[bool, typer.Option("--phone", help="As it sounds over the telephone.")] = False,
    output: Annotated[Path | None, typer.Option("-o", help="Write a WAV or FLAC in place of playing it.")] = None,
) -> None:
    """Hear a customer voice."""
    from trainer import sound, tts
    from trainer.tts import telephone

    if output is not None:
        base.check_place(output)
    who = base.voice(voice)
    clip = tts.speak(who, text, tts.delivery(anger, who))
    if phone:
        clip = telephone.over(clip)
    if output is None:
        from trainer.mic import play

        play(clip)
        return
    with base.writing(output):
        write = sound.write_flac if output.suffix.lower() == ".flac" else sound.write_wav
        write(output, clip)


def list_scenarios(as_json: base.Json = False) -> None:
    """Every scenario."""
    from trainer import library

    _list([(one.id, one.title, one.language) for one in library.scenarios().values()], as_json, "scenarios")


def show_scenario(scenario: Id, as_json: base.Json = False) -> None:
    """One scenario: who calls, why, and what the trainee may do."""
    from trainer import documents

    found = base.scenario(scenario)
    if as_json:
        base.print_json(documents.versioned(found))
        return
    print(f"{found.title} ({found.customer})\n\n{found.about}\n\n{found.briefing}")


def check_scenarios(files: Files) -> None:
    """What is wrong with a scenario file, with line and key."""
    _check("scenarios", files)


def play_scenario(
    scenario: Id,
    trainee: Annotated[str, typer.Option(help="Who answers on paper: good, mediocre, bad or insulting.")] = "good",
    seed: Annotated[int, typer.Option(help="Another number gives another call.")] = 0,
    difficulty: base.Hard = "normal",
) -> None:
    """A call as a log, without a sound: what the customer says to a trainee of that kind, for its author to read."""
    from trainer import library, simulated

    found = base.scenario(scenario)
    known = library.simulated()
    for said in simulated.play(found, base.named("trainee", trainee, known), seed, difficulty):
        reply = said.reply
        reasons = ", ".join(f"{one.rule} {one.change:+.2f}" for one in reply.because)
        print(f"\n[{reply.beat}]  {reply.anger_before:.2f} -> {reply.anger_after:.2f}  {reasons}")
        print(f"{found.customer}: {reply.line}")
        dealings = [f"{one.kind} {one.id}" for one in said.noticed]
        done = [*said.kept, *(f"breaks {rule}" for rule in said.broken), *dealings]
        if not reply.over:
            print(f"  ({', '.join(done) or 'says nothing to the point'})")


def list_voices(as_json: base.Json = False) -> None:
    """Every voice."""
    from trainer import library

    _list([(one.id, one.about, one.licence) for one in library.voices().values()], as_json, "voices")


def check_voices() -> None:
    """Whether every voice's models are here, and are what they should be."""
    from trainer import library, tts
    from trainer.errors import Missing
    from trainer.records import Delivery

    failed = []
    for voice in library.voices().values():
        try:
            tts.speak(voice, "One, two, three.", Delivery())
            print(f"{voice.id}: ok")
        except Missing as problem:
            print(f"{voice.id}: {problem}")
            failed.append(voice.id)
    if len(failed) == len(library.voices()):
        raise Missing("no voice can speak; reinstall the program")


def list_guides(as_json: base.Json = False) -> None:
    """Every guide, and its rules that can be judged."""
    from trainer import library

    rows = [
        (one.id, one.title, ", ".join(rule.id for rule in library.rules().values() if one.id in rule.guides))
        for one in library.guides().values()
    ]
    _list(rows, as_json, "guides")


def show_rule(rule: Id, as_json: base.Json = False) -> None:
    """One rule: what it says, who says so, and the advice."""
    from trainer import documents

    found = base.named("rule", rule, base.rules())
    if as_json:
        base.print_json(documents.versioned(found))
        return
    print(f"{found.id} ({', '.join(found.guides)}; {found.kind})\n{found.says}\n")
    print(f"+ {found.advice_kept}\n- {found.advice_broken}")


def check_guides(files: Files) -> None:
    """What is wrong with a file of guides and rules, or with a phrasebook, with line and key."""
    from trainer.coaching import phrasebooks

    _report([problem for path in files for problem in phrasebooks.mistakes(path)])


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help="analyse, compare, report, soundcheck, scenario …")],
) -> None:
    """The JSON Schema of a document."""
    from trainer import schemas

    base.print_json(schemas.schema(name))


def _list(rows: list[tuple[str, str, str]], as_json: bool, name: str) -> None:
    if as_json:
        base.print_json({"version": 1, name: [{"id": one[0], "title": one[1], "more": one[2]} for one in rows]})
        return
    for row in rows:
        print("  ".join(row))


def _check(kind: str, files: list[Path]) -> None:
    from trainer import library

    _report([problem for path in files for problem in library.check(kind, path)])


def _report(problems: list[str]) -> None:
    for problem in problems:
        print(problem)
    if problems:
        raise BadContent(f"{len(problems)} to mend; each is named above with its file, line and key")
    print("all right")
