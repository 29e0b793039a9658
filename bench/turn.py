"""A whole turn against the stock way of doing it: transcribe, then pYIN, then speech, one after the other.

Ours is the program's own rehearsal on a headset that runs in real time; its clock runs from the moment at which the
turn is declared over until the next line could be played. What is done while the trainee still speaks or has just
stopped is the point of it, and costs the waiting nothing; the time since their last speech stands beside it.
Stock is faster-whisper's transcribe(beam_size=5) with the same int8 weights, told the language as ours
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
from trainer import analyse, asr, library, models, tts
from trainer.records import RATE_HZ, Clip
from trainer.turns.patience import Patience

GATE = 0.35
ANSWERS = 5
BEAM = 5
STOCK_THREADS = 2
"""Over a whole window a second thread saves the stock way 15 % of its time; of our short ones it saves nothing."""


@dataclass(frozen=True)
class StockTimed:
    """Wall seconds of the stock way."""

    transcribe_s: float
    pyin_s: float
    speech_s: float

    @property
    def whole_s(self) -> float:
        return self.transcribe_s + self.pyin_s + self.speech_s


class Stock:
    """The three stock programs, loaded."""

    def __init__(self) -> None:
        import librosa
        from faster_whisper import WhisperModel

        folder = str(models.folder("whisper-base"))
        self._model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=STOCK_THREADS)
        self._pyin = librosa.pyin
        self._voice = library.voices()[VOICE]
        self._speaker = tts.engine(self._voice.engine)

    def turn(self, clip: Clip, line: str) -> StockTimed:
        """One turn, part after part."""
        return StockTimed(
            _seconds(lambda: list(self._model.transcribe(clip, language="en", beam_size=BEAM)[0])),
            _seconds(lambda: self._pyin(clip, fmin=LOWEST_HZ, fmax=HIGHEST_HZ, sr=RATE_HZ)),
            _seconds(lambda: self._speaker.synthesise(self._voice, line)),
        )


def _seconds(work: Callable[[], Any]) -> float:
    start_s = time.perf_counter()
    work()
    return time.perf_counter() - start_s


class Alternating:
    """Runs the stock way on the answers of a call: before ours where the number of the answer is even, else after."""

    def __init__(self, stock: Stock, spoken: Sequence[Spoken], lines: Sequence[str]) -> None:
        self.turns: list[StockTimed] = []
        self._stock, self._spoken, self._lines = stock, spoken, lines

    def between(self, over: int) -> None:
        wanted = min(over + 1 - over % 2, len(self._spoken))
        for number in range(len(self.turns), wanted):
            self.turns.append(self._stock.turn(self._spoken[number].clip, self._lines[number]))


def run() -> list[Figure]:
    recogniser, stock = asr.engine("base", "en"), Stock()
    analyse.warm_up("en")
    spoken = answers(ANSWERS)
    with nothing_rendered():
        lines = [took.line for took in play(spoken, recogniser, live=False)]  # and warms both sides up
        stock.turn(spoken[0].clip, lines[0])
    sides = Alternating(stock, spoken, lines)
    with nothing_rendered():
        ours = play(spoken, recogniser, between=sides.between)
    if [took.line for took in ours] != lines:
        raise SystemExit("in real time the call went another way than on the sample clock")
    return _figures(list(zip(ours, sides.turns, strict=True)), spoken)


def _figures(pairs: list[tuple[Timed, StockTimed]], spoken: Sequence[Spoken]) -> list[Figure]:
    def part(of: Callable[[Timed, StockTimed], float]) -> float:
        return statistics.median(of(ours, stock) / stock.whole_s for ours, stock in pairs)

    lengths = [answer.duration_s for answer in spoken]
    ours_s = statistics.median(ours.whole_s for ours, _ in pairs)
    stock_s = statistics.median(stock.whole_s for _, stock in pairs)
    times = sum(ours.recognised for ours, _ in pairs) / len(pairs)
    return [
        Figure(
            "turn / stock turn",
            part(lambda ours, _: ours.whole_s),
            "",
            GATE,
            note=f"{len(pairs)} pairs, answers of {min(lengths):.0f} to {max(lengths):.0f} s; no line rendered before",
        ),
        Figure("    of it: the findings", part(lambda ours, _: ours.findings_s)),
        Figure("    of it: the next line", part(lambda ours, _: ours.line_s)),
        Figure("    the greatest of all", max(ours.whole_s / stock.whole_s for ours, stock in pairs)),
        Figure(
            "the same from the last speech on",
            part(lambda ours, _: ours.since_speech_s),
            note=f"with the {Patience().finished_s:g} s of silence by which an answer that looks finished is over",
        ),
        Figure("turn, median", ours_s, "s"),
        Figure("stock turn, median", stock_s, "s"),
        Figure("    of it: transcribe", part(lambda _, stock: stock.transcribe_s)),
        Figure("    of it: pYIN", part(lambda _, stock: stock.pyin_s)),
        Figure("    of it: speech", part(lambda _, stock: stock.speech_s)),
        Figure("how often an answer was recognised", times, note="once more for each pause in which it went on"),
    ]
