"""A whole turn against the stock way of doing it: transcribe, then pYIN, then speech, one after the other.

Ours is the program's own rehearsal; its clock runs from the end of the answer until the next line could be played.
Stock is faster-whisper's transcribe(beam_size=5) with the same int8 weights and threads, told the language as ours
is; librosa.pyin from 60 to 700 Hz; and the bare speech engine, without our delivery. Both get the same answers and
lines, the one and the other first in turn; each ratio is of one pair.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.answers import VOICE, Spoken, answers, nothing_rendered
from bench.calls import Timed, play
from bench.gates import Figure
from bench.prosody import HIGHEST_HZ, LOWEST_HZ
from trainer import asr, library, models, tts, voicing
from trainer.asr import Recogniser
from trainer.records import RATE_HZ, Clip

GATE = 0.35
ANSWERS = 5
BEAM = 5


@dataclass(frozen=True)
class StockTimed:
    """Wall seconds of the stock way."""

    transcribe_s: float
    pyin_s: float
    speech_s: float
    detect_s: float
    """Asking for the language, which stock does too where it is not told; not counted."""

    @property
    def whole_s(self) -> float:
        return self.transcribe_s + self.pyin_s + self.speech_s


class Stock:
    """The three stock programs, loaded."""

    def __init__(self) -> None:
        import librosa
        from faster_whisper import WhisperModel

        from trainer.asr.whisper import THREADS

        folder = str(models.folder("whisper-base"))
        self._model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=THREADS)
        self._pyin = librosa.pyin
        self._voice = library.voices()[VOICE]
        self._speaker = tts.engine(self._voice.engine)

    def turn(self, clip: Clip, line: str) -> StockTimed:
        """One turn, part after part."""
        return StockTimed(
            _seconds(lambda: list(self._model.transcribe(clip, language="en", beam_size=BEAM)[0])),
            _seconds(lambda: self._pyin(clip, fmin=LOWEST_HZ, fmax=HIGHEST_HZ, sr=RATE_HZ)),
            _seconds(lambda: self._speaker.synthesise(self._voice, line)),
            _seconds(lambda: self._model.detect_language(clip)),
        )


def _seconds(work: Callable[[], Any]) -> float:
    start_s = time.perf_counter()
    work()
    return time.perf_counter() - start_s


Pair = tuple[Timed, StockTimed]


class Alternating:
    """Runs the stock way on the answers of a call: before ours where their number is even, else after it."""

    def __init__(self, stock: Stock, lines: Sequence[str]) -> None:
        self.pairs: list[Pair] = []
        self._stock, self._lines = stock, lines
        self._first: StockTimed | None = None

    def before(self, number: int, clip: Clip) -> None:
        self._first = self._stock.turn(clip, self._lines[number]) if number % 2 == 0 else None

    def after(self, number: int, took: Timed) -> None:
        if took.line != self._lines[number]:
            raise SystemExit(f"the call went another way: {took.line!r} in place of {self._lines[number]!r}")
        self.pairs.append((took, self._first or self._stock.turn(took.clip, took.line)))


def run() -> list[Figure]:
    recogniser, stock = asr.engine("base", "en"), Stock()
    voicing.warm_up()
    spoken = answers(ANSWERS)
    with nothing_rendered():
        warm = play(spoken, recogniser)  # renders every line, tells which they are, and warms both sides up
        stock.turn(warm[0].clip, warm[0].line)
        lines = [took.line for took in warm]
        kept = _pairs(spoken, recogniser, stock, lines)
    with nothing_rendered():
        rendered = _pairs(spoken, recogniser, stock, lines)
    lengths = [len(took.clip) / RATE_HZ for took in warm]
    about = f"{len(kept)} pairs, answers of {min(lengths):.0f} to {max(lengths):.0f} s"
    return [
        *_figures("line in the cache", kept, about),
        *_figures("line rendered in the turn", rendered, about),
        *_about_stock(kept + rendered),
        Figure(
            "line in the cache, were stock to detect the language too",
            statistics.median(ours.whole_s / (stock.whole_s + stock.detect_s) for ours, stock in kept),
        ),
    ]


def _pairs(spoken: list[Spoken], recogniser: Recogniser, stock: Stock, lines: Sequence[str]) -> list[Pair]:
    sides = Alternating(stock, lines)
    play(spoken, recogniser, sides.before, sides.after)
    return sides.pairs


def _figures(how: str, pairs: list[Pair], about: str) -> list[Figure]:
    def part(of: Callable[[Timed], float]) -> float:
        return statistics.median(of(ours) / stock.whole_s for ours, stock in pairs)

    return [
        Figure(f"turn / stock turn, {how}", part(lambda ours: ours.whole_s), "", GATE, note=about),
        Figure("    of it: the words", part(lambda ours: ours.words_s)),
        Figure("    of it: measures and findings", part(lambda ours: ours.findings_s)),
        Figure("    of it: the next line", part(lambda ours: ours.line_s)),
    ]


def _about_stock(pairs: list[Pair]) -> list[Figure]:
    def part(of: Callable[[StockTimed], float]) -> float:
        return statistics.median(of(stock) / stock.whole_s for _, stock in pairs)

    return [
        Figure("stock turn, of it: transcribe", part(lambda stock: stock.transcribe_s)),
        Figure("stock turn, of it: pYIN", part(lambda stock: stock.pyin_s)),
        Figure("stock turn, of it: speech", part(lambda stock: stock.speech_s)),
        Figure(
            "words / stock transcribe",
            statistics.median(ours.words_s / stock.transcribe_s for ours, stock in pairs),
        ),
    ]
