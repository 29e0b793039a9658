"""A call, turn by turn: the only place where the rooms meet.

The customer's line is spoken and the trainee's answer heard (``exchange.py``), recognised, measured and judged; the
findings are shown and move the customer, whose next line follows. Whether the headset is a person's or plays recorded
answers is not known here.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np

from trainer import analyse, documents, signals, sound
from trainer.answer import on_clock
from trainer.asr import Recogniser
from trainer.backstage import Backstage
from trainer.cast import Cast, Watch
from trainer.coaching import baseline as own_voice
from trainer.coaching import call as verdicts
from trainer.coaching.judge import Context, judge
from trainer.coaching.noticed import noticed
from trainer.coaching.thresholds import shipped_thresholds
from trainer.dialogue import Reply, opening, reply
from trainer.dictation import starts_s
from trainer.errors import NoDevice
from trainer.exchange import Exchange
from trainer.headset import RECORDINGS, Headset
from trainer.journal import Journal
from trainer.records import RATE_HZ, Answer, AtMark, Finding, Line, Measures, Report, Span, Transcript, Turn
from trainer.scene import Scene
from trainer.tape import Tape
from trainer.tts import telephone
from trainer.turns.hearing import Hearing
from trainer.turns.talk import talk
from trainer.turns.timing import Limits

__all__ = ["Cast", "Rehearsal", "Watch"]

RING_S = 0.5
QUIET_S = 5.0
"""Of the telephone line, again and again: too long for an ear to find out."""
MOST_SILENT_TURNS = 2

Ended = Literal["over", "interrupted", "device_lost", "nobody_answered"]


class Rehearsal:
    """One attempt at one scenario."""

    def __init__(self, cast: Cast, headset: Headset, recogniser: Recogniser, journal: Journal, watch: Watch) -> None:
        self._cast = cast
        self._headset = headset
        self._journal = journal
        self._watch = watch
        self._tape = Tape(headset, journal)
        self._hearing = Hearing(cast.patience)
        self._backstage = Backstage(self._tape, self._hearing, recogniser, cast.voice)
        self._reference = own_voice.reference(cast.baseline, headset.name, cast.started_at, cast.without_rate)
        self._turns: list[Turn] = []
        self._closing: Line | None = None
        known = shipped_thresholds().turns
        limits = Limits(known.back_channel_under_s, known.dead_air_from_s)
        self._scene = Scene(cast, headset, journal, watch, self._tape, self._backstage, self._hearing, limits)

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
        self._headset.rest(signals.silence(0.0))
        return self._report(folder, ended)

    def _call(self) -> Ended:
        self._headset.rest(telephone.quiet(round(QUIET_S * RATE_HZ)))
        self._pass(RING_S)
        exchange = Exchange(self._scene, 1, opening(self._cast.scenario, self._cast.seed, self._cast.difficulty))
        while not exchange.said.over:
            turn, following = self._settle(exchange)
            self._keep(turn)
            if following is None:
                return "nobody_answered"
            exchange = following
        exchange.finish()
        self._closing = exchange.line
        return "over"

    def _settle(self, exchange: Exchange) -> tuple[Turn, Exchange | None]:
        """Listen until the answer is over for good; its turn, and what follows, where somebody is still there."""
        while True:
            exchange.listen(lambda found: self._think(exchange, lambda span: found)[1])
            self._watch.recognising()
            turn, said = self._think(exchange, self._backstage.measures)
            try:
                self._watch.turn(turn)
                if exchange.unanswered or self._silent(turn):
                    return turn, None
                following = Exchange(self._scene, turn.number + 1, said)
                if not following.goes_on(exchange):
                    return turn, following
            except BaseException:  # whatever ends the call here, the answer was given
                self._keep(turn)
                raise
            self._watch.went_on()

    def _think(self, exchange: Exchange, measures: Callable[[Span], Measures]) -> tuple[Turn, Reply]:
        """What the answer was, and what the customer makes of it."""
        line, answer = exchange.line, self._answer(exchange, measures)
        findings = self._judge(answer, exchange.at_marks())
        dealings = noticed(self._cast.scenario, answer.words)
        said = reply(self._cast.scenario, exchange.state, findings, dealings)
        changes = (said.anger_before, said.anger_after, said.because, dealings)
        return Turn(len(self._turns) + 1, line, answer, findings, *changes, exchange.reactions), said

    def _silent(self, turn: Turn) -> bool:
        """Whether nobody has answered, again and again."""
        last = [*self._turns, turn][-MOST_SILENT_TURNS:]
        return len(last) == MOST_SILENT_TURNS and not any(one.answer.text or one.answer.speech_s for one in last)

    def _answer(self, exchange: Exchange, measures: Callable[[Span], Measures]) -> Answer:
        """What was said and its ``measures``, all times on the clock of the call."""
        said, taken, end_s = exchange.answer, exchange.timing(), exchange.line.end_s
        if said is None:
            nothing = analyse.measure(np.zeros(0, np.float32), Transcript(self._cast.scenario.language, "", ()))
            return self._judgeable(on_clock(nothing, (end_s, end_s), end_s, taken))
        return self._judgeable(on_clock(measures(said), said, starts_s(said), taken))

    def _judgeable(self, answer: Answer) -> Answer:
        """The answer without the tempo of someone who has switched it off."""
        return own_voice.without(answer, "rate", own_voice.SWITCHED_OFF) if self._cast.without_rate else answer

    def _judge(self, answer: Answer, at_marks: tuple[AtMark, ...]) -> tuple[Finding, ...]:
        earlier = tuple(turn.answer for turn in self._turns)
        normal = own_voice.against(self._reference, (*earlier, answer)).normal
        context = Context(
            normal,
            earlier,
            self._cast.scenario.address,
            self._headset.output_latency_s,
            at_marks,
            bool(self._scene.leaks),
            self._cast.scenario.language,
            self._cast.scenario.matter,
        )
        return judge(answer, context, self._cast.rules)

    def _keep(self, turn: Turn) -> None:
        self._turns.append(turn)
        self._journal.event("turn", self._tape.now_s, turn=documents.plain(turn))

    def _pass(self, seconds: float) -> None:
        """Let time go by, listening."""
        until_s = self._tape.now_s + seconds
        while self._tape.now_s < until_s:
            self._hearing.feed(sound.from_pcm(self._tape.read().samples))

    def _report(self, folder: Path, ended: Ended) -> Report:
        cast = self._cast
        held = own_voice.against(self._reference, [turn.answer for turn in self._turns])
        scenario = cast.scenario
        roles = {beat.id: beat.role for beat in scenario.beats}
        call = verdicts.verdict(self._turns, held.normal, cast.rules, scenario.address, roles, scenario.matter)
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
            notes=(*held.notes, *self._assumed(held.normal), *(("leak",) if self._scene.leaks else ())),
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
