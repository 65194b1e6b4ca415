"""Native charts: the data in a workbook, the drawing in the theme's colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from builder.charts.numbers import format_number
from builder.document.nodes import Chart, Series
from builder.theme.model import Colour
from builder.units import Length
from builder.writers.powerpoint.chart_axes import (
    CATEGORY_AXIS,
    VALUE_AXIS,
    ChartDrawing,
    category_axis,
    text_look,
    value_axis,
)
from builder.writers.powerpoint.drawing import attribute, outline, solid, words

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_THICK = Length.from_pt(2.5)
_MARKERS = ("circle", "square", "diamond", "triangle", "dash", "x")


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
                    points.add_data_point(x, y)
        return bytes(xy.xlsx_blob)
    data = new_data()
    data.categories = list(chart.categories)
    for series in chart.series:
        data.add_series(series.name, series.values)
    return bytes(data.xlsx_blob)


def chart_xml(drawing: ChartDrawing, workbook_id: str) -> str:
    """Write the chart part."""
    chart = drawing.chart
    plot = {
        "column": _bars,
        "bar": _bars,
        "stacked": _bars,
        "share": _bars,
        "line": _lines,
        "pie": _pie,
        "scatter": _scatter,
    }[chart.type](drawing)
    legend = _legend(drawing) if _has_legend(drawing) else ""
    return (
        f'<c:chartSpace {NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{text_look(drawing, drawing.axis)}<c:externalData r:id="{workbook_id}">'
        '<c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def number_format(chart: Chart) -> str:
    """Give Office's code for the values' labels: grouped from 10,000 on."""
    values = [v for series in chart.series for v in series.values if v is not None]
    decimals = chart.decimals
    if decimals is None:
        if max((abs(v) for v in values), default=0) < 10000:
            return "General"
        decimals = max((_decimals(v) for v in values), default=0)
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def series_colour(drawing: ChartDrawing, place: int) -> Colour:
    """Give a series' colour: the highlighted one stands out, the others step back."""
    chart, look = drawing.chart, drawing.look
    names = [series.name for series in chart.series]
    if len(names) == 1:
        return look.single
    if chart.highlight in names:
        return look.highlight if names[place] == chart.highlight else look.context
    return look.series[place % len(look.series)]


def _decimals(value: float) -> int:
    return len(format_number(value, None, "en").partition(".")[2])


def _bars(drawing: ChartDrawing) -> str:
    chart = drawing.chart
    direction = "bar" if chart.type in ("bar", "share") else "col"
    stacked = chart.type in ("stacked", "share")
    series = "".join(
        f"<c:ser>{_named(drawing, place)}{_fill(series_colour(drawing, place))}"
        f'<c:invertIfNegative val="0"/>{_points(drawing, item)}'
        f"{_labels(drawing, position='' if stacked else 'outEnd')}"
        f"{_categories(chart)}{_values(chart, place)}</c:ser>"
        for place, item in enumerate(chart.series)
    )
    overlap = '<c:overlap val="100"/>' if stacked else ""
    if not stacked and len(chart.series) > 1:
        overlap = '<c:overlap val="0"/>'
    return (
        f'<c:barChart><c:barDir val="{direction}"/>'
        f'<c:grouping val="{"stacked" if stacked else "clustered"}"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="{drawing.look.gap_deck}"/>{overlap}{_AXIS_IDS}</c:barChart>'
        f"{category_axis(drawing)}{value_axis(drawing)}"
    )


def _lines(drawing: ChartDrawing) -> str:
    chart = drawing.chart
    series = ""
    for place, item in enumerate(chart.series):
        ink = series_colour(drawing, place)
        line = outline(ink, _THICK, "<a:round/>")
        labels = (
            _labels(drawing, position="t") if drawing.labelled else _end_label(drawing, item, ink)
        )
        series += (
            f"<c:ser>{_named(drawing, place)}<c:spPr>{line}</c:spPr>"
            f"{_marker(place, ink)}{_line_points(drawing, item)}{labels}"
            f'{_categories(chart)}{_values(chart, place)}<c:smooth val="0"/></c:ser>'
        )
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}'
        f'<c:marker val="1"/>{_AXIS_IDS}</c:lineChart>'
        f"{category_axis(drawing)}{value_axis(drawing)}"
    )


def _pie(drawing: ChartDrawing) -> str:
    chart, look = drawing.chart, drawing.look
    points = ""
    for place, name in enumerate(chart.categories):
        ink = look.series[place % len(look.series)]
        if chart.highlight in chart.categories:
            ink = look.highlight if name == chart.highlight else look.context
        line = outline(drawing.type.theme.colour("paper"), Length.from_pt(1.5))
        points += (
            f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/>'
            f"<c:spPr>{solid(ink)}{line}</c:spPr></c:dPt>"
        )
    labels = (
        f'<c:dLbls><c:numFmt formatCode={attribute(number_format(chart))} sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{text_look(drawing, drawing.axis, 'ink')}"
        '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="1"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/><c:separator>: </c:separator>'
        '<c:showLeaderLines val="1"/></c:dLbls>'
    )
    return (
        f'<c:pieChart><c:varyColors val="1"/><c:ser>{_named(drawing, 0)}{points}{labels}'
        f"{_categories(chart)}{_values(chart, 0)}</c:ser>"
        '<c:firstSliceAng val="0"/></c:pieChart>'
    )


def _scatter(drawing: ChartDrawing) -> str:
    chart = drawing.chart
    series, row = "", 2
    for place, item in enumerate(chart.series):
        points = [(x, y) for x, y in zip(item.xs, item.values, strict=False) if y is not None]
        ink = series_colour(drawing, place)
        last = row + len(points) - 1
        name = f"Sheet1!$B${row - 1}"
        series += (
            f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{_title(name, item.name)}'
            f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_marker(place, ink, 9)}"
            f"<c:xVal>{_number_ref(f'Sheet1!$A${row}:$A${last}', [x for x, _ in points])}</c:xVal>"
            f"<c:yVal>{_number_ref(f'Sheet1!$B${row}:$B${last}', [y for _, y in points])}</c:yVal>"
            '<c:smooth val="0"/></c:ser>'
        )
        row = last + 3
    return (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}'
        f"{_AXIS_IDS}</c:scatterChart>{value_axis(drawing, horizontal=True)}"
        f"{value_axis(drawing)}"
    )


_AXIS_IDS = f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'


def _named(drawing: ChartDrawing, place: int) -> str:
    name = f"Sheet1!${_letter(place + 1)}$1"
    title = _title(name, drawing.chart.series[place].name)
    return f'<c:idx val="{place}"/><c:order val="{place}"/>{title}'


def _title(reference: str, name: str) -> str:
    return (
        f'<c:tx><c:strRef><c:f>{reference}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{words(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _fill(ink: Colour) -> str:
    return f"<c:spPr>{solid(ink)}<a:ln><a:noFill/></a:ln></c:spPr>"


def _points(drawing: ChartDrawing, series: Series) -> str:
    """Colour the one datum that the title speaks of."""
    chart = drawing.chart
    if chart.highlight not in chart.categories or len(chart.series) > 1:
        return ""
    place = chart.categories.index(chart.highlight)
    if place >= len(series.values):
        return ""
    return (
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"{_fill(drawing.look.highlight)}</c:dPt>"
    )


def _line_points(drawing: ChartDrawing, series: Series) -> str:
    chart = drawing.chart
    if chart.highlight not in chart.categories or len(chart.series) > 1:
        return ""
    place = chart.categories.index(chart.highlight)
    if place >= len(series.values):
        return ""
    return (
        f'<c:dPt><c:idx val="{place}"/>{_marker(0, drawing.look.highlight, 11)}'
        f'<c:bubble3D val="0"/><c:spPr>{outline(drawing.look.single, _THICK)}</c:spPr></c:dPt>'
    )


def _marker(place: int, ink: Colour, size: int = 7) -> str:
    return (
        f'<c:marker><c:symbol val="{_MARKERS[place % len(_MARKERS)]}"/><c:size val="{size}"/>'
        f"<c:spPr>{solid(ink)}<a:ln><a:noFill/></a:ln></c:spPr></c:marker>"
    )


def _labels(drawing: ChartDrawing, *, position: str) -> str:
    if not drawing.labelled:
        return ""
    where = f'<c:dLblPos val="{position}"/>' if position else ""
    return (
        f"<c:dLbls><c:numFmt formatCode={attribute(number_format(drawing.chart))} "
        'sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{text_look(drawing, drawing.value)}{where}<c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
    )


def _end_label(drawing: ChartDrawing, series: Series, ink: Colour) -> str:
    """Name a line at its last point, instead of in a legend."""
    places = [i for i, value in enumerate(series.values) if value is not None]
    if not places or len(drawing.chart.series) < 2:
        return ""
    flags = (
        '<c:showLegendKey val="0"/><c:showVal val="{v}"/><c:showCatName val="0"/>'
        '<c:showSerName val="{s}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    return (
        f'<c:dLbls><c:dLbl><c:idx val="{places[-1]}"/>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text_look(drawing, drawing.value)}"
        f'<c:dLblPos val="t"/>{flags.format(v=0, s=1)}</c:dLbl>{flags.format(v=0, s=0)}</c:dLbls>'
    )


def _categories(chart: Chart) -> str:
    count = len(chart.categories)
    cells = "".join(
        f'<c:pt idx="{place}"><c:v>{words(name)}</c:v></c:pt>'
        for place, name in enumerate(chart.categories)
    )
    return (
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${count + 1}</c:f><c:strCache>"
        f'<c:ptCount val="{count}"/>{cells}</c:strCache></c:strRef></c:cat>'
    )


def _values(chart: Chart, place: int) -> str:
    column = _letter(place + 1)
    values = chart.series[place].values
    reference = f"Sheet1!${column}$2:${column}${len(chart.categories) + 1}"
    return f"<c:val>{_number_ref(reference, values)}</c:val>"


def _number_ref(reference: str, values: Sequence[float | None]) -> str:
    cells = "".join(
        f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{reference}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
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


def _has_legend(drawing: ChartDrawing) -> bool:
    return len(drawing.chart.series) > 1 and drawing.chart.type != "line"


def _legend(drawing: ChartDrawing) -> str:
    return (
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{text_look(drawing, drawing.axis)}'
        "</c:legend>"
    )
