"""What is worked on behind the scene of a call: words, measures, and the sound of the customer's next line.

On a live headset time passes anyway, so work is begun before it is asked for: while the customer speaks, the lines
that may come next are prepared; 0.2 s into a pause that may be the end of the answer, its words are recognised, at
0.5 s it is measured, and the line that would follow is made. If the answer goes on, all of it is thrown away. On the
sample clock, where time stands still, nothing is begun ahead: the same samples are recognised where somebody has to
know whether their words look finished, and measured once the answer is over, and give the same numbers.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from trainer import analyse, tts
from trainer.ahead import Ahead
from trainer.asr import Recogniser
from trainer.dialogue import Reply
from trainer.lines import plain
from trainer.records import Clip, Delivery, Mark, Measures, Span, Transcript, Voice
from trainer.tape import Tape

AROUND_S = 0.5
"""So much is measured before and after the answer: the quiet that the noise is known from."""
TAIL_S = 0.2
"""So much is recognised after it. 0.5 s gave no other word in 17 of 18 answers of our stand-in, and in one of them a
word twice; only commas came and went."""


@dataclass(frozen=True)
class Spoken:
    """A line of the customer as it sounds, what is measured in it, and its marks in seconds of the clip."""

    clip: Clip
    measures: Measures
    marks: tuple[Mark, ...] = ()
    """In seconds of the clip."""


class Backstage:
    """The work on a call, one thing at a time."""

    def __init__(self, tape: Tape, recogniser: Recogniser, voice: Voice) -> None:
        self._tape = tape
        self._recogniser = recogniser
        self._voice = voice
        self._ahead = Ahead()
        self._expected: list[str] = []
        self._made: tuple[str, Delivery, Spoken] | None = None
        self._words: tuple[Span, Transcript] | None = None

    def expect(self, lines: Sequence[str]) -> None:
        """Prepare these lines when there is nothing else to do, the first one first."""
        self._expected = list(lines[: tts.MOST_READY])

    def go_on(self) -> None:
        """The answer is not over: what was begun for its end is given up, and there is time to prepare a line."""
        if not self._tape.live:
            return
        self._ahead.give_up()
        if self._expected and self._ahead.idle:
            text = self._expected.pop(0)
            self._ahead.begin(text, lambda: tts.prepare(self._voice, text))

    def foresee(self, answer: Span, follow: Callable[[Measures], Reply]) -> None:
        """The answer may be over: begin what will be asked for then, as far as its sound is there."""
        if not self._tape.live:
            return
        quiet_s = self._tape.now_s - answer[1]
        if quiet_s >= TAIL_S:
            self._begin_words(answer)
        if quiet_s >= AROUND_S:
            found = self._begin_measures(answer)
            self._ahead.begin(("next", answer), lambda: self._follow(follow(found.result())))

    def words(self, answer: Span) -> Transcript | None:
        """The words of what may be an answer; None as long as they are not recognised."""
        if not self._tape.live:
            return self._recognise(answer)
        begun = self._begin_words(answer)
        return begun.result() if begun.done() and not begun.exception() else None

    def measures(self, answer: Span) -> Measures:
        """The measures of an answer that is over. Raises what recognising and measuring raise."""
        if not self._tape.live:
            return self._measure(answer, self._recognise(answer))
        return self._tape.until(self._begin_measures(answer))

    def line(self, text: str, anger: float) -> Spoken:
        """The sound of a line. Raises what ``tts.speak`` raises."""
        delivery = tts.delivery(anger, self._voice)
        if not self._tape.live:
            return self._speak(text, delivery)
        spoken = self._tape.until(self._ahead.begin((text, delivery), lambda: self._speak(text, delivery)))
        self._ahead.give_up()
        return spoken

    def close(self) -> None:
        """Begin nothing any more."""
        self._ahead.close()

    def _begin_words(self, answer: Span) -> Future[Transcript]:
        return self._ahead.begin(("words", answer), lambda: self._recognise(answer))

    def _begin_measures(self, answer: Span) -> Future[Measures]:
        words = self._begin_words(answer)  # one thing after the other: when it is measured, its words are there
        return self._ahead.begin(("measures", answer), lambda: self._measure(answer, words.result()))

    def _recognise(self, answer: Span) -> Transcript:
        """The words of an answer, recognised now unless it was the last that was."""
        if self._words is None or self._words[0] != answer:
            self._words = (answer, self._recogniser.recognise(self._tape.clip(starts_s(answer), answer[1] + TAIL_S)))
        return self._words[1]

    def _measure(self, answer: Span, words: Transcript) -> Measures:
        return analyse.measure(self._tape.clip(starts_s(answer), answer[1] + AROUND_S), words)

    def _follow(self, said: Reply) -> None:
        self._speak(said.line, tts.delivery(said.heard, self._voice))

    def _speak(self, text: str, delivery: Delivery) -> Spoken:
        """The line, made now unless it was the last that was made."""
        if self._made is None or self._made[:2] != (text, delivery):
            made = tts.spoken(self._voice, text, delivery)
            measured = analyse.measure(made.clip, Transcript(self._voice.language, plain(text), ()))
            self._made = (text, delivery, Spoken(made.clip, measured, made.marks))
        return self._made[2]


def starts_s(answer: Span) -> float:
    """Where the clip of an answer begins, in seconds of the call."""
    return max(answer[0] - AROUND_S, 0.0)
