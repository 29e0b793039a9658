"""What the progress page shows: each quantity over one's calls, as coordinates of an SVG, and each rule in a row."""

from dataclasses import dataclass

from trainer import library
from trainer.coaching import progress
from trainer.coaching.compare import percent
from trainer.coaching.thresholds import Quantity
from trainer.exports.compared import Row
from trainer.records import Report
from trainer.words import number, say

WIDTH, HEIGHT, LEFT, EDGE = 320.0, 170.0, 46.0, 14.0
LEAST: dict[Quantity, float] = {"rate": 20.0, "pitch": 3.0, "level": 6.0, "effort": 6.0}
"""A picture shows at least so much on either side of one's own normal: smaller changes are not to look large."""
UNITS: dict[Quantity, str] = {"rate": "%", "pitch": "st", "level": "dB", "effort": "dB"}


@dataclass(frozen=True)
class Dot:
    """A call in a picture: its place, the ends of its bar, and its figures in words."""

    x: float
    y: float
    top: float
    bottom: float
    attempt: str
    day: str
    figure: str
    chance: str
    beyond: bool


@dataclass(frozen=True)
class Picture:
    """One quantity over the calls; ``ticks`` are places and texts of the scale."""

    name: str
    dots: tuple[Dot, ...]
    zero: float
    ticks: tuple[tuple[float, str], ...]
    path: str


def pictures(calls: list[Report]) -> list[Picture]:
    """Tempo, pitch and volume (vocal effort where there is no volume), those that can be told."""
    level: Quantity = "level" if progress.points(calls, "level") else "effort"
    wanted: tuple[Quantity, ...] = ("rate", "pitch", level)
    return [_picture(quantity, found) for quantity in wanted if (found := progress.points(calls, quantity))]


def row(rule: progress.RuleOver) -> Row:
    """A rule in the table: lately, over all calls, and whether there is a change."""
    cells = (library.title(rule.rule), _share(rule.recent), _share(rule.whole), say(f"progress.trend_{rule.trend}"))
    return Row(cells, f"trend-{rule.trend}", 3)


def _share(found: progress.Share) -> str:
    if not found.occasions:
        return say("progress.share_none")
    low, high = 100.0 * found.low, 100.0 * found.high
    return say("progress.share", kept=found.kept, occasions=found.occasions, low=low, high=high)


def _picture(quantity: Quantity, points: tuple[progress.Point, ...]) -> Picture:
    values = [(_shown(quantity, one.change.change), abs(_shown(quantity, one.change.limit))) for one in points]
    reach = max(LEAST[quantity], *(abs(value) + limit for value, limit in values)) * 1.08
    step = (WIDTH - LEFT - EDGE) / max(1, len(points))

    def height(value: float) -> float:
        return round(EDGE + (HEIGHT - 2 * EDGE) * (1 - (value / reach + 1) / 2), 1)

    dots = tuple(
        Dot(
            round(LEFT + step * (place + 0.5), 1),
            height(value),
            height(value + limit),
            height(value - limit),
            one.attempt,
            one.started_at[:10],
            f"{number(value, '+.1f')} {UNITS[quantity]}",
            f"±{number(limit, '.1f')} {UNITS[quantity]}",
            abs(value) > limit,
        )
        for place, (one, (value, limit)) in enumerate(zip(points, values, strict=True))
    )
    tick = reach / 1.08
    ticks = tuple((height(at), f"{at:+.0f} {UNITS[quantity]}") for at in (tick, -tick))
    path = " ".join(f"{'L' if place else 'M'}{dot.x} {dot.y}" for place, dot in enumerate(dots))
    return Picture(say(f"progress.{quantity}"), dots, height(0.0), ticks, path)


def _shown(quantity: Quantity, change: float) -> float:
    """A difference in the unit in which it is shown."""
    return percent(change) if quantity == "rate" else change
