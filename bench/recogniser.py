"""Our recogniser against the stock one with the same weights and threads, on recordings of people: the same words, for
less work.

Stock is faster-whisper's transcribe(beam_size=5, temperature=0) with its window of 30 s. Debian's telephone prompts
carry no transcripts: there, the stock recogniser's words are the reference ("press 1" and "press one" are the same
words); the readings of pocketsphinx-testdata have some. CPU seconds of the process, one recording after the other, the
one and the other first in turn.
"""

import time
from collections.abc import Callable
from typing import Any

from bench import spelling
from bench.accuracy import corpus
from bench.gates import Figure
from trainer import asr, models
from trainer.asr.whisper import BEAM, THREADS
from trainer.records import RATE_HZ, Clip

MOST = 44
SHORTEST_S, LONGEST_S = 3.0, 11.0
WORDS_APART, CPU_RATIO = 0.5, 0.40


def run() -> list[Figure]:
    ours, stock = asr.engine("base", "en"), _stock()
    apart = words = wrong_ours = wrong_stock = known = 0
    ours_s = stock_s = 0.0
    some = _recordings()
    for number, one in enumerate(some):
        (theirs, took_stock), (mine, took_ours) = _both(stock, lambda clip: ours.recognise(clip).text, one.clip, number)
        ours_s, stock_s = ours_s + took_ours, stock_s + took_stock
        apart, words = apart + spelling.lost(theirs, mine), words + len(spelling.words(theirs))
        if one.text:
            known += len(spelling.words(one.text))
            wrong_ours += spelling.lost(one.text, mine)
            wrong_stock += spelling.lost(one.text, theirs)
    if not some:
        return [Figure("words apart from the stock recogniser's", None, "%", WORDS_APART)]
    return [
        Figure(
            "words apart from the stock recogniser's",
            100.0 * apart / words,
            "%",
            WORDS_APART,
            note=f"{apart} of {words} words in {len(some)} recordings of people, 3 to 11 s",
        ),
        Figure("CPU seconds / the stock recogniser's", ours_s / stock_s, "", CPU_RATIO),
        Figure("word errors, where the text is known", 100.0 * wrong_ours / known if known else None, "%"),
        Figure("    the stock recogniser's", 100.0 * wrong_stock / known if known else None, "%"),
    ]


def _recordings() -> list[corpus.Utterance]:
    """Of each English speaker in turn."""
    found: list[corpus.Utterance] = []
    for speaker in corpus.speakers(human=True):
        if speaker.language == "en":
            fit = [one for one in speaker.utterances() if SHORTEST_S <= len(one.clip) / RATE_HZ <= LONGEST_S]
            found += fit[: MOST - 5]
    return found[:MOST] if len(found) <= MOST else [*found[: MOST - 5], *found[-5:]]


def _stock() -> Callable[[Clip], str]:
    from faster_whisper import WhisperModel

    folder = str(models.folder("whisper-base"))
    model: Any = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=THREADS)

    def recognise(clip: Clip) -> str:
        segments, _ = model.transcribe(clip, language="en", beam_size=BEAM, temperature=0.0)
        return " ".join(segment.text for segment in segments)

    return recognise


def _both(
    stock: Callable[[Clip], str], ours: Callable[[Clip], str], clip: Clip, number: int
) -> list[tuple[str, float]]:
    """Words and CPU seconds of the stock recogniser and of ours."""
    order = [stock, ours] if number % 2 else [ours, stock]
    took = {one: _timed(one, clip) for one in order}
    return [took[stock], took[ours]]


def _timed(recognise: Callable[[Clip], str], clip: Clip) -> tuple[str, float]:
    start_s = time.process_time()
    return recognise(clip), time.process_time() - start_s
