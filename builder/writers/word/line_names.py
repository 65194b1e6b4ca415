"""The names of a chart's lines at their ends, as the report has them, in place of a legend."""

from __future__ import annotations

from itertools import pairwise

from builder.charts.colours import series_colour, words_colour
from builder.document.nodes import Chart
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.word.chart_text import AXIS, text_properties
from builder.writers.word.xml import Element, x

PLOT = 200.0
"""Points that a plot is high, at least."""

APART = 13.0
"""Points between two names that do not touch."""

LONGEST = 0.3
"""Part of a chart's width that the names may take."""

BESIDE = Length.from_pt(12)
"""Space between a line's end and the chart's edge, besides the name."""


def named_at_ends(chart: Chart, theme: Theme, width: Length) -> bool:
    """Tell whether each line's name has room at its end: all end together, none near another."""
    if chart.type != "line" or len(chart.series) < 2 or chart.log:
        return False
    lasts = [series.values[-1] if series.values else None for series in chart.series]
    ends = sorted(value for value in lasts if value is not None)
    values = [v for series in chart.series for v in series.values if v is not None]
    if len(ends) < len(lasts) or _room(chart, theme) > LONGEST * width:
        return False
    floor = chart.minimum if chart.minimum is not None else min(0.0, *values)
    span = (max(values) - floor) * 1.2 or 1.0  # an axis ends at a round number
    return all((upper - lower) / span * PLOT >= APART for lower, upper in pairwise(ends))


def end_labels(chart: Chart, index: int, theme: Theme) -> Element:
    """Name a line at its last datum."""
    ink = words_colour(series_colour(chart, theme.chart, index), theme.chart, theme.colour("ink"))
    look = text_properties(theme.styles["chart_label"], theme, colour=ink, size=AXIS)
    return x(
        "c:dLbls",
        x(
            "c:dLbl",
            x("c:idx", val=len(chart.categories) - 1),
            x("c:spPr", x("a:noFill"), x("a:ln", x("a:noFill"))),
            look,
            x("c:dLblPos", val="r"),
            *_shown(name=True),
        ),
        *_shown(name=False),
    )


def room_for_names(chart: Chart, theme: Theme, width: Length) -> Element:
    """Lay the plot out so that the names stand beside it."""
    share = 1 - _room(chart, theme) / width
    sides = (("x", 0.0), ("y", 0.03), ("w", share), ("h", 0.95))
    return x(
        "c:layout",
        x(
            "c:manualLayout",
            x("c:layoutTarget", val="outer"),
            x("c:xMode", val="edge"),
            x("c:yMode", val="edge"),
            *(x(f"c:{side}", val=f"{value:.4f}") for side, value in sides),
        ),
    )


def _room(chart: Chart, theme: Theme) -> Length:
    book, style = FontBook(theme), theme.styles["chart_label"]
    names = (book.width_of(series.name, style, AXIS) for series in chart.series)
    return Length(max(names) + BESIDE)


def _shown(*, name: bool) -> list[Element]:
    flags = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    return [x(f"c:show{flag}", val=int(name and flag == "SerName")) for flag in flags]
