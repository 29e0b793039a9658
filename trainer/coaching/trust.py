"""When to keep silent: numbers become measures with a status and, where they cannot be trusted, a reason.

A wrong number is worse than none. The conditions stand in trainer/guides/thresholds.yaml.
"""

from dataclasses import dataclass

from trainer.coaching.thresholds import Thresholds, shipped_thresholds
from trainer.records import Effort, Level, Pitch, Quality, Rate, Span, Status


@dataclass(frozen=True)
class Numbers:
    """What prosody found in a clip, without opinion; None where there was nothing to measure."""

    speech_s: float
    active_dbfs: float | None
    peak_dbfs: float
    lufs: float | None
    clipped_fraction: float
    snr_db: float | None
    median_hz: float | None
    span_st: float | None
    voiced_s: float
    alpha_ratio_db: float | None
    articulation_syllables_per_s: float | None
    speech_words_per_min: float | None
    words: int | None
    syllables: int | None
    unsure_fraction: float
    pauses: tuple[Span, ...]
    whole_s: float | None = None
    trackers_apart_st: float | None = None
    nuclei: int = 0
    filled_pauses: tuple[Span, ...] = ()
    gain_riding: bool = False
    second_voice: bool = False
    overlooked_s: float = 0.0


def _common(seen: Numbers, known: Thresholds) -> str | None:
    """The reason that forbids every measure of the voice, if there is one."""
    if seen.active_dbfs is None or seen.speech_s == 0:
        return "no_speech"
    if seen.speech_s < known.least_speech_s:
        return "too_little_speech"
    if seen.snr_db is not None and seen.snr_db < known.snr_refused_db:
        return "too_noisy"
    return None


def _trusted(seen: Numbers, known: Thresholds) -> tuple[Status, str | None]:
    if seen.snr_db is not None and seen.snr_db < known.snr_warned_db:
        return "warn", "noisy"
    if seen.second_voice:
        return "warn", "second_voice"
    if seen.speech_s < known.short_speech_s:
        return "warn", "short"
    return "ok", None


def rate(seen: Numbers) -> Rate:
    """The rate, or why there is none. In noise it stands on surely recognised words alone."""
    known = shipped_thresholds()
    refused = _common(seen, known)
    surely = seen.unsure_fraction == 0.0
    if refused == "too_noisy" and surely:
        refused = None
    if refused is None and not seen.words:
        refused = "no_words"
    elif refused is None and (seen.words or 0) < known.least_words:
        refused = "too_few_words"
    elif refused is None and seen.unsure_fraction > known.unsure_share:
        refused = "unsure_words"
    elif refused is None and seen.overlooked_s > known.overlooked_share * seen.speech_s:
        refused = "words_missing"
    elif refused is None and not _words_fit_the_sound(seen, known):
        refused = "words_unlike_sound"
    if refused:
        return Rate("not_measurable", refused, None, None, None, None, seen.pauses, None, seen.filled_pauses)
    status, reason = _trusted(seen, known)
    return Rate(
        status,
        reason,
        seen.articulation_syllables_per_s,
        seen.speech_words_per_min,
        seen.words,
        seen.syllables,
        seen.pauses,
        seen.nuclei,
        seen.filled_pauses,
        seen.whole_s,
    )


def _words_fit_the_sound(seen: Numbers, known: Thresholds) -> bool:
    """Whether so many syllables can be in this sound at all: the speakers of a language differ by far less."""
    if (seen.articulation_syllables_per_s or 0.0) > known.fastest_syllables_per_s:
        return False
    if not seen.nuclei or not seen.syllables:
        return seen.nuclei == 0 and seen.median_hz is None  # a whisper has words and no voiced nuclei
    low, high = known.syllables_per_nucleus
    return low <= seen.syllables / seen.nuclei <= high


def pitch(seen: Numbers) -> Pitch:
    """The pitch, or why there is none."""
    known = shipped_thresholds()
    refused = _common(seen, known) or ("no_pitch" if seen.median_hz is None else None)
    apart_st = seen.trackers_apart_st
    if refused is None and apart_st is not None and abs(apart_st) > known.trackers_apart_st:
        refused = "trackers_disagree"
    if refused:
        return Pitch("not_measurable", refused, None, None, None)
    status, reason = _trusted(seen, known)
    return Pitch(status, reason, seen.median_hz, seen.span_st, seen.voiced_s)


def level(seen: Numbers) -> Level:
    """The volume, or why there is none."""
    known = shipped_thresholds()
    refused = _common(seen, known) or _clipped(seen, known) or ("gain_control" if seen.gain_riding else None)
    if refused:
        return Level("not_measurable", refused, None, None, None)
    status, reason = _trusted(seen, known)
    return Level(status, reason, seen.active_dbfs, seen.peak_dbfs, seen.clipped_fraction, seen.lufs)


def effort(seen: Numbers) -> Effort:
    """The effort, or why there is none."""
    known = shipped_thresholds()
    refused = _common(seen, known) or _clipped(seen, known) or ("no_pitch" if seen.median_hz is None else None)
    if refused:
        return Effort("not_measurable", refused, None)
    status, reason = _trusted(seen, known)
    return Effort(status, reason, seen.alpha_ratio_db)


def quality(seen: Numbers) -> Quality:
    """The state of the recording, with what a person should know about it."""
    known = shipped_thresholds()
    warnings = []
    if seen.snr_db is not None and seen.snr_db < known.snr_warned_db:
        warnings.append("too_noisy" if seen.snr_db < known.snr_refused_db else "noisy")
    if _clipped(seen, known):
        warnings.append("clipped")
    if seen.gain_riding:
        warnings.append("gain_control")
    if seen.second_voice:
        warnings.append("second_voice")
    return Quality(seen.snr_db, tuple(warnings))


def _clipped(seen: Numbers, known: Thresholds) -> str | None:
    return "clipped" if seen.clipped_fraction > known.clipped_refused else None
