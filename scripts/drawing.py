"""A few lines of SVG: panels with axes, curves, bands and words, in one calm style."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from xml.sax.saxutils import escape

WIDTH = 760
INK, MUTED, RULE, PAPER = "#2b3440", "#6b7885", "#d5dbe1", "#ffffff"
VOICE, OTHER, SHADE, WARM_SHADE = "#1f6f78", "#c2703d", "#e3eff0", "#f8e9df"
SMALL, LARGE = 12, 14


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


@dataclass
class Picture:
    """A drawing of a height in pixels; what is added later lies on top."""

    title: str
    height: int
    parts: list[str] = field(default_factory=list)

    def box(self, x: float, y: float, width: float, height: float, fill: str, rounded: float = 0.0) -> None:
        """A filled rectangle."""
        self.parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="{_n(rounded)}"'
            f' fill="{fill}"/>'
        )

    def line(self, points: Iterable[tuple[float, float]], colour: str, width: float = 1.5, dash: str = "") -> None:
        """A line through points."""
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{_n(width)}"'
            f' stroke-linejoin="round" stroke-linecap="round"{dashed}/>'
        )

    def dot(self, x: float, y: float, colour: str, radius: float = 3.0) -> None:
        """A round mark."""
        self.parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{colour}"/>')

    def words(
        self,
        x: float,
        y: float,
        text: str,
        colour: str = INK,
        anchor: str = "start",
        size: int = SMALL,
        bold: bool = False,
    ) -> None:
        """Text, from, to or around a point."""
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" fill="{colour}" font-size="{size}" text-anchor="{anchor}"{weight}>'
            f"{escape(text)}</text>"
        )

    def svg(self) -> str:
        """The file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}" width="{WIDTH}"'
            f' height="{self.height}" font-family="system-ui, Segoe UI, Helvetica, Arial, sans-serif" role="img">'
        )
        body = [
            f"<title>{escape(self.title)}</title>",
            f'<rect width="100%" height="100%" fill="{PAPER}"/>',
            *self.parts,
        ]
        return "\n".join([head, *body, "</svg>", ""])


@dataclass(frozen=True)
class Panel:
    """A part of a picture with a scale in x and in y; ``log_x`` and ``log_y`` for equal steps in ratio."""

    picture: Picture
    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    log_x: bool = False
    log_y: bool = False

    def at_x(self, value: float) -> float:
        """Where a value lies, in pixels."""
        return self.left + self.width * _share(value, self.x, self.log_x)

    def at_y(self, value: float) -> float:
        """Where a value lies, in pixels."""
        return self.top + self.height * (1.0 - _share(value, self.y, self.log_y))

    def axes(self, x_ticks: Sequence[float], y_ticks: Sequence[float], x_name: str, y_name: str) -> None:
        """Level lines with their numbers, and the names of both scales."""
        for tick in y_ticks:
            y = self.at_y(tick)
            self.picture.line([(self.left, y), (self.left + self.width, y)], RULE, 1)
            self.picture.words(self.left - 6, y + 4, f"{tick:g}", MUTED, "end")
        for tick in x_ticks:
            self.picture.words(self.at_x(tick), self.top + self.height + 16, f"{tick:g}", MUTED, "middle")
        self.picture.words(self.left + self.width, self.top + self.height + 32, x_name, MUTED, "end")
        self.picture.words(self.left - 6, self.top - 8, y_name, MUTED)

    def curve(self, xs: Iterable[float], ys: Iterable[float], colour: str, width: float = 1.6, dash: str = "") -> None:
        """A curve, cut to the panel's height."""
        points = [(self.at_x(x), self.at_y(min(max(y, self.y[0]), self.y[1]))) for x, y in zip(xs, ys, strict=True)]
        self.picture.line(points, colour, width, dash)

    def across(self, y: float, colour: str, text: str = "", dash: str = "5 4") -> None:
        """A level line with a word on its right end."""
        self.curve(self.x, (y, y), colour, 1.4, dash)
        if text:
            self.picture.words(self.left + self.width - 4, self.at_y(y) - 5, text, colour, "end")

    def shade(self, x: tuple[float, float], colour: str, y: tuple[float, float] | None = None) -> None:
        """A part of the panel in another colour."""
        low, high = y or self.y
        left, top = self.at_x(x[0]), self.at_y(high)
        self.picture.box(left, top, self.at_x(x[1]) - left, self.at_y(low) - top, colour)

    def say(self, x: float, y: float, text: str, colour: str = INK, anchor: str = "middle") -> None:
        """Words at a place of the scale."""
        self.picture.words(self.at_x(x), self.at_y(y), text, colour, anchor)


def _share(value: float, scale: tuple[float, float], logarithmic: bool) -> float:
    if logarithmic:
        return log(value / scale[0]) / log(scale[1] / scale[0])
    return (value - scale[0]) / (scale[1] - scale[0])
