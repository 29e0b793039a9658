"""What is worked on behind the scene of a call: words, measures, and the sound of the customer's next line.

On a live headset time passes anyway, so work is begun before it is asked for: while the customer speaks, the lines
that may come next are prepared; while the trainee speaks, what they said before their last pause is recognised; 0.2 s
into a pause that may be the end of the answer, the rest of its words are, at 0.3 s its sound is measured, and the line
that would follow is made (at 1 s where the words look unfinished). If the answer goes on, what was begun for its end
is thrown away. On the sample clock, where time stands still, nothing is begun ahead: the same samples are recognised
where somebody has to know whether their words look finished, and measured once the answer is over, and give the same
numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from trainer import analyse, precedence, tts
from trainer.ahead import Ahead, Begun
from trainer.asr import Recogniser
from trainer.dialogue import Reply
from trainer.dictation import TAIL_S, Dictation, starts_s, within
from trainer.lines import plain
from trainer.precedence import Urgency
from trainer.records import Clip, Delivery, Mark, Measures, Span, Transcript, Voice
from trainer.tape import Tape
from trainer.turns.hearing import Hearing

AFTER_S = 0.3
"""So much is measured after the answer (and ``BEFORE_S`` before it): the quiet that the noise is known from. The sooner
it is there, the sooner the customer can answer."""
BUSY_S = 0.4
"""Many a pause is over by then: where all cores are busy, no words are recognised for it."""
LATER_S = 1.0
"""Somebody who looks as if they went on mostly does: only after so much quiet is the end of their answer worked on. It
comes no sooner than a second later."""


@dataclass(frozen=True)
class Spoken:
    """A line of the customer as it sounds, and its marks in seconds of the clip.

    ``measures`` is what is measured in it; who asks may have to wait, since nobody does while the line is awaited.
    """

    clip: Clip
    measures: Callable[[], Measures]
    marks: tuple[Mark, ...] = ()


class Backstage:
    """The work on a call: words and lines one after the other, and what is measured in a sound beside them."""

    def __init__(self, tape: Tape, hearing: Hearing, recogniser: Recogniser, voice: Voice) -> None:
        self._tape = tape
        self._hearing = hearing
        self._dictation = Dictation(tape, recogniser)
        self._voice = voice
        self._ahead = Ahead()
        self._measuring = Ahead()
        self._expected: list[str] = []
        self._made: tuple[str, Delivery, tts.Spoken] | None = None
        tts.attend(1)

    def expect(self, lines: Sequence[str]) -> None:
        """Prepare these lines when there is nothing else to do, in any call, the first one first."""
        self._expected = list(lines[: tts.MOST_READY])

    def go_on(self, answer: Span | None = None) -> None:
        """The answer is not over: what was begun for its end is given up, what was said before its last pause is
        recognised, and else there is time to prepare a line."""
        if not self._tape.live:
            return
        over = self._dictation.lacks(self._stretches(answer)) if answer else ()
        self._ahead.give_up(but=over)
        if not self._ahead.idle:
            return
        if over:
            self._ahead.begin(over, lambda: self._dictation.take_in(over), Urgency.SPEECH)
        elif self._expected and answer is None and precedence.quiet():
            text = self._expected.pop(0)
            self._ahead.begin(text, lambda: tts.prepare(self._voice, text), Urgency.SPARE)

    def foresee(
        self, answer: Span, finished: Callable[[Transcript], bool], follow: Callable[[Measures], Reply]
    ) -> None:
        """The answer may be over: begin what will be asked for then, as far as its sound is there.

        Where its words are known not to look finished, only once that could be needed; where all cores are busy, not
        before they are known.
        """
        quiet_s = self._tape.now_s - answer[1]
        if not self._tape.live or quiet_s < (TAIL_S if precedence.room() else BUSY_S):
            return
        words = self._begin_words(answer)
        soon = precedence.room() if not words.done() else words.failed() or finished(words.result())
        if quiet_s >= (AFTER_S if soon else LATER_S):
            found = self._begin_measures(answer)
            self._ahead.begin(("next", answer), lambda: self._follow(follow(found.result())), Urgency.PAUSE, (found,))

    def words(self, answer: Span) -> Transcript | None:
        """The words of what may be an answer; None as long as they are not recognised."""
        if not self._tape.live:
            return self._dictation.words(self._stretches(answer))
        begun = self._begin_words(answer)
        return begun.result() if begun.done() and not begun.failed() else None

    def measures(self, answer: Span) -> Measures:
        """The measures of an answer that is over. Raises what recognising and measuring raise."""
        if not self._tape.live:
            return analyse.measure(self._clip(answer), self._dictation.words(self._stretches(answer)))
        return self._tape.until(self._begin_measures(answer))

    def line(self, text: str, anger: float) -> Spoken:
        """The sound of a line. Raises what ``tts.speak`` raises."""
        delivery = tts.delivery(anger, self._voice)
        if not self._tape.live:
            made = self._speak(text, delivery)
            return Spoken(made.clip, cache(lambda: self._measure_line(text, made.clip)), made.marks)
        made = self._made_ahead(text, delivery) or self._tape.until(
            self._ahead.begin((text, delivery), lambda: self._speak(text, delivery), Urgency.WAITED_FOR)
        )
        self._ahead.give_up()
        measured = self._measuring.begin((text, delivery), lambda: self._measure_line(text, made.clip), Urgency.SPARE)
        return Spoken(made.clip, measured.result, made.marks)

    def close(self) -> None:
        """Begin nothing any more."""
        self._ahead.close()
        self._measuring.close()
        tts.attend(-1)

    def _begin_words(self, answer: Span) -> Begun[Transcript]:
        spoken = self._stretches(answer)
        return self._ahead.begin(("words", answer), lambda: self._dictation.words(spoken), Urgency.PAUSE)

    def _begin_measures(self, answer: Span) -> Begun[Measures]:
        words, clip = self._begin_words(answer), self._clip(answer)
        seen = self._measuring.begin(("sound", answer), lambda: analyse.heard(clip), Urgency.PAUSE)
        return self._ahead.begin(
            ("measures", answer), lambda: analyse.measured(seen.result(), words.result()), Urgency.PAUSE, (words, seen)
        )

    def _stretches(self, answer: Span) -> tuple[Span, ...]:
        return within(self._hearing.stretches, answer)

    def _clip(self, answer: Span) -> Clip:
        return self._tape.clip(starts_s(answer), answer[1] + AFTER_S)

    def _follow(self, said: Reply) -> None:
        self._speak(said.line, tts.delivery(said.heard, self._voice))

    def _speak(self, text: str, delivery: Delivery) -> tts.Spoken:
        """The line, made now unless it was the last that was made."""
        made = self._made_ahead(text, delivery) or tts.spoken(self._voice, text, delivery)
        self._made = (text, delivery, made)
        return made

    def _made_ahead(self, text: str, delivery: Delivery) -> tts.Spoken | None:
        """The line where it was the last that was made; asked for so, it costs no block of the capture."""
        made = self._made
        return made[2] if made and made[:2] == (text, delivery) else None

    def _measure_line(self, text: str, clip: Clip) -> Measures:
        return analyse.measure(clip, Transcript(self._voice.language, plain(text), ()))
