"""Which colour a datum has: one rule for the report, Word, the deck and its PDF."""

from __future__ import annotations

from builder.document.nodes import Chart
from builder.theme.model import ChartLook, Colour


def series_colour(chart: Chart, look: ChartLook, index: int) -> Colour:
    """Give a series' colour: the highlighted one stands out, a lone one has the working colour."""
    names = [series.name for series in chart.series]
    if len(names) > 1 and chart.highlight in names:
        return look.highlight if names[index] == chart.highlight else look.context
    if len(names) == 1:
        return look.single
    return look.series[index % len(look.series)]


def part_colour(chart: Chart, look: ChartLook, index: int) -> Colour:
    """Give the colour of a pie's or bar's part: beside a highlighted one the others step back."""
    if chart.highlight in chart.categories:
        return look.highlight if chart.categories[index] == chart.highlight else look.context
    return look.series[index % len(look.series)]


def words_colour(fill: Colour, look: ChartLook, ink: Colour) -> Colour:
    """Give the colour of words beside a shape: the shape's own where it is dark enough."""
    return fill if fill.hex in (look.single.hex, look.highlight.hex) else ink
