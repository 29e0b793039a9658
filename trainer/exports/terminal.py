"""The report in a terminal: the verdict in a sentence, the turns in a table, three things for next time."""

from typing import TYPE_CHECKING

from trainer.coaching.baseline import SWITCHED_OFF
from trainer.exports import sentences
from trainer.records import Report, Turn
from trainer.words import say

if TYPE_CHECKING:
    from rich.console import Console


_COLUMNS = ("turn", "tempo", "pitch", "volume", "anger", "findings")


def show(report: Report, console: "Console") -> None:
    """Print the report; readable at 80 columns, without colour too."""
    from rich.table import Table

    console.print()
    console.print(sentences.verdict(report), style="bold")
    if ended := say(f"report.ended_{report.ended}"):
        console.print(ended)
    for note in sentences.notes(report):
        console.print(note)
    console.print()
    columns = [column for column in _COLUMNS if column != "tempo" or SWITCHED_OFF not in report.notes]
    table = Table(*(say(f"report.columns_{column}") for column in columns))
    for turn in report.turns:
        row = _row(turn)
        table.add_row(*(row[column] for column in columns))
    console.print(table)
    for turn in report.turns:
        for reaction in turn.reactions:
            console.print(f"  {say('report.turn', number=turn.number)}: {sentences.reaction(reaction)}")
        for found in turn.findings:
            if sentences.hint(found):
                console.print(f"  {say('report.turn', number=turn.number)}: {sentences.finding(found)}")
    console.print()
    console.print(say("report.next_time"), style="bold")
    for place, advice in enumerate(report.call.next_time or (say("report.next_time_none"),), 1):
        console.print(f"  {place}. {advice}")
    console.print()
    console.print(say("report.over_the_call"), style="bold")
    for sentence in sentences.over_call(report):
        console.print(f"  {sentence}")
    if unmeasured := sentences.unmeasured(report.call):
        console.print()
        console.print(say("report.not_measured"), style="bold")
        for sentence in unmeasured:
            console.print(f"  {sentence}")
    if report.corrections:
        console.print()
        console.print(say("report.corrections"), style="bold")
        for one in report.corrections:
            console.print(f"  {sentences.correction(one)}")
    console.print()
    console.print(f"  {report.folder}", soft_wrap=True)


def _row(turn: Turn) -> dict[str, str]:
    answer = turn.answer
    states = [found.state for found in turn.findings]
    cells = (
        str(turn.number),
        _figure(answer.rate.articulation_syllables_per_s, 1),
        _figure(answer.pitch.median_hz, 0),
        _figure(answer.level.active_dbfs, 0),
        f"{turn.anger_before:.2f} → {turn.anger_after:.2f}",
        f"{states.count('kept')} / {states.count('broken')}",
    )
    return dict(zip(_COLUMNS, cells, strict=True))


def _figure(number: float | None, decimals: int) -> str:
    return "-" if number is None else f"{number:.{decimals}f}"
