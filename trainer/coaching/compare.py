"""Did the same speaker slow down and lower their voice from BEFORE to AFTER? One verdict for each quantity.

A change is claimed only beyond the limit of chance for the shorter of the two sides; the rate is judged on the
logarithm of after/before, so that swapping the two recordings turns every verdict round.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trainer.coaching.quantity import Heard, Pooled, pool, why_not
from trainer.coaching.thresholds import Quantity, clear_limit, limit, shipped_thresholds
from trainer.records import Comparison, LevelChange, PitchChange, Rate, RateChange, TempoVerdict

SAME_GAIN = "same gain"
DISAGREE = "level_and_effort_disagree"

Verdict = Literal["clearly_lower", "lower", "no_clear_change", "higher", "clearly_higher"]

_TEMPO: dict[Verdict, TempoVerdict] = {
    "clearly_lower": "clearly_slower",
    "lower": "slower",
    "no_clear_change": "no_clear_change",
    "higher": "faster",
    "clearly_higher": "clearly_faster",
}


@dataclass(frozen=True)
class Difference:
    """AFTER minus BEFORE on the scale of the quantity, its limit of chance, and the word for it."""

    verdict: Verdict
    change: float
    limit: float

    @property
    def tempo_verdict(self) -> TempoVerdict:
        """The word for a change of rate."""
        return _TEMPO[self.verdict]

    @property
    def percent(self) -> float:
        """A change of rate in percent."""
        return percent(self.change)

    @property
    def limit_percent(self) -> float:
        """The limit in percent, on the side of the change: slowing by it undoes quickening by it."""
        return abs(percent(math.copysign(self.limit, self.change)))


def percent(log_ratio: float) -> float:
    """A difference of logarithms as percent."""
    return 100.0 * math.expm1(log_ratio)


def difference(quantity: Quantity, before: Pooled, after: Pooled) -> Difference:
    """The change from one side to the other, judged by the limit for the shorter of them."""
    speech_s = min(before.speech_s, after.speech_s)
    return judged(after.value - before.value, limit(quantity, speech_s), clear_limit(quantity, speech_s))


def judged(change: float, limit: float, clear: float) -> Difference:
    """A change with its limit of chance, clear from ``clear`` on, all on the scale of its quantity."""
    if abs(change) < limit:
        return Difference("no_clear_change", change, limit)
    if abs(change) < clear:
        return Difference("lower" if change < 0 else "higher", change, limit)
    return Difference("clearly_lower" if change < 0 else "clearly_higher", change, limit)


def between(quantity: Quantity, before: Heard, after: Heard) -> Difference | str:
    """The change between two recordings, or the reason why there is none."""
    old, new = pool([before], quantity), pool([after], quantity)
    if old is None or new is None:
        return why_not(before if old is None else after, quantity)
    if quantity == "rate" and _drifted(before.rate, after.rate):
        return "words_drifted"
    return difference(quantity, old, new)


def compare(before: Heard, after: Heard) -> Comparison:
    """AFTER relative to BEFORE in all four quantities; the level as if both had been recorded at the same gain."""
    pitch, effort = between("pitch", before, after), between("effort", before, after)
    level = between("level", before, after)
    if isinstance(level, Difference) and not level_follows(level, (pitch, effort, _over_noise(before, after))):
        level = DISAGREE
    return comparison(SAME_GAIN, between("rate", before, after), pitch, level, effort)


def comparison(
    assumes: str, rate: Difference | str, pitch: Difference | str, level: Difference | str, effort: Difference | str
) -> Comparison:
    """The record of four changes; a text in place of one is the reason why it could not be measured."""
    return Comparison(assumes, _rate_change(rate), _pitch_change(pitch), _level_change(level), _level_change(effort))


def level_follows(level: Difference, witnesses: Sequence[Difference | str]) -> bool:
    """Whether the level went where the voice did. It did not where two witnesses of three say that the voice changed,
    and the level says nothing of the kind: then the gain, or the distance to the microphone, has changed.

    The witnesses know nothing of the gain. Pitch and effort rise with the level (Gramming et al., J. Voice 2:118, 1988;
    Sundberg & Nordenberg, JASA 120:453, 2006), and a louder voice stands farther above the noise of the room.
    """
    ways = [_way(found.verdict) for found in witnesses if isinstance(found, Difference)]
    return not any(ways.count(way) >= 2 and _way(level.verdict) != way for way in ("lower", "higher"))


def _over_noise(before: Heard, after: Heard) -> Difference | str:
    """The change of the signal-to-noise ratio, judged as the level is."""
    old, new = before.quality.snr_db, after.quality.snr_db
    highest = shipped_thresholds().snr_told_db
    if old is None or new is None or max(old, new) > highest:
        return "not_measured"
    return difference("level", Pooled(old, before.speech_s), Pooled(new, after.speech_s))


def _way(verdict: Verdict) -> str:
    return verdict.removeprefix("clearly_")


def _drifted(before: Rate, after: Rate) -> bool:
    """Whether words and acoustic nuclei fit each other otherwise on one side than on the other.

    Their ratio belongs to the speaker and the language, so one that moves tells of words lost or invented.
    """
    if not (before.nuclei and before.syllables and after.nuclei and after.syllables):
        return False
    drift = math.log(after.syllables / after.nuclei) - math.log(before.syllables / before.nuclei)
    return abs(drift) > math.log1p(shipped_thresholds().nuclei_drift_percent / 100.0)


def _rate_change(found: Difference | str) -> RateChange:
    if isinstance(found, str):
        return RateChange("not_measurable", None, None, found)
    return RateChange(found.tempo_verdict, found.percent, found.limit_percent, None)


def _pitch_change(found: Difference | str) -> PitchChange:
    if isinstance(found, str):
        return PitchChange("not_measurable", None, None, found)
    return PitchChange(found.verdict, found.change, found.limit, None)


def _level_change(found: Difference | str) -> LevelChange:
    if isinstance(found, str):
        return LevelChange("not_measurable", None, None, found)
    return LevelChange(found.verdict, found.change, found.limit, None)
