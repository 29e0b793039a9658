"""soundcheck: one's own normal voice on this headset, those that are kept, and what of it is judged."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.cli import base
from trainer.words import say

if TYPE_CHECKING:
    from trainer.records import Baseline
    from trainer.schemas import SoundChecks
    from trainer.store import Attempts


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(soundcheck)


def soundcheck(
    person: base.Person = base.NOBODY,
    recording: Annotated[
        Path | None, typer.Option("--from", help="A recording of 20 s and more of unprompted talk.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="Only show the sound checks that are kept.")] = False,
    rate: Annotated[
        bool | None,
        typer.Option("--with-rate/--without-rate", help="Whether your tempo is judged, from now on; nothing is taken."),
    ] = None,
    waiting: Annotated[
        float | None,
        typer.Option(help="How long customers wait until you have finished, from now on: 1 as usual, 2 twice as long."),
    ] = None,
    mic: Annotated[str | None, typer.Option(help="Microphone, or a part of its name.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Headphones, or a part of their name.")] = None,
    language: base.Language = "en",
    data: base.Data = None,
    asr: base.Asr = "base",
    as_json: base.Json = False,
) -> None:
    """Your own normal voice on this headset: ten seconds of reading, twenty of talk."""
    from trainer import documents
    from trainer.cli import show

    if rate is not None:
        base.attempts(data, to_write=True).people.prefer(person, without_rate=not rate)
    if waiting is not None:
        base.attempts(data, to_write=True).people.wait(person, waiting)
    if listing or ((rate is not None or waiting is not None) and recording is None):
        _show(_kept(base.attempts(data), person), as_json)
        return
    kept = base.attempts(data, to_write=True)
    if recording:
        baseline = _from_recording(kept, recording, person, asr, language)
    else:
        baseline = _at_headset(kept, mic, speaker, person, asr, language)
    if as_json:
        base.print_json(documents.versioned(baseline))
    else:
        show.baseline(baseline, kept.people.person(person).without_rate)


def _from_recording(kept: "Attempts", recording: Path, person: str, asr: str, language: str) -> "Baseline":
    from trainer import sound
    from trainer import soundcheck as check

    clip = sound.read(recording, sound.ANSWER_LONGEST_S)
    taken = check.from_recording(clip, base.recogniser(asr, language), person, base.now())
    kept.people.keep(taken.baseline, taken.clips)
    return taken.baseline


def _at_headset(
    kept: "Attempts", mic: str | None, speaker: str | None, person: str, asr: str, language: str
) -> "Baseline":
    from trainer import soundcheck as check
    from trainer.cli import show
    from trainer.mic import SoundCard

    headset = SoundCard(mic, speaker)
    try:
        recogniser = base.recogniser(asr, language)
        with kept.sound_check(person) as folder:
            taken = check.run(headset, folder, recogniser, person, base.now(), show.SoundCheck())
            kept.people.keep(taken.baseline, taken.clips)
    finally:
        headset.close()
    return taken.baseline


def _kept(kept: "Attempts", person: str) -> "SoundChecks":
    from trainer.schemas import SoundChecks

    known = kept.people.person(person)
    return SoundChecks(known.name, known.without_rate, known.waiting, kept.people.baselines(person))


def _show(found: "SoundChecks", as_json: bool) -> None:
    """Every sound check of a person with its age and its device, the newest first, and whether the tempo is judged."""
    from trainer import documents
    from trainer.cli import show
    from trainer.coaching.baseline import age_s
    from trainer.exports import sentences

    if as_json:
        base.print_json(documents.versioned(found))
        return
    print(say("soundcheck.rate_off" if found.without_rate else "soundcheck.rate_on", person=found.person))
    print(say("soundcheck.waits", person=found.person, waiting=found.waiting))
    if not found.baselines:
        print(say("soundcheck.none", person=found.person))
    for one in found.baselines:
        age = sentences.age(age_s(one.taken_at, base.now()))
        figures = show.figures(one, found.without_rate)
        print(say("soundcheck.one", age=age, device=one.device, figures=figures))
        if not one.fit_for_volume:
            print("  " + say("soundcheck.not_fit"))
