"""Values that are missing, said in the names of native charts, which draw nothing for them."""

from __future__ import annotations

from dataclasses import replace

from builder.charts.numbers import MISSING
from builder.document.nodes import Annotation, Chart, Datum

_DRAWN_APART = ("pie", "scatter")


def can_name_missing(chart: Chart) -> bool:
    """Tell whether a native chart has names that can say where a value is missing."""
    return chart.type not in _DRAWN_APART and not chart.dates


def lacks_values(chart: Chart) -> bool:
    """Tell whether a value is missing."""
    return any(value is None for series in chart.series for value in series.values)


def with_missing_named(chart: Chart) -> Chart:
    """Say in the categories' names what is missing there: "2012 (n/s)", "2012 (Snow: n/s)"."""
    if not lacks_values(chart) or not can_name_missing(chart):
        return chart
    names = {
        category: _named(chart, place, category) for place, category in enumerate(chart.categories)
    }

    def moved(datum: Datum) -> Datum:
        return replace(datum, category=names.get(datum.category, datum.category))

    def said(remark: Annotation) -> Annotation:
        source = moved(remark.source) if remark.source else None
        return replace(remark, target=moved(remark.target), source=source)

    return replace(
        chart,
        categories=tuple(names.values()),
        highlight=names.get(chart.highlight, chart.highlight),
        annotations=tuple(said(remark) for remark in chart.annotations),
    )


def _named(chart: Chart, place: int, category: str) -> str:
    lacking = [series.name for series in chart.series if series.values[place] is None]
    if not lacking:
        return category
    if len(lacking) == len(chart.series):
        return f"{category} ({MISSING})"
    return f"{category} ({', '.join(lacking)}: {MISSING})"
