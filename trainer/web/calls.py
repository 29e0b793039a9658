"""A call at a page: the rehearsal as at every other headset, and what the page is shown of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from trainer import attempt, documents, library, replay
from trainer.cast import voice_of
from trainer.coaching import baseline as own_voice
from trainer.exports import page
from trainer.headset import Headset
from trainer.journal import Journal
from trainer.records import Baseline, Block, Line, Measures, Report, Turn
from trainer.rehearsal import Cast, Rehearsal, Watch
from trainer.turns.hearing import Phase
from trainer.turns.patience import Patience
from trainer.web import wire
from trainer.web.desk import Desk, now
from trainer.web.gauges import Gauges
from trainer.web.sitting import Sitting
from trainer.words import say


def check(hello: wire.Hello) -> None:
    """Raises Refused for a call that there is not."""
    if hello.scenario not in library.scenarios():
        raise wire.Refused(wire.UNKNOWN, "no_scenario")


def call(desk: Desk) -> Callable[[Sitting], dict[str, Any]]:
    """The work of a call: play it, keep it, write its page; gives the attempt."""

    def work(sitting: Sitting) -> dict[str, Any]:
        cast, normal = _cast(desk, sitting)
        desk.recogniser(cast.scenario.language)
        folder = desk.kept.new(cast.scenario.id, cast.trainee)
        desk.courses.rehearsed(cast.trainee, folder.name)
        desk.rounds.begun(cast.trainee, cast.scenario.id, folder.name)
        sitting.say("ringing", attempt=folder.name)
        shown = Shown(sitting, normal, cast.without_rate)
        report = played(desk, cast, sitting.headset, folder, _header(cast, sitting), shown)
        return {"attempt": folder.name, "ended": report.ended}

    return work


def played(
    desk: Desk, cast: Cast, headset: Headset, folder: Path, header: dict[str, Any], watch: Watch | None = None
) -> Report:
    """Play a call at a headset, keep it in its ``folder``, write its page, and begin to draw its replay."""
    recogniser = desk.recogniser(cast.scenario.language)
    with desk.drawings.during_a_call(), Journal(folder, header) as journal:
        report = Rehearsal(cast, headset, recogniser, journal, watch or Watch()).run(folder)
    desk.kept.finish(folder, report)
    attempt.write_text(folder / attempt.PAGE, page.html(report, replay.sounds(folder, report)))
    desk.drawings.begin(report)
    return report


class Shown(Watch):
    """What the page is told while the call runs; in an exam, only that a line or an answer has come."""

    def __init__(self, sitting: Sitting, normal: Measures | None, without_rate: bool) -> None:
        self._sitting = sitting
        self._exam = sitting.hello.exam
        self._gauges = None if self._exam else Gauges(normal, without_rate)
        self._phase: Phase | None = None

    def line(self, line: Line) -> None:
        """The customer's words and anger."""
        said = {} if self._exam else {"text": line.text, "anger": line.anger}
        self._sitting.say("line", **said)

    def block(self, block: Block, phase: Phase) -> None:
        """Whose turn it is, when that changes, and the gauges once a second."""
        if phase != self._phase:
            self._phase = phase
            self._sitting.say("phase", phase=phase)
        if self._gauges and (found := self._gauges.feed(block, phase)):
            self._sitting.say("gauges", **found)

    def recognising(self) -> None:
        """The answer has ended."""
        self._phase = None
        self._sitting.say("phase", phase="recognising")

    def turn(self, turn: Turn) -> None:
        """The trainee's words, and what moved the customer."""
        told: dict[str, Any] = {"number": turn.number}
        if not self._exam:
            told |= {"text": turn.answer.text, "before": turn.anger_before, "after": turn.anger_after, "why": why(turn)}
        self._sitting.say("turn", **told)

    def went_on(self) -> None:
        """The turn was not over: its answer will be told again, whole."""
        self._sitting.say("went_on")


def why(turn: Turn) -> str:
    """One line for what moved the customer most in this turn; nothing where they did not move."""
    moved = turn.anger_after - turn.anger_before
    causes = [one for one in turn.because if one.change * moved > 0.0]
    if not causes:
        return ""
    most = max(causes, key=lambda one: abs(one.change))
    return say("web.why_down" if moved < 0 else "web.why_up", reason=library.title(most.rule))


def normal_voice(baseline: Baseline | None, language: str) -> Baseline | None:
    """A sound check as a call in ``language`` may be held against it: nobody has one tempo in two languages."""
    if baseline is None or baseline.spontaneous.transcript.language == language:
        return baseline
    return replace(baseline, spontaneous=own_voice.without(baseline.spontaneous, "rate", "other_language"))


def _cast(desk: Desk, sitting: Sitting) -> tuple[Cast, Measures | None]:
    """Who takes part, and the normal voice that the call is held against."""
    scenario = library.scenarios()[sitting.hello.scenario]
    people, at = desk.kept.people, now()
    trainee = people.person(sitting.person)
    baseline = normal_voice(people.baseline(sitting.person, sitting.headset.name), scenario.language)
    cast = Cast(
        scenario,
        voice_of(scenario.voice),
        library.rules(),
        tuple(library.guides()),
        trainee.name,
        baseline,
        at,
        difficulty=sitting.hello.difficulty,
        patience=Patience.of(trainee.waiting),
        without_rate=trainee.without_rate,
    )
    return cast, own_voice.reference(baseline, sitting.headset.name, at, trainee.without_rate).normal


def _header(cast: Cast, sitting: Sitting) -> dict[str, Any]:
    """What is known before the call: also what the browser does to the sound, though it was asked not to."""
    return {
        "scenario": cast.scenario.id,
        "trainee": cast.trainee,
        "started_at": cast.started_at,
        "output_latency_s": sitting.headset.output_latency_s,
        "half_duplex": sitting.hello.half_duplex,
        "granted": documents.plain(sitting.hello.granted),
    }
