"""The stand-in trainee of the demo: answers synthesised while the call runs, in a voice unlike the customer's.

It is played through a headset on the sample clock; nothing on the way of its sound knows that nobody sits there.
"""

from collections.abc import Iterator

from trainer import library, tts
from trainer.records import Clip, Delivery, Speech
from trainer.turns.patience import Patience

PATIENCE = Patience(finished_s=1.2)
"""Its sentences have 0.8 s between them, each as if it were the last; nobody who listens would take them for ends."""


class StandInTrainee:
    """A trainee who comes down step by step, or a stubborn one who never does."""

    def __init__(self, scenario: str, stubborn: bool) -> None:
        script = library.stand_in(scenario)
        self._voice = library.voices()[script.voice]
        self._script = script
        self._answers = script.stubborn if stubborn else script.coming_down

    def sound_check(self) -> Iterator[Clip]:
        """Its reading and its unprompted talk, in its normal voice."""
        for text in (self._script.reading, self._script.spontaneous):
            yield self._say(Speech(text, Delivery()))

    def answers(self) -> Iterator[Clip]:
        """Its answers, one after the other."""
        for speech in self._answers:
            yield self._say(speech)

    def _say(self, speech: Speech) -> Clip:
        return tts.speak(self._voice, speech.text, speech.delivery)
