"""The curves of a call: tempo, pitch and volume over the turns, the trainee's beside the customer's."""

from collections.abc import Callable, Sequence
from typing import Any

from trainer.coaching.baseline import SWITCHED_OFF
from trainer.records import Measures, Report, Turn
from trainer.words import decimal_mark, language, say

Reader = Callable[[Turn], float | None]

_PANELS: tuple[tuple[str, Reader, Reader, Callable[[Measures], float | None]], ...] = (
    (
        "tempo_axis",
        lambda turn: turn.answer.rate.articulation_syllables_per_s,
        lambda turn: turn.line.articulation_syllables_per_s,
        lambda normal: normal.rate.articulation_syllables_per_s,
    ),
    (
        "pitch_axis",
        lambda turn: turn.answer.pitch.median_hz,
        lambda turn: turn.line.pitch_hz,
        lambda normal: normal.pitch.median_hz,
    ),
    (
        "volume_axis",
        lambda turn: turn.answer.level.active_dbfs,
        lambda turn: turn.line.level_dbfs,
        lambda normal: normal.level.active_dbfs,
    ),
)
PANEL_PX = 170
YOU, CUSTOMER, NORMAL = "#1f6f78", "#c2703d", "#7a8a8c"


def figure(report: Report) -> dict[str, Any]:
    """The picture as plain data for plotly: three panels over the turns, and the customer's anger below them."""
    turns = report.turns
    numbers = [turn.number for turn in turns]
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    panels = [one for one in _PANELS if one[0] != "tempo_axis" or SWITCHED_OFF not in report.notes]
    layout = _layout(len(panels) + 1, numbers)
    for place, (name, you, customer, normal) in enumerate(panels, 1):
        axis = "" if place == 1 else str(place)
        layout[f"yaxis{axis}"]["title"] = {"text": say(f"report.{name}"), "font": {"size": 12}}
        first = place == 1
        traces.append(_trace("trace_customer", numbers, [_round(customer(t)) for t in turns], axis, CUSTOMER, first))
        traces.append(_trace("trace_you", numbers, [_round(you(t)) for t in turns], axis, YOU, first))
        value = normal(report.baseline) if report.baseline else None
        if value is not None:
            shapes.append(_level(axis, value))
    last = str(len(panels) + 1)
    layout[f"yaxis{last}"] |= {"title": {"text": say("report.anger_axis"), "font": {"size": 12}}, "range": [0, 1.05]}
    traces.append(_anger(turns, last))
    return {"data": traces, "layout": {**layout, "shapes": shapes}}


def _trace(
    name: str, numbers: Sequence[int], values: Sequence[float | None], axis: str, colour: str, legend: bool
) -> dict[str, Any]:
    you = name == "trace_you"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": say(f"report.{name}"),
        "x": list(numbers),
        "y": list(values),
        "xaxis": "x",
        "yaxis": f"y{axis}",
        "line": {"color": colour, "width": 3 if you else 2, "dash": "solid" if you else "dot"},
        "marker": {"symbol": "circle" if you else "square-open", "size": 9 if you else 7},
        "showlegend": legend,
        "connectgaps": False,
        "hovertemplate": "%{y}<extra>%{fullData.name}</extra>",
    }


def _anger(turns: Sequence[Turn], axis: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": say("report.anger_axis"),
        "x": [turn.number for turn in turns],
        "y": [_round(turn.anger_after) for turn in turns],
        "xaxis": "x",
        "yaxis": f"y{axis}",
        "line": {"color": CUSTOMER, "width": 2, "shape": "hv"},
        "fill": "tozeroy",
        "showlegend": False,
        "hovertemplate": "%{y}<extra></extra>",
    }


def _level(axis: str, value: float) -> dict[str, Any]:
    """A line at the trainee's own normal."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": f"y{axis}",
        "y0": value,
        "y1": value,
        "line": {"color": NORMAL, "width": 1.5, "dash": "dash"},
        "label": {"text": say("report.normal"), "textposition": "end", "font": {"size": 11, "color": NORMAL}},
    }


def _layout(panels: int, numbers: Sequence[int]) -> dict[str, Any]:
    share = 1.0 / panels
    layout: dict[str, Any] = {
        "height": PANEL_PX * panels,
        "margin": {"l": 58, "r": 12, "t": 34, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "legend": {"orientation": "h", "y": 1.01, "yanchor": "bottom", "x": 0},
        "separators": f"{decimal_mark(language())} ",
        "hovermode": "x",
        "dragmode": False,
        "xaxis": {"tickvals": list(numbers), "title": {"text": say("report.columns_turn")}, "fixedrange": True},
    }
    for place in range(1, panels + 1):
        top = 1.0 - (place - 1) * share
        axis = "" if place == 1 else str(place)
        layout[f"yaxis{axis}"] = {"domain": [top - share * 0.86, top], "fixedrange": True, "zeroline": False}
    layout["xaxis"]["anchor"] = f"y{panels}"
    return layout


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
