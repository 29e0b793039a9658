"""Whisper by faster-whisper on the processor, int8, beam 5, temperature 0.

Whisper always encodes 30 s. Columns of the spectrogram that are only padding are dropped but for one second, down to
a floor of 1000 frames (10 s): the same words for a third of the work. Neither is to be lowered: below 1000 frames the
decoder begins to repeat itself, and so it does where it cannot see that the speech is over. Temperature 0 without
retries, and a limit on the number of tokens by the length of the sound, keep a decoder that repeats itself from
stalling a call.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

import trainer.models  # noqa: F401  (keeps faster_whisper off the network, so before it is imported)
from trainer import coverage, voicing
from trainer.asr.stretches import Mask, stretches
from trainer.cores import AT_ONCE
from trainer.errors import NoModel, WrongCall
from trainer.records import RATE_HZ, Clip, Span, Transcript, Word
from trainer.voicing import HOP, HOP_S
from trainer.words import say

FLOOR_FRAMES = 1000
END_FRAMES = 100
THREADS = 1
"""Of one recognition. A second one costs two thirds more CPU seconds and saves no time: most of the work is one token
after the other, in matrices too small to be shared."""
BEAM = 5
SILENT_PEAK = 1e-4
"""-80 dBFS: below three steps of PCM16 there is no speech, and Whisper invents words for silence."""

SPEECH = 0.5
OVERLOOKED_S = 0.5
"""More speech without a word than this is a lost word or more: what was recognised rightly leaves 0.1 s at most, a
sentence that was passed over a second and more."""

TAIL_S = 0.4
"""The last word may end so much before our own end of speech."""

TIMELESS_S = 0.07
TIMELESS_WORDS = 3
"""Nobody speaks three words within 0.2 s."""

_WINDOW_S = 30.0
_TOKENS_PER_S = 10.0  # the fastest speech has about 8 tokens a second
_TOKENS_SPARE = 24


def trim_padding(features: Any) -> Any:
    """Features (..., mels, frames) with END_FRAMES of the all-zero frames at their end, but at least FLOOR_FRAMES."""
    used = np.flatnonzero(np.any(features != 0, axis=tuple(range(features.ndim - 1))))
    frames = max(FLOOR_FRAMES, int(used[-1]) + 1 + END_FRAMES if used.size else 0)
    return np.ascontiguousarray(features[..., :frames])


@cache
def _loaded(folder: Path) -> Any:
    from faster_whisper import WhisperModel

    class ShortWindow(WhisperModel):  # type: ignore[misc]
        """WhisperModel that does not encode padding."""

        def encode(self, features: Any) -> Any:
            return super().encode(trim_padding(features))

    try:
        return ShortWindow(
            str(folder),
            device="cpu",
            compute_type="int8",
            cpu_threads=THREADS,
            num_workers=AT_ONCE,
            local_files_only=True,
        )
    except (RuntimeError, ValueError, OSError) as problem:
        raise NoModel(say("models.not_whisper", folder=folder, problem=str(problem).splitlines()[0])) from problem


class WhisperRecogniser:
    """Recognises one language with the model in a folder."""

    def __init__(self, folder: Path, language: str, name: str) -> None:
        """Load the model (once per process). Raises NoModel, or WrongCall for a language it does not know."""
        self.name = name
        self._language = language
        self._model = _loaded(folder.resolve())
        if language not in self._model.supported_languages:
            raise WrongCall(say("models.unknown_language", code=language, name=name))

    def recognise(self, clip: Clip) -> Transcript:
        """The words of a clip; none, without asking the model, when it is empty or silent."""
        speech = speech_frames(clip)
        words = self._words(clip, speech)
        if coverage.overlooked_s(words, self._language, speech) > OVERLOOKED_S:
            apart = [word for span in stretches(speech) for word in self._stretch(clip, speech, span)]
            words = min(words, apart, key=lambda some: coverage.overlooked_s(some, self._language, speech))
        return Transcript(self._language, " ".join(word.text for word in words), tuple(words))

    def _words(self, clip: Clip, speech: Mask) -> list[Word]:
        if not speech.any():
            return []
        segments, _ = self._model.transcribe(
            clip,
            language=self._language,
            task="transcribe",
            beam_size=BEAM,
            temperature=0.0,
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=False,
            max_new_tokens=_token_limit(clip.size / RATE_HZ),
        )
        heard = (_word(word, clip.size / RATE_HZ) for word in _words_until(segments, _end_s(speech)))
        return with_time([word for word in heard if word.text])

    def _stretch(self, clip: Clip, speech: Mask, span: Span) -> Iterator[Word]:
        """The words of a stretch of the clip, with times in the clip."""
        start, end = (round(at_s / HOP_S) for at_s in span)
        for word in self._words(clip[start * HOP : end * HOP], speech[start:end]):
            yield replace(word, start_s=word.start_s + start * HOP_S, end_s=word.end_s + start * HOP_S)


def speech_frames(clip: Clip) -> Mask:
    """Which frames of 16 ms are speech; none of silence and noise, for which Whisper would invent words."""
    if clip.size < HOP or float(np.max(np.abs(clip))) < SILENT_PEAK:
        return np.zeros(clip.size // HOP, np.bool_)
    return voicing.speech_probability(voicing.even(clip)) >= SPEECH


def _end_s(speech: Mask) -> float:
    return float(np.flatnonzero(speech)[-1] + 1) * HOP_S


def _words_until(segments: Iterable[Any], end_s: float) -> Iterator[Any]:
    """The words of the segments up to the end of the speech.

    Segments are decoded as they are asked for: once the speech is covered, no window is opened on the quiet that is
    left, in which the decoder repeats what went before.
    """
    for segment in segments:
        if segment.start >= end_s:
            return
        yield from segment.words or ()
        if segment.end >= end_s - TAIL_S:
            return


def with_time(words: Sequence[Word]) -> list[Word]:
    """``words`` without those that a decoder invented by repeating itself.

    The alignment finds no sound for them and gives a row of them no time at all. A single word without time is none
    of these: short words are sometimes aligned so.
    """
    kept: list[Word] = []
    for timeless, row in groupby(words, key=lambda word: word.end_s - word.start_s < TIMELESS_S):
        some = list(row)
        if not timeless or len(some) < TIMELESS_WORDS:
            kept += some
    return kept


def _token_limit(duration_s: float) -> int:
    return int(_TOKENS_SPARE + _TOKENS_PER_S * min(duration_s, _WINDOW_S))


def _word(word: Any, duration_s: float) -> Word:
    start_s = min(max(float(word.start), 0.0), duration_s)
    end_s = min(max(float(word.end), start_s), duration_s)
    return Word(word.word.strip(), start_s, end_s, float(word.probability))
