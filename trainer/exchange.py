"""One exchange of a call, as sound: a line of the customer, and what is heard until the trainee's answer is over.

Nobody always knows when somebody has finished. So an answer is over for good only when the customer has spoken for
two seconds after it: a trainee who goes on before that had paused, the customer gives way, and the two parts are one
answer. Inside the line, a real interruption and a word into a lull are told from sounds of listening.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from trainer import documents, sound, tts
from trainer.backstage import Spoken
from trainer.dialogue import Reply, possible, react
from trainer.records import RATE_HZ, AtMark, Line, Mark, Measures, Span, Transcript
from trainer.scene import Scene, as_measured, line_of
from trainer.turns import leak
from trainer.turns.cue import looks_finished
from trainer.turns.floor import Floor, Resumption
from trainer.turns.hearing import BLOCK_S, Listening, Phase
from trainer.turns.marks import at_marks
from trainer.turns.timing import Timing, timing

Kind = Literal["interrupted", "silence", "monologue"]

MOST_HELLOS = 2
LOUDER_DB = 4.0
AGAIN_S = 0.15
"""A line that is taken up again begins so much before where it broke off."""


class Exchange:
    """A line and the answer to it; the line begins to be spoken at once."""

    def __init__(self, scene: Scene, number: int, said: Reply) -> None:
        """The exchange of turn ``number``. Raises what ``tts.speak`` raises."""
        cast = scene.cast
        self.said = said
        self.state = said.state
        self._reactions: list[tuple[Line, Spoken]] = []
        self._scene, self._number = scene, number
        self._spoken = scene.backstage.line(said.line, said.heard)
        self._line = line_of(said, self._spoken, scene.tape.now_s, cast.voice)
        patience = cast.patience
        if "silence" in cast.scenario.reactions:
            patience = replace(patience, dead_air_s=min(patience.dead_air_s, patience.hello_s))
        self._patience = patience
        self._floor = Floor(patience, scene.limits.back_channel_under_s)
        self.heard = Listening(scene.hearing, patience, scene.tape.now_s, self._looks_finished)
        self.heard.leak_s = scene.leak_s
        self._phase: Phase = "customer"
        self._flare: tuple[float, Reply] | None = None
        self._reacted: list[Kind] = []
        self._gave_way: list[Span] = []
        self._at_s = self._shift_s = 0.0
        self._checked = False
        scene.journal.line(number, self._spoken.clip)
        scene.journal.event("line", self._line.start_s, line=documents.plain(self._line))
        scene.headset.play(self._spoken.clip)
        scene.watch.line(self._line)

    @property
    def line(self) -> Line:
        """The line as it was measured, with the times at which it could really be heard, as far as it was."""
        return as_measured(self._heard_line(), self._spoken)

    @property
    def reactions(self) -> tuple[Line, ...]:
        """What the customer said in the middle of things."""
        return tuple(as_measured(line, spoken) for line, spoken in self._reactions)

    def _heard_line(self) -> Line:
        start_s, end_s = self.heard.line or (self._line.start_s, self._line.end_s)
        clip_s = start_s + self._shift_s
        marks = tuple(Mark(mark.kind, mark.start_s + clip_s, mark.end_s + clip_s) for mark in self._spoken.marks)
        return replace(self._line, start_s=start_s, end_s=end_s, marks=marks)

    @property
    def answer(self) -> Span | None:
        """From the first to the last speech of the answer so far."""
        return self.heard.answer(self._scene.limits.back_channel_under_s)

    @property
    def unanswered(self) -> bool:
        """Whether nobody answered, however often the customer asked whether anybody was there."""
        return self._phase == "dead_air" and self._reacted.count("silence") >= MOST_HELLOS

    def timing(self) -> Timing:
        """How the turn was taken; nothing that the customer began is held against the trainee."""
        line = self._heard_line()
        lulls = tuple((mark.start_s, mark.end_s) for mark in line.marks if mark.kind == "lull")
        customer = (*self.heard.reactions, *self._gave_way)
        heard, limits = self.heard, self._scene.limits
        span = (line.start_s, line.end_s)
        return timing(span, self.answer, heard.speech(), heard.now_s, limits, customer, lulls)

    def at_marks(self) -> tuple[AtMark, ...]:
        """What the trainee did at the marks of the line."""
        return at_marks(self._heard_line(), self.heard.speech(), self._scene.limits.back_channel_under_s)

    def listen(self, follow: Callable[[Measures], Reply]) -> None:
        """Listen until the answer is over; ``follow`` tells what the customer would say to one of given measures."""
        scene = self._scene
        scene.backstage.expect(self._coming())
        while self._phase not in ("ended", "dead_air"):
            self._work_ahead(follow)
            self._step()
            self._react()
        scene.journal.event("answer", self.heard.now_s, turn=self._number, span=self.answer)

    def goes_on(self, before: "Exchange") -> bool:
        """Speak the first two seconds; whether the trainee goes on with the answer to ``before`` meanwhile.

        Then this line is over, and was never asked to be answered.
        """
        scene, answer = self._scene, before.answer
        if answer is None or answer[1] - answer[0] > self._patience.longest_s or scene.leaks:
            return False
        begins_s = self._line.start_s
        resumption = Resumption(answer[1], begins_s, self._patience, scene.limits.back_channel_under_s)
        while True:
            self._step()
            move = resumption.move(self.heard.now_s, scene.hearing.stretches)
            if move == "hold":
                scene.headset.stop()
            elif move == "go_on":
                self._take_up_again()
            elif move == "went_on":
                scene.journal.event("gave_way", self.heard.now_s, turn=self._number)
                before.resume((begins_s, self.heard.now_s))
                return True
            elif move == "over":
                return False

    def resume(self, gave_way: Span) -> None:
        """The answer was not over: what the customer said in ``gave_way`` stands for a pause of it."""
        self._gave_way.append(gave_way)
        self.heard.ignore_customer()
        self._phase = "speaking"

    def finish(self) -> None:
        """Let the line be heard to its end; nobody answers."""
        while self._scene.headset.playing:
            self._step()

    def _step(self) -> None:
        """The next 20 ms."""
        block = self._scene.tape.read()
        self._phase = self.heard.feed(block, sound.from_pcm(block.samples))
        self._at_s += BLOCK_S if block.customer_sounds else 0.0
        self._scene.watch.block(block, self._phase)

    def _work_ahead(self, follow: Callable[[Measures], Reply]) -> None:
        """In a pause that may be the end of the answer, work on what would be asked for then."""
        answer = self.answer
        if self._phase == "waiting" and answer is not None:
            self._scene.backstage.foresee(answer, self._finished, follow)
        else:
            self._scene.backstage.go_on(answer)

    def _looks_finished(self) -> bool | None:
        answer = self.answer
        words = self._scene.backstage.words(answer) if answer else None
        return self._finished(words) if words else None

    def _finished(self, words: Transcript) -> bool:
        return looks_finished(words.text, self._scene.cast.scenario.language)

    def _react(self) -> None:
        """What the customer does in the middle of things."""
        if not self._checked and self._phase not in ("customer", "overlap"):
            self._checked = True
            self._leaks()
        if self._flare:
            since_s, burst = self._flare
            if not self.heard.talking or self.heard.now_s >= since_s + self._patience.flare_within_s:
                self._flare = None
                self._say(burst)
        elif self._phase == "overlap" and not self._reactions:
            self._share_the_floor()
        elif self._phase == "dead_air" and self._reacted.count("silence") < MOST_HELLOS:
            self._react_with("silence")
        elif self._phase == "waiting" and "monologue" not in self._reacted and self._monologue():
            self._react_with("monologue")

    def _share_the_floor(self) -> None:
        line, heard = self._heard_line(), self.heard
        lulls = [(mark.start_s, mark.end_s) for mark in line.marks if mark.kind == "lull"]
        move = self._floor.move(heard.now_s, (line.start_s, line.end_s), lulls, heard.speech())
        if move == "take_lull":
            self._scene.journal.event("gave_floor", heard.now_s, turn=self._number)
            self._scene.headset.stop()
        elif move == "cut_in" and "interrupted" not in self._reacted and not self._leaks():
            self._interrupted()

    def _leaks(self) -> bool:
        """Whether the headphones leak into the microphone: then nobody is heard while the customer speaks."""
        scene, line = self._scene, self.heard.line
        if not scene.leaks and line and not self._shift_s:
            played = self._spoken.clip[: round(self._at_s * RATE_HZ)]
            if found := leak.find(played, scene.tape.clip(line[0], line[0] + self._at_s)):
                scene.leaks.append(found)
                scene.journal.event("leak", self.heard.now_s, level_db=found.level_db, delay_s=found.delay_s)
        self.heard.leak_s = scene.leak_s
        return bool(scene.leaks)

    def _interrupted(self) -> None:
        scene = self._scene
        self._reacted.append("interrupted")
        scene.journal.event("interrupted", self.heard.now_s, turn=self._number)
        reaction = scene.cast.scenario.reactions.get("interrupted")
        if reaction and reaction.manner == "louder":
            scene.headset.go_on_as(tts.louder(self._spoken.clip, LOUDER_DB))
        elif burst := react(scene.cast.scenario, self.state, "interrupted"):
            scene.headset.stop()
            self._flare = (self.heard.now_s, burst)

    def _monologue(self) -> bool:
        answer = self.answer
        long = answer is not None and answer[1] - answer[0] >= self._patience.monologue_s
        return long and self.heard.quiet_s >= self._patience.cut_in_pause_s

    def _react_with(self, kind: Kind) -> None:
        self._reacted.append(kind)
        if said := react(self._scene.cast.scenario, self.state, kind):
            self._say(said)

    def _say(self, said: Reply) -> None:
        """A line in the middle of things."""
        scene = self._scene
        spoken = scene.backstage.line(said.line, said.heard)
        line = line_of(said, spoken, scene.tape.now_s, scene.cast.voice)
        self.state = said.state
        self._reactions.append((line, spoken))
        scene.journal.line(self._number, spoken.clip, len(self._reactions))
        scene.journal.event("reaction", line.start_s, line=documents.plain(line))
        self.heard.expect_reaction()
        self._phase = "customer"
        scene.headset.play(spoken.clip)
        scene.watch.line(line)

    def _take_up_again(self) -> None:
        """Speak the rest of the line, from a little before where it broke off."""
        self._at_s = max(0.0, self._at_s - AGAIN_S)
        if self.heard.line:
            self._shift_s = self.heard.now_s - self.heard.line[0] - self._at_s
        self._scene.headset.play(self._spoken.clip[round(self._at_s * RATE_HZ) :])

    def _coming(self) -> list[str]:
        """The lines to prepare: the burst of one who is cut off, which cannot wait, and those that may come next."""
        scenario = self._scene.cast.scenario
        burst = react(scenario, self.state, "interrupted")
        return [*([burst.line] if burst else []), *possible(scenario, self.state)]
