"""analyse, compare: the measures of recordings."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from trainer.cli import base
from trainer.errors import BadInput, TrainerError, WrongCall
from trainer.words import reason, say


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(analyse)
    app.command()(compare)


def analyse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Recordings.")] = [],  # noqa: B006
    folder: Annotated[Path | None, typer.Option(help="Every recording in this folder, too.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="A recording, or the JSON of a sound check.")] = None,
    language: base.Language = "en",
    text: Annotated[str | None, typer.Option(help="What is said, so that nothing is recognised.")] = None,
    asr: base.Asr = "base",
    as_json: base.Json = False,
) -> None:
    """The measures of recordings: tempo, pitch, volume, effort, and what cannot be trusted."""
    from trainer import documents

    paths = [*files, *(_recordings(folder) if folder else [])]
    if not paths:
        raise WrongCall("analyse: name at least one FILE, or a --folder with recordings")
    if text is not None and len(paths) != 1:
        raise WrongCall(say("cli.text_one_file"))
    normal = _baseline(baseline, asr, language) if baseline else None
    clips: list[Any] = []
    for path in paths:
        clips.append(_analysed(path, asr, language, text, normal))
    if as_json:
        base.print_json({"version": documents.VERSION, "clips": [documents.plain(clip) for clip in clips]})
    else:
        _show(clips)
    failed = [clip for clip in clips if hasattr(clip, "error")]
    if failed:
        raise base.Failed("\ntrainer: ".join(clip.error for clip in failed))


def compare(
    before: Annotated[Path, typer.Argument(metavar="BEFORE")],
    after: Annotated[Path, typer.Argument(metavar="AFTER")],
    language: base.Language = "en",
    asr: base.Asr = "base",
    as_json: base.Json = False,
) -> None:
    """Did the same speaker slow down and lower their voice from BEFORE to AFTER?"""
    from trainer import documents, sound
    from trainer.coaching.compare import compare as judge

    for path in (before, after):  # a bad one is refused now, not after the other has been measured
        sound.read(path, sound.ANSWER_LONGEST_S)
    found = judge(_measure(before, asr, language, short=True), _measure(after, asr, language, short=True))
    if as_json:
        base.print_json(documents.versioned(found))
        return
    console = base.console()
    console.print(f"{base.shown(after.name)} relative to {base.shown(before.name)} (as if both had the same gain)")
    for name, change, limit, unit in _changes(found):
        if change.verdict == "not_measurable":
            console.print(f"  {name:7} not measurable: {reason(change.reason)}")
        else:
            verdict = change.verdict.replace("_", " ")
            console.print(say("cli.change", name=name, verdict=verdict, change=limit[0], unit=unit, limit=limit[1]))


def _changes(found: Any) -> list[tuple[str, Any, tuple[float, float], str]]:
    pairs = [
        ("tempo", found.rate, (found.rate.change_percent, found.rate.threshold_percent), "%"),
        ("pitch", found.pitch, (found.pitch.change_st, found.pitch.threshold_st), "st"),
        ("volume", found.volume, (found.volume.change_db, found.volume.threshold_db), "dB"),
        ("effort", found.effort, (found.effort.change_db, found.effort.threshold_db), "dB"),
    ]
    return pairs


def _recordings(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise BadInput(f"{folder}: no such folder; --folder takes a folder with recordings")
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _analysed(path: Path, asr: str, language: str, text: str | None, normal: Any) -> Any:
    from dataclasses import replace

    from trainer.coaching.compare import compare as judge
    from trainer.records import Unreadable

    try:
        found = _measure(path, asr, language, text)
    except TrainerError as problem:
        if problem.exit_status != 1:
            raise
        return Unreadable(base.shown(path), str(problem))
    return found if normal is None else replace(found, against_baseline=judge(normal, found))


def _measure(path: Path, asr: str, language: str, text: str | None = None, short: bool = False) -> Any:
    from trainer import analyse as measures
    from trainer import asr as engines
    from trainer import sound
    from trainer.records import Transcript

    longest_s = sound.ANSWER_LONGEST_S if short else sound.RECORDING_LONGEST_S
    if text is not None:
        base.note(say("cli.analysing", file=base.shown(path)))
        return measures.measure_stream(
            lambda: sound.blocks(path, longest_s), Transcript(language, text, ()), base.shown(path)
        )
    clip = sound.read(path, longest_s)
    base.note(say("cli.analysing", file=base.shown(path)))
    said = Transcript(language, "", ())
    if engines.has_speech(clip):  # where nobody speaks, nobody waits for a recogniser to be loaded
        said = _engine(asr, language).recognise(clip)
    return measures.measure(clip, said, base.shown(path))


_ENGINES: dict[tuple[str, str], Any] = {}


def _engine(asr: str, language: str) -> Any:
    if (asr, language) not in _ENGINES:
        _ENGINES[asr, language] = base.recogniser(asr, language)
    return _ENGINES[asr, language]


def _baseline(path: Path, asr: str, language: str) -> Any:
    from trainer import documents
    from trainer.coaching import baseline as own_voice
    from trainer.records import Baseline

    if path.suffix == ".json":
        if not path.is_file():
            raise BadInput(say("cli.bad_baseline", file=base.shown(path)))
        try:
            found = documents.read(Baseline, json.loads(path.read_text(encoding="utf-8")), path.name)
            return own_voice.comparable(found)
        except (OSError, ValueError) as problem:
            raise BadInput(say("cli.bad_baseline", file=base.shown(path))) from problem
    return _measure(path, asr, language, short=True)


_COLUMNS = ("speech s", "syll/s", "words/min", "Hz", "span st", "dBFS", "effort dB", "SNR")


def _show(clips: list[Any]) -> None:
    measured = [clip for clip in clips if not hasattr(clip, "error")]
    if not measured:
        return
    console = base.console()
    _show_figures([(Path(clip.file).name, _cells(clip)) for clip in measured], console)
    for clip in measured:
        if clip.rate.syllables:
            console.print(_formulas(clip))
        for name in ("rate", "pitch", "level", "effort"):
            measure = getattr(clip, name)
            if measure.reason:
                status = measure.status.replace("_", " ")
                console.print(f"  {Path(clip.file).name}: {name}: {status}: {reason(measure.reason)}")


def _formulas(clip: Any) -> str:
    """Both tempos with what they were counted from, and the loudness of the whole."""
    rate, level = clip.rate, clip.level
    return say(
        "cli.formulas",
        file=Path(clip.file).name,
        syllables=rate.syllables,
        speech=clip.speech_s,
        articulation=rate.articulation_syllables_per_s,
        words=rate.words,
        whole=rate.whole_s,
        speech_rate=rate.speech_words_per_min,
        pauses=len(rate.pauses),
        filled=len(rate.filled_pauses),
        nuclei=rate.nuclei,
        lufs="-" if level.loudness_lufs is None else f"{level.loudness_lufs:.1f}",
    )


def _show_figures(rows: list[tuple[str, tuple[str, ...]]], console: Any) -> None:
    """A table, or where the terminal is too narrow for one, a line for each figure."""
    from rich.table import Table

    table = Table("file", *_COLUMNS)
    for file, cells in rows:
        table.add_row(file, *cells)
    if console.measure(table).maximum < console.width:
        console.print(table)
        return
    for file, cells in rows:
        console.print(file)
        for column, cell in zip(_COLUMNS, cells, strict=True):
            console.print(f"  {column:10}{cell}")


def _cells(clip: Any) -> tuple[str, ...]:
    return (
        f"{clip.speech_s:.1f}",
        _cell(clip.rate, clip.rate.articulation_syllables_per_s, 2),
        _cell(clip.rate, clip.rate.speech_words_per_min, 0),
        _cell(clip.pitch, clip.pitch.median_hz, 1),
        _cell(clip.pitch, clip.pitch.span_st, 1),
        _cell(clip.level, clip.level.active_dbfs, 1),
        _cell(clip.effort, clip.effort.alpha_ratio_db, 1),
        "-" if clip.quality.snr_db is None else f"{clip.quality.snr_db:.0f}",
    )


def _cell(measure: Any, number: float | None, decimals: int) -> str:
    mark = " ?" if measure.status == "warn" else ""
    return "-" if number is None else f"{number:.{decimals}f}{mark}"
