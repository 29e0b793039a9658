"""What was said and how it sounded."""

from dataclasses import dataclass

from trainer.records.change import Comparison
from trainer.records.units import (
    Decibels,
    Fraction,
    Hertz,
    Seconds,
    Semitones,
    Span,
    Status,
    SyllablesPerSecond,
    WordsPerMinute,
)


@dataclass(frozen=True)
class Word:
    """One recognised word; times count from the start of the clip."""

    text: str
    start_s: Seconds
    end_s: Seconds
    probability: Fraction


@dataclass(frozen=True)
class Transcript:
    """What was recognised. ``language`` is an ISO 639-1 code."""

    language: str
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Rate:
    """Tempo: syllables over speaking time without pauses (``speech_s``), and words over ``whole_s``, pauses included.

    ``nuclei`` are the syllables that stand out in the sound, by which the words are checked; ``filled_pauses`` are
    found in the sound, since recognisers leave them out.
    """

    status: Status
    reason: str | None
    articulation_syllables_per_s: SyllablesPerSecond | None
    speech_words_per_min: WordsPerMinute | None
    words: int | None
    syllables: int | None
    pauses: tuple[Span, ...]
    nuclei: int | None = None
    filled_pauses: tuple[Span, ...] = ()
    whole_s: Seconds | None = None


@dataclass(frozen=True)
class Pitch:
    """Fundamental frequency of the voiced frames: median, and 10th to 90th percentile in semitones."""

    status: Status
    reason: str | None
    median_hz: Hertz | None
    span_st: Semitones | None
    voiced_s: Seconds | None


@dataclass(frozen=True)
class Level:
    """Active speech level (ITU-T P.56), peak, the share of clipped samples, and loudness of the whole (BS.1770)."""

    status: Status
    reason: str | None
    active_dbfs: Decibels | None
    peak_dbfs: Decibels | None
    clipped_fraction: Fraction | None
    loudness_lufs: Decibels | None = None


@dataclass(frozen=True)
class Effort:
    """Vocal effort: alpha ratio, level of 1–5 kHz over 50–1000 Hz in voiced frames."""

    status: Status
    reason: str | None
    alpha_ratio_db: Decibels | None


@dataclass(frozen=True)
class Quality:
    """How fit the recording is for measuring; ``warnings`` are ids in the catalogue."""

    snr_db: Decibels | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Measures:
    """Everything measured in one clip."""

    file: str
    duration_s: Seconds
    speech_s: Seconds
    transcript: Transcript
    rate: Rate
    pitch: Pitch
    level: Level
    effort: Effort
    quality: Quality
    against_baseline: Comparison | None = None


@dataclass(frozen=True)
class Unreadable:
    """A file of ``trainer analyse`` that could not be measured."""

    file: str
    error: str


@dataclass(frozen=True)
class Baseline:
    """A person's own normal voice on one device: ``reading`` for level and noise, ``spontaneous`` for the rest."""

    person: str
    device: str
    taken_at: str
    reading: Measures
    spontaneous: Measures
    gain_control: bool
    fit_for_volume: bool
    warnings: tuple[str, ...]
