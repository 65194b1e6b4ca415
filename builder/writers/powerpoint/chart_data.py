"""A chart's data: in a workbook, and as the chart part refers to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from builder.charts.numbers import MINUS, format_number
from builder.document.days import parse_day
from builder.document.nodes import Chart
from builder.writers.powerpoint.drawing import words
from builder.writers.workbook import workbook_of

EPOCH = 693594
"""The ordinal of the day that spreadsheets count as 0."""
_GROUPED = 10000
_DAYS = r"yyyy\-mm\-dd"


def workbook(chart: Chart) -> bytes:
    """Write a chart's data as a workbook: categories in column A, a column for each series."""
    from pptx.chart.data import CategoryChartData, XyChartData

    new_xy: Callable[[], Any] = XyChartData  # python-pptx ships no types
    new_data: Callable[[], Any] = CategoryChartData
    if chart.type == "scatter":
        xy = new_xy()
        for series in chart.series:
            points = xy.add_series(series.name)
            for x, y in zip(series.xs, series.values, strict=False):
                if y is not None:
                    points.add_data_point(x - EPOCH if chart.dates else x, y)
        return workbook_of(xy)
    data = new_data()
    data.categories = (
        [parse_day(c) or c for c in chart.categories] if chart.dates else list(chart.categories)
    )
    for series in chart.series:
        data.add_series(series.name, series.values)
    return workbook_of(data)


def number_format(chart: Chart) -> str:
    """Give Office's code for the values' labels: grouped from 10,000 on, with a true minus."""
    values = [v for series in chart.series for v in series.values if v is not None]
    decimals = chart.decimals
    code = "General"
    if decimals is not None or max((abs(v) for v in values), default=0) >= _GROUPED:
        if decimals is None:
            decimals = max((_decimals(v) for v in values), default=0)
        code = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{code};"{MINUS}"{code}' if any(v < 0 for v in values) else code


def named(chart: Chart, place: int) -> str:
    """Write a series' number and name."""
    name = f"Sheet1!${_letter(place + 1)}$1"
    title = series_title(name, chart.series[place].name)
    return f'<c:idx val="{place}"/><c:order val="{place}"/>{title}'


def series_title(reference: str, name: str) -> str:
    """Write a series' name as it stands in the workbook."""
    return (
        f'<c:tx><c:strRef><c:f>{reference}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{words(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def categories(chart: Chart) -> str:
    """Write the categories: words, or days."""
    count = len(chart.categories)
    reference = f"Sheet1!$A$2:$A${count + 1}"
    if chart.dates:
        days = [parse_day(name) for name in chart.categories]
        serials = [float(day.toordinal() - EPOCH) if day else None for day in days]
        return f"<c:cat>{number_ref(reference, serials, _DAYS)}</c:cat>"
    cells = "".join(
        f'<c:pt idx="{place}"><c:v>{words(name)}</c:v></c:pt>'
        for place, name in enumerate(chart.categories)
    )
    return (
        f"<c:cat><c:strRef><c:f>{reference}</c:f><c:strCache>"
        f'<c:ptCount val="{count}"/>{cells}</c:strCache></c:strRef></c:cat>'
    )


def values_of(chart: Chart, place: int) -> str:
    """Write a series' values."""
    column = _letter(place + 1)
    values = chart.series[place].values
    reference = f"Sheet1!${column}$2:${column}${len(chart.categories) + 1}"
    return f"<c:val>{number_ref(reference, values)}</c:val>"


def number_ref(reference: str, values: Sequence[float | None], code: str = "General") -> str:
    """Write numbers as they stand in the workbook; a missing one is left out."""
    cells = "".join(
        f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{reference}</c:f><c:numCache><c:formatCode>{code}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{cells}</c:numCache></c:numRef>'
    )


def _letter(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _decimals(value: float) -> int:
    return len(format_number(value, None, "en").partition(".")[2])
