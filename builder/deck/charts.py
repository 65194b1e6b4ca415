"""What charts on slides have in common, whoever draws them."""

from __future__ import annotations

from builder.document.nodes import Chart

LABELLED_POINTS = 14
"""Up to so many values are written at their columns."""


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
