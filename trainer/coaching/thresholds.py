"""The numbers that opinions rest on, read from trainer/guides/thresholds.yaml, where each has its source."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import yaml

from trainer import documents, shipped

Quantity = Literal["rate", "pitch", "level", "effort"]


@dataclass(frozen=True)
class Chance:
    """The 95 % limits of chance between two recordings spoken alike, by seconds of speech on the shorter side."""

    speech_s: tuple[float, ...]
    rate_percent: tuple[float, ...]
    pitch_st: tuple[float, ...]
    level_db: tuple[float, ...]
    effort_db: tuple[float, ...]


@dataclass(frozen=True)
class OwnVoice:
    """When a sound check is somebody's own normal voice, and how long."""

    session_hours: float
    old_days: float
    parts_apart_st: float
    parts_apart_effort_db: float
    another_lower_st: float
    another_higher_st: float
    st_per_effort_db: float


@dataclass(frozen=True)
class TurnTaking:
    """What counts in turn-taking, in seconds, and on which headsets."""

    back_channel_under_s: float
    dead_air_from_s: float
    late_ear_from_s: float
    late_ear_most_s: float
    late_ear_overlap_s: float

    def late_ear(self, output_latency_s: float | None) -> bool:
        """Whether the customer's voice comes too late to the ear, or nobody knows when, to tell short times."""
        return output_latency_s is None or output_latency_s > self.late_ear_from_s


@dataclass(frozen=True)
class OverCall:
    """How many answers the course of a call needs, and how angry a customer is in an outburst."""

    slope_answers: int
    composure_answers: int
    outburst_from_anger: float


@dataclass(frozen=True)
class Following:
    """From which correlation on, by number of differences, answers are said to have followed the lines."""

    least_turns: int
    differences: tuple[int, ...]
    correlation: tuple[float, ...]
    line_moves_percent: float
    line_moves_st: float
    line_moves_db: float


@dataclass(frozen=True)
class OverAttempts:
    """A person's calls against each other: how many of them, and from how many occasions on a change is told."""

    calls: int
    recent_calls: int
    least_occasions: int
    z: float


@dataclass(frozen=True)
class InGroup:
    """A group's calls: from how many people on calls that are not shared are counted, and when a rule is kept."""

    least_people: int
    kept_share: float


@dataclass(frozen=True)
class Thresholds:
    """Everything in thresholds.yaml, under the same names."""

    chance: Chance
    clearly_times: float
    clearly_least_st: float
    least_speech_s: float
    short_speech_s: float
    least_words: int
    snr_refused_db: float
    snr_warned_db: float
    snr_told_db: float
    clipped_refused: float
    unsure_word: float
    unsure_share: float
    overlooked_share: float
    nuclei_drift_percent: float
    syllables_per_nucleus: tuple[float, float]
    fastest_syllables_per_s: float
    trackers_apart_st: float
    first_speech_s: float
    last_speech_s: float
    baseline: OwnVoice
    turns: TurnTaking
    course: OverCall
    following: Following
    progress: OverAttempts
    group: InGroup


@cache
def shipped_thresholds() -> Thresholds:
    """The thresholds that the program came with."""
    path = shipped.folder("guides") / "thresholds.yaml"
    return documents.read(Thresholds, yaml.safe_load(path.read_text(encoding="utf-8")), path.name)


def limit(quantity: Quantity, speech_s: float) -> float:
    """The limit of chance for ``speech_s`` seconds on the shorter side: st, dB, or for the rate |ln(after/before)|.

    Interpolated in the logarithm of time; outside the table its ends hold.
    """
    chance = shipped_thresholds().chance
    column = {
        "rate": np.log1p(np.array(chance.rate_percent) / 100.0),
        "pitch": np.array(chance.pitch_st),
        "level": np.array(chance.level_db),
        "effort": np.array(chance.effort_db),
    }[quantity]
    return float(np.interp(np.log(max(speech_s, chance.speech_s[0])), np.log(chance.speech_s), column))


def clear_limit(quantity: Quantity, speech_s: float) -> float:
    """From where a change is called clear, in the same unit as ``limit``."""
    known = shipped_thresholds()
    clear = known.clearly_times * limit(quantity, speech_s)
    return max(clear, known.clearly_least_st) if quantity == "pitch" else clear
