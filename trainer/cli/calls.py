"""demo, rehearse: the commands that play a call."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.cli import base
from trainer.errors import BadInput, NoDevice
from trainer.words import say

if TYPE_CHECKING:
    from trainer.asr import Recogniser
    from trainer.headset import Headset
    from trainer.records import Baseline, Clip, Difficulty, Measures, Report, Scenario
    from trainer.rehearsal import Watch
    from trainer.store import Attempts
    from trainer.store.people import Person
    from trainer.turns.patience import Patience

STAND_IN = "stand-in"

ScenarioName = Annotated[
    str | None, typer.Argument(metavar="[SCENARIO]", help="Which call; see `trainer scenarios list`.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(demo)
    app.command()(rehearse)


def demo(
    scenario: ScenarioName = None,
    stubborn: Annotated[bool, typer.Option("--stubborn", help="A trainee who never comes down.")] = False,
    listen: Annotated[bool, typer.Option("--listen", help="Play the call where there is a loudspeaker.")] = False,
    out: Annotated[Path | None, typer.Option(help="Where to keep the call and its report page.")] = None,
    difficulty: base.Hard = "normal",
    data: base.Data = None,
    asr: base.Asr = "base",
    as_json: base.Json = False,
) -> None:
    """A whole call without any audio hardware: an angry customer and a stand-in trainee."""
    from trainer import soundcheck as check
    from trainer import standin
    from trainer.cli import show
    from trainer.headset import PlayedHeadset
    from trainer.store.people import Person

    chosen = base.scenario(scenario)
    kept = base.attempts(out or data, to_write=True)
    recogniser = base.recogniser(asr, chosen.language)
    player = standin.StandInTrainee(chosen.id, stubborn=stubborn)
    base.note(say("cli.sound_check"))
    with kept.sound_check(STAND_IN) as folder:
        headset = PlayedHeadset(player.sound_check(), name=STAND_IN)
        baseline = check.run(headset, folder, recogniser, STAND_IN, base.now()).baseline
    headset = PlayedHeadset(player.answers(), name=STAND_IN)
    stage = _Stage(kept, headset, recogniser, Person(STAND_IN), baseline, difficulty, standin.PATIENCE)
    report = _call(chosen, stage, show.Captions())
    _finish(report, as_json)
    if listen:
        from trainer import replay

        replay.play(Path(report.folder), report)


def rehearse(
    scenario: ScenarioName = None,
    mic: Annotated[str | None, typer.Option(help="Microphone, or a part of its name.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Headphones, or a part of their name.")] = None,
    exam: Annotated[bool, typer.Option("--exam", help="Show nothing until the end.")] = False,
    captions: Annotated[bool, typer.Option("--captions", help="Show the customer's words.")] = False,
    answers: Annotated[
        Path | None, typer.Option(help="Recorded answers (01.wav, 02.flac …) in place of the microphone.")
    ] = None,
    person: base.Person = base.NOBODY,
    difficulty: base.Hard = "normal",
    data: base.Data = None,
    asr: base.Asr = "base",
    as_json: base.Json = False,
) -> None:
    """The call at your headset; Ctrl-C ends it and keeps everything."""
    from trainer.cli import show
    from trainer.turns.patience import Patience

    chosen = base.scenario(scenario)
    headset = _recorded(answers) if answers else _sound_card(mic, speaker)
    try:
        kept = base.attempts(data, to_write=True)
        trainee, baseline = kept.people.person(person), kept.people.baseline(person, headset.name)
        normal = _announced(trainee, baseline, headset.name)
        recogniser = base.recogniser(asr, chosen.language)
        stage = _Stage(kept, headset, recogniser, trainee, baseline, difficulty, Patience.of(trainee.waiting))
        tempo = not trainee.without_rate
        report = _call(chosen, stage, show.AtHeadset(captions=captions, exam=exam, tempo=tempo, normal=normal))
    finally:
        headset.close()
    _finish(report, as_json)
    if report.ended == "device_lost":
        raise NoDevice(say("cli.device_lost", name=headset.name, folder=report.folder))


@dataclass(frozen=True)
class _Stage:
    """Where a call takes place: the store, the headset, who recognises, who speaks."""

    kept: "Attempts"
    headset: "Headset"
    recogniser: "Recogniser"
    trainee: "Person"
    baseline: "Baseline | None"
    difficulty: "Difficulty"
    patience: "Patience"


def _announced(trainee: "Person", baseline: "Baseline | None", device: str) -> "Measures | None":
    """What the voice will be compared with, after it has been said so."""
    from trainer.coaching import baseline as own_voice
    from trainer.exports import sentences

    at = base.now()
    found = own_voice.reference(baseline, device, at, trainee.without_rate)
    if baseline is None:
        base.note(say("cli.no_baseline", person=trainee.name))
    else:
        base.note(sentences.compared(baseline.device, baseline.taken_at, at))
    for note in found.notes:
        if note != "no_baseline":
            base.note(say(f"report.note_{note}"))
    return found.normal


def _call(chosen: "Scenario", stage: _Stage, watch: "Watch") -> "Report":
    """Play a call, keep it, and write its page."""
    from trainer import attempt, library, replay
    from trainer.coaching import spoken
    from trainer.exports import page
    from trainer.journal import Journal
    from trainer.rehearsal import Cast, Rehearsal

    voice = base.voice(chosen.voice)
    guides = tuple(library.guides())
    trainee = stage.trainee
    cast = Cast(
        chosen,
        voice,
        base.rules(),
        guides,
        trainee.name,
        stage.baseline,
        base.now(),
        difficulty=stage.difficulty,
        patience=stage.patience,
        without_rate=trainee.without_rate,
    )
    folder = stage.kept.new(chosen.id, trainee.name)
    header = {
        "scenario": chosen.id,
        "trainee": trainee.name,
        "started_at": cast.started_at,
        "output_latency_s": stage.headset.output_latency_s,
    }
    spoken.ready(chosen.language)
    base.note(say("cli.ring", title=chosen.title))
    with Journal(folder, header) as journal:
        report = Rehearsal(cast, stage.headset, stage.recogniser, journal, watch).run(folder)
    stage.kept.finish(folder, report)
    attempt.write_text(folder / attempt.PAGE, page.html(report, replay.sounds(folder, report)))
    base.note(say("cli.page", file=folder / attempt.PAGE))
    return report


def _finish(report: "Report", as_json: bool) -> None:
    """Show the report, also of a call that was interrupted; then the interrupt goes on its way."""
    base.show_report(report, as_json)
    if report.ended == "interrupted":
        raise KeyboardInterrupt


def _sound_card(mic: str | None, speaker: str | None) -> "Headset":
    from trainer.mic import SoundCard

    return SoundCard(mic, speaker)


def _recorded(folder: Path) -> "Headset":
    from trainer import sound
    from trainer.headset import PlayedHeadset

    if not folder.is_dir():
        raise BadInput(say("cli.answers_folder", folder=folder))
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    if not files:
        raise BadInput(say("cli.no_answers", folder=folder))
    for path in files:  # a bad one is refused now, not in the middle of the call
        sound.read(path, sound.ANSWER_LONGEST_S)

    def clips() -> "Iterator[Clip]":
        for path in files:
            yield sound.read(path, sound.ANSWER_LONGEST_S)

    return PlayedHeadset(clips())
