"""A call, turn by turn: the only place where the rooms meet.

The customer's line is spoken, the trainee's answer heard, recognised, measured and judged; the findings are shown
and move the customer, whose next line follows. Whether the headset is a person's or plays recorded answers is not
known here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np

from trainer import analyse, documents, sound
from trainer.asr import Recogniser
from trainer.backstage import Backstage, starts_s
from trainer.coaching import call as verdicts
from trainer.coaching.judge import Context, judge
from trainer.dialogue import Reply, opening, possible, reply
from trainer.errors import NoDevice
from trainer.headset import Headset
from trainer.journal import Journal
from trainer.records import (
    Answer,
    Baseline,
    Block,
    Finding,
    Line,
    Measures,
    Report,
    Rule,
    Scenario,
    Span,
    Transcript,
    Turn,
    Voice,
)
from trainer.tape import Tape
from trainer.turns.hearing import Hearing, Listening, Patience, Phase
from trainer.turns.timing import timing

RING_S = 0.5
MOST_SILENT_TURNS = 2

Ended = Literal["over", "interrupted", "device_lost", "nobody_answered"]


class Watch:
    """What a door may want to show while the call runs; it does nothing by itself."""

    def line(self, line: Line) -> None:
        """The customer begins to speak."""

    def block(self, block: Block, phase: Phase) -> None:
        """20 ms have passed."""

    def recognising(self) -> None:
        """The answer has ended, and is being recognised and measured."""

    def turn(self, turn: Turn) -> None:
        """A turn is whole."""


@dataclass(frozen=True)
class Cast:
    """Who takes part: the scenario and its voice, the trainee and their baseline, and the rules that count."""

    scenario: Scenario
    voice: Voice
    rules: Mapping[str, Rule]
    guide: tuple[str, ...]
    trainee: str
    baseline: Baseline | None
    started_at: str
    seed: int = 0
    patience: Patience = field(default_factory=Patience)

    @property
    def normal(self) -> Measures | None:
        """The trainee's own normal voice; its volume only where the sound check found it fit to be compared."""
        if self.baseline is None:
            return None
        spontaneous = self.baseline.spontaneous
        if self.baseline.fit_for_volume:
            return spontaneous
        level = replace(spontaneous.level, status="not_measurable", reason="not_fit_for_volume", active_dbfs=None)
        return replace(spontaneous, level=level)


class Rehearsal:
    """One attempt at one scenario."""

    def __init__(self, cast: Cast, headset: Headset, recogniser: Recogniser, journal: Journal, watch: Watch) -> None:
        self._cast = cast
        self._headset = headset
        self._journal = journal
        self._watch = watch
        self._tape = Tape(headset, journal)
        self._backstage = Backstage(self._tape, recogniser, cast.voice)
        self._hearing = Hearing(cast.patience)
        self._turns: list[Turn] = []
        self._closing: Line | None = None

    def run(self, folder: Path) -> Report:
        """Play the call to its end. An interrupt, or a headset that goes away, ends it with all that was heard."""
        ended: Ended
        try:
            ended = self._call()
        except KeyboardInterrupt:
            ended = "interrupted"
        except NoDevice as problem:
            self._journal.event("device_lost", self._tape.now_s, problem=str(problem))
            ended = "device_lost"
        finally:
            self._backstage.close()
        self._headset.stop()
        return self._report(folder, ended)

    def _call(self) -> Ended:
        self._pass(RING_S)
        said = opening(self._cast.scenario, self._cast.seed)
        silent = 0
        while not said.over:
            line, answer = self._exchange(said)
            findings = self._judge(answer)
            said = reply(self._cast.scenario, said.state, findings)
            self._keep(line, answer, findings, said)
            silent = 0 if answer.text or answer.speech_s else silent + 1
            if silent >= MOST_SILENT_TURNS:
                return "nobody_answered"
        self._close(said)
        return "over"

    def _exchange(self, said: Reply) -> tuple[Line, Answer]:
        """The customer's line and the trainee's answer to it."""
        line, heard = self._hear(said)
        self._watch.recognising()
        return line, self._answer(line, heard, self._backstage.measures)

    def _hear(self, said: Reply) -> tuple[Line, Listening]:
        """Speak the line and listen until the answer has ended."""
        line = self._speak(said)
        heard = Listening(self._hearing, self._cast.patience, self._tape.now_s)
        phase: Phase = "customer"
        self._backstage.expect(possible(self._cast.scenario, said.state))
        while phase not in ("ended", "dead_air"):
            self._foresee(said, line, heard, phase)
            block = self._tape.read()
            phase = heard.feed(block, sound.from_pcm(block.samples))
            self._watch.block(block, phase)
        return _as_heard(line, heard), heard

    def _foresee(self, said: Reply, line: Line, heard: Listening, phase: Phase) -> None:
        """In a pause that may be the end of the answer, work on what would be asked for then."""
        answer = heard.answer()
        if phase != "waiting" or answer is None:
            self._backstage.go_on()
            return

        def follow(found: Measures) -> Reply:
            findings = self._judge(self._answer(_as_heard(line, heard), heard, lambda span: found))
            return reply(self._cast.scenario, said.state, findings)

        self._backstage.foresee(answer, follow)

    def _speak(self, said: Reply) -> Line:
        """Begin to play the line, and say what it is; its times are those planned, until it has been heard."""
        cast = self._cast
        spoken = self._backstage.line(said.line, said.anger_after)
        measured = spoken.measures
        line = Line(
            text=said.line,
            anger=said.anger_after,
            start_s=self._tape.now_s,
            end_s=self._tape.now_s + measured.duration_s,
            voice=cast.voice.id,
            beat=said.beat,
            articulation_syllables_per_s=measured.rate.articulation_syllables_per_s,
            pitch_hz=measured.pitch.median_hz,
            level_dbfs=measured.level.active_dbfs,
        )
        self._journal.line(len(self._turns) + 1, spoken.clip)
        self._journal.event("line", line.start_s, line=documents.plain(line))
        self._headset.play(spoken.clip)
        self._watch.line(line)
        return line

    def _answer(self, line: Line, heard: Listening, measures: Callable[[Span], Measures]) -> Answer:
        """What was said and its ``measures``, all times on the clock of the call."""
        said = heard.answer()
        if said is None:
            nothing = analyse.measure(np.zeros(0, np.float32), Transcript(self._cast.scenario.language, "", ()))
            return _on_clock(nothing, (line.end_s, line.end_s), line.end_s, None, 0.0, ())
        found = measures(said)
        taken = timing((line.start_s, line.end_s), said, heard.speech())
        return _on_clock(found, said, starts_s(said), taken.latency_s, taken.overlap_s, taken.overlaps)

    def _judge(self, answer: Answer) -> tuple[Finding, ...]:
        earlier = tuple(turn.answer for turn in self._turns)
        context = Context(self._cast.normal, earlier, self._cast.scenario.address)
        return judge(answer, context, self._cast.rules)

    def _keep(self, line: Line, answer: Answer, findings: tuple[Finding, ...], said: Reply) -> None:
        number = len(self._turns) + 1
        turn = Turn(number, line, answer, findings, said.anger_before, said.anger_after, said.because)
        self._turns.append(turn)
        self._journal.event("turn", self._tape.now_s, turn=documents.plain(turn))
        self._watch.turn(turn)

    def _close(self, said: Reply) -> None:
        """The customer's last words, to which nobody answers."""
        line = self._speak(said)
        self._pass(line.end_s - line.start_s)
        while self._headset.playing:
            self._tape.read()
        self._closing = line

    def _pass(self, seconds: float) -> None:
        """Let time go by, listening."""
        until_s = self._tape.now_s + seconds
        while self._tape.now_s < until_s:
            self._hearing.feed(sound.from_pcm(self._tape.read().samples))

    def _report(self, folder: Path, ended: Ended) -> Report:
        cast = self._cast
        call = verdicts.verdict(self._turns, cast.normal, cast.rules, cast.scenario.address)
        self._journal.event("ended", self._tape.now_s, how=ended)
        return Report(
            attempt=folder.name,
            scenario=cast.scenario.id,
            folder=str(folder),
            guide=cast.guide,
            trainee=cast.trainee,
            started_at=cast.started_at,
            baseline=cast.baseline.spontaneous if cast.baseline else None,
            turns=tuple(self._turns),
            call=call,
            ended=ended,
            closing=self._closing,
        )


def _as_heard(line: Line, heard: Listening) -> Line:
    """The line with the times at which it could really be heard."""
    start_s, end_s = heard.line or (line.start_s, line.end_s)
    return replace(line, start_s=start_s, end_s=end_s)


def _on_clock(
    found: Measures, said: Span, starts_s: float, latency_s: float | None, overlap_s: float, overlaps: tuple[Span, ...]
) -> Answer:
    """An answer whose clip began at ``starts_s`` of the call."""
    words = tuple(
        replace(word, start_s=word.start_s + starts_s, end_s=word.end_s + starts_s) for word in found.transcript.words
    )
    pauses = tuple((start + starts_s, end + starts_s) for start, end in found.rate.pauses)
    return Answer(
        start_s=said[0],
        end_s=said[1],
        text=found.transcript.text,
        latency_s=latency_s,
        overlap_s=overlap_s,
        speech_s=found.speech_s,
        words=words,
        rate=replace(found.rate, pauses=pauses),
        pitch=found.pitch,
        level=found.level,
        effort=found.effort,
        quality=found.quality,
        overlaps=overlaps,
    )
