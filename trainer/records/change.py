"""What changed from one recording to another of one speaker."""

from dataclasses import dataclass

from trainer.records.units import Decibels, HeightVerdict, Percent, Semitones, TempoVerdict


@dataclass(frozen=True)
class RateChange:
    """AFTER relative to BEFORE: negative is slower."""

    verdict: TempoVerdict
    change_percent: Percent | None
    threshold_percent: Percent | None
    reason: str | None


@dataclass(frozen=True)
class PitchChange:
    """AFTER relative to BEFORE: negative is lower."""

    verdict: HeightVerdict
    change_st: Semitones | None
    threshold_st: Semitones | None
    reason: str | None


@dataclass(frozen=True)
class LevelChange:
    """AFTER relative to BEFORE, of level or of effort: negative is softer."""

    verdict: HeightVerdict
    change_db: Decibels | None
    threshold_db: Decibels | None
    reason: str | None


@dataclass(frozen=True)
class Comparison:
    """The answer to "did they slow down and lower their voice", between two recordings of one speaker."""

    assumes: str
    rate: RateChange
    pitch: PitchChange
    volume: LevelChange
    effort: LevelChange
