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
from trainer.answer import on_clock
from trainer.asr import Recogniser
from trainer.backstage import Backstage, starts_s
from trainer.coaching import baseline as own_voice
from trainer.coaching import call as verdicts
from trainer.coaching.judge import Context, judge
from trainer.coaching.noticed import noticed
from trainer.coaching.thresholds import shipped_thresholds
from trainer.dialogue import Reply, opening, possible, reply
from trainer.errors import NoDevice
from trainer.headset import RECORDINGS, Headset
from trainer.journal import Journal
from trainer.lines import plain
from trainer.records import (
    Answer,
    Baseline,
    Block,
    Difficulty,
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
from trainer.turns.talk import talk
from trainer.turns.timing import Limits, timing

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
    difficulty: Difficulty = "normal"
    without_rate: bool = False
    """They have switched the tempo off for good: it is then absent, not failed."""


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
        self._reference = own_voice.reference(cast.baseline, headset.name, cast.started_at, cast.without_rate)
        self._turns: list[Turn] = []
        self._closing: Line | None = None
        known = shipped_thresholds().turns
        self._limits = Limits(known.back_channel_under_s, known.dead_air_from_s)

    def run(self, folder: Path) -> Report:
        """Play the call to its end. An interrupt, or a headset that goes away, ends it with all that was heard."""
        cast = self._cast
        own = documents.plain(cast.baseline) if cast.baseline else None
        self._journal.event("cast", 0.0, device=self._headset.name, baseline=own, without_rate=cast.without_rate)
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
        said = opening(self._cast.scenario, self._cast.seed, self._cast.difficulty)
        silent = 0
        while not said.over:
            line, answer = self._exchange(said)
            findings = self._judge(answer)
            said = self._reply(said, answer, findings)
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
        answer = self._said(heard)
        if phase != "waiting" or answer is None:
            self._backstage.go_on()
            return

        def follow(found: Measures) -> Reply:
            given = self._answer(_as_heard(line, heard), heard, lambda span: found)
            return self._reply(said, given, self._judge(given))

        self._backstage.foresee(answer, follow)

    def _reply(self, said: Reply, answer: Answer, findings: tuple[Finding, ...]) -> Reply:
        """What the customer makes of an answer to ``said``."""
        scenario = self._cast.scenario
        return reply(scenario, said.state, findings, noticed(scenario, answer.words))

    def _speak(self, said: Reply) -> Line:
        """Begin to play the line, and say what it is; its times are those planned, until it has been heard."""
        cast = self._cast
        spoken = self._backstage.line(said.line, said.heard)
        measured = spoken.measures
        line = Line(
            text=plain(said.line),
            anger=said.heard,
            start_s=self._tape.now_s,
            end_s=self._tape.now_s + measured.duration_s,
            voice=cast.voice.id,
            beat=said.beat,
            articulation_syllables_per_s=measured.rate.articulation_syllables_per_s,
            pitch_hz=measured.pitch.median_hz,
            level_dbfs=measured.level.active_dbfs,
            speech_s=measured.speech_s,
        )
        self._journal.line(len(self._turns) + 1, spoken.clip)
        self._journal.event("line", line.start_s, line=documents.plain(line))
        self._headset.play(spoken.clip)
        self._watch.line(line)
        return line

    def _answer(self, line: Line, heard: Listening, measures: Callable[[Span], Measures]) -> Answer:
        """What was said and its ``measures``, all times on the clock of the call."""
        said = self._said(heard)
        taken = timing((line.start_s, line.end_s), said, heard.speech(), heard.now_s, self._limits)
        if said is None:
            nothing = analyse.measure(np.zeros(0, np.float32), Transcript(self._cast.scenario.language, "", ()))
            return self._judgeable(on_clock(nothing, (line.end_s, line.end_s), line.end_s, taken))
        return self._judgeable(on_clock(measures(said), said, starts_s(said), taken))

    def _judgeable(self, answer: Answer) -> Answer:
        """The answer without the tempo of someone who has switched it off."""
        return own_voice.without(answer, "rate", own_voice.SWITCHED_OFF) if self._cast.without_rate else answer

    def _said(self, heard: Listening) -> Span | None:
        return heard.answer(self._limits.back_channel_under_s)

    def _judge(self, answer: Answer) -> tuple[Finding, ...]:
        earlier = tuple(turn.answer for turn in self._turns)
        normal = own_voice.against(self._reference, (*earlier, answer)).normal
        context = Context(normal, earlier, self._cast.scenario.address, self._headset.output_latency_s)
        return judge(answer, context, self._cast.rules)

    def _keep(self, line: Line, answer: Answer, findings: tuple[Finding, ...], said: Reply) -> None:
        number = len(self._turns) + 1
        dealings = noticed(self._cast.scenario, answer.words)
        turn = Turn(number, line, answer, findings, said.anger_before, said.anger_after, said.because, dealings)
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
        held = own_voice.against(self._reference, [turn.answer for turn in self._turns])
        call = verdicts.verdict(self._turns, held.normal, cast.rules, cast.scenario.address)
        self._journal.event("ended", self._tape.now_s, how=ended)
        known, latency_s = shipped_thresholds().turns, self._headset.output_latency_s
        told_from_s = known.late_ear_overlap_s if known.late_ear(latency_s) else 0.0
        return Report(
            attempt=folder.name,
            scenario=cast.scenario.id,
            folder=str(folder),
            guide=cast.guide,
            trainee=cast.trainee,
            started_at=cast.started_at,
            baseline=held.normal,
            turns=tuple(self._turns),
            call=call,
            ended=ended,
            notes=(*held.notes, *self._assumed(held.normal)),
            closing=self._closing,
            baseline_device=cast.baseline.device if cast.baseline else "",
            baseline_taken_at=cast.baseline.taken_at if cast.baseline else "",
            talk=talk(self._turns, self._closing, told_from_s, latency_s),
            output_latency_s=latency_s,
            difficulty=cast.difficulty,
        )

    def _assumed(self, normal: Measures | None) -> tuple[str, ...]:
        """What a comparison with recordings takes for granted, as ids."""
        own = self._cast.baseline
        recorded = own is not None and own.device == self._headset.name == RECORDINGS
        return ("recordings",) if recorded and normal and normal.level.active_dbfs is not None else ()


def _as_heard(line: Line, heard: Listening) -> Line:
    """The line with the times at which it could really be heard."""
    start_s, end_s = heard.line or (line.start_s, line.end_s)
    return replace(line, start_s=start_s, end_s=end_s)
