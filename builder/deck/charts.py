"""What charts on slides have in common, whoever draws them."""

from __future__ import annotations

from builder.charts.scale import steps
from builder.document.nodes import Chart

LABELLED_POINTS = 14
"""Up to so many values are written at their columns."""


def axis_marks(chart: Chart, *, horizontal: bool = False) -> tuple[float, ...]:
    """Give the values that an axis is marked with, the same in the drawing and in Office.

    None where the axis is not a plain one, so that each program must find its own.
    """
    if chart.log or chart.dates or chart.minimum is not None or chart.type == "share":
        return ()
    values = [v for series in chart.series for v in series.values if v is not None]
    if chart.type == "scatter":
        values = [x for series in chart.series for x in series.xs] if horizontal else values
        return steps(min(values), max(values)) if values else ()
    if chart.type == "stacked":
        columns = zip(*(series.values for series in chart.series), strict=True)
        piles = [[v or 0.0 for v in column] for column in columns]
        values = [sum(v for v in pile if v > 0) for pile in piles]
        values += [sum(v for v in pile if v < 0) for pile in piles]
    return steps(min(0.0, *values), max(0.0, *values)) if values else ()


def is_valued(chart: Chart) -> bool:
    """Tell whether the values stand at their points, so that no value axis is needed."""
    points = sum(len(series.values) for series in chart.series)
    single = len(chart.series) == 1
    match chart.type:
        case "column" | "bar":
            return points <= LABELLED_POINTS or single
        case "line":
            return single and points <= LABELLED_POINTS
        case "pie":
            return True
        case "stacked" | "share" | "scatter":
            return False
