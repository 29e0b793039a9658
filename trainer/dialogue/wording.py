"""Which wording the customer takes: one of the band of their anger that was not said yet in this call."""

import zlib

from trainer.dialogue.state import State
from trainer.records import Band, Beat, Lines, Scenario

LOW_BELOW, HIGH_FROM = 0.35, 0.65
_NEAREST: dict[Band, tuple[Band, ...]] = {
    "low": ("low", "middle", "high"),
    "middle": ("middle", "high", "low"),
    "high": ("high", "middle", "low"),
}


def band(anger: float) -> Band:
    """The wording that fits an anger: low, middle or high."""
    if anger < LOW_BELOW:
        return "low"
    return "middle" if anger < HIGH_FROM else "high"


def wording(lines: Lines, key: str, heard: float, state: State) -> str | None:
    """A wording for the anger that is heard; of another band before any is said again, and None when all were."""
    for nearest in _NEAREST[band(heard)]:
        left = [line for line in lines.get(nearest, ()) if line not in state.used]
        if left:
            return left[zlib.crc32(f"{state.seed} {key} {state.turn}".encode()) % len(left)]
    return None


def fresh(beat: Beat, anger: float, state: State) -> bool:
    """Whether the beat still has a wording of the right band; one that has none would only say the same again."""
    return any(line not in state.used for line in beat.lines.get(band(heard(beat, anger)), ()))


def heard(beat: Beat, anger: float) -> float:
    """The anger that a beat is spoken with: the wave swells and falls around the anger that there is."""
    return min(1.0, max(0.0, anger + beat.swell))


def beat(scenario: Scenario, name: str) -> Beat:
    """The beat of that id."""
    return next(one for one in scenario.beats if one.id == name)
