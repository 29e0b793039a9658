"""A recogniser that gives back what it was told: for tests and for calls whose words are known."""

from collections.abc import Callable, Sequence

from trainer.records import Clip, Transcript, Word


class ScriptedRecogniser:
    """Gives prepared transcripts in order, or what a function makes of each clip."""

    name = "scripted"

    def __init__(self, script: Sequence[Transcript] | Callable[[Clip], Transcript]) -> None:
        self._make = script if callable(script) else None
        self._left = [] if callable(script) else list(script)

    def recognise(self, clip: Clip) -> Transcript:
        """The next transcript; an empty one when the script has run out."""
        if self._make is not None:
            return self._make(clip)
        return self._left.pop(0) if self._left else Transcript("en", "", ())


def spread(text: str, start_s: float, end_s: float, language: str = "en") -> Transcript:
    """A transcript of ``text`` whose words share the time from ``start_s`` to ``end_s`` by their length."""
    parts = text.split()
    letters = sum(len(part) for part in parts)
    words, at_s = [], start_s
    for part in parts:
        until_s = at_s + (end_s - start_s) * len(part) / letters
        words.append(Word(part, at_s, until_s, 1.0))
        at_s = until_s
    return Transcript(language, " ".join(parts), tuple(words))
