"""How long the customer waits: the numbers of trainer/guides/patience.yaml, where each has its source."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from trainer import shipped


@cache
def _shipped() -> dict[str, float]:
    path = shipped.folder("guides") / "patience.yaml"
    return {name: float(value) for name, value in yaml.safe_load(path.read_text(encoding="utf-8")).items()}


def _as_shipped(name: str) -> Any:
    return field(default_factory=lambda: _shipped()[name])


@dataclass(frozen=True)
class Patience:
    """Everything in patience.yaml, under the same names; in seconds, but for ``factor``, a person's own share of it."""

    finished_s: float = _as_shipped("finished_s")
    open_s: float = _as_shipped("open_s")
    factor: float = _as_shipped("factor")
    dead_air_s: float = _as_shipped("dead_air_s")
    hello_s: float = _as_shipped("hello_s")
    least_s: float = _as_shipped("least_s")
    gap_s: float = _as_shipped("gap_s")
    longest_s: float = _as_shipped("longest_s")
    monologue_s: float = _as_shipped("monologue_s")
    cut_in_pause_s: float = _as_shipped("cut_in_pause_s")
    goes_on_within_s: float = _as_shipped("goes_on_within_s")
    hold_from_s: float = _as_shipped("hold_from_s")
    quiet_again_s: float = _as_shipped("quiet_again_s")
    lull_from_s: float = _as_shipped("lull_from_s")
    flare_within_s: float = _as_shipped("flare_within_s")

    @classmethod
    def of(cls, waiting: float) -> "Patience":
        """As shipped, with a person's own factor."""
        return cls(factor=waiting)

    def end_s(self, finished: bool) -> float:
        """Silence after an answer that looks finished, or open, by which it is over."""
        return self.factor * (self.finished_s if finished else self.open_s)
