"""Native charts: the data in a workbook, the drawing in the theme's colours."""

from __future__ import annotations

from builder.charts import colours
from builder.charts.scale import spread
from builder.document.nodes import Datum, Series
from builder.theme.model import Colour
from builder.units import Length
from builder.writers.powerpoint.chart_axes import (
    CATEGORY_AXIS,
    VALUE_AXIS,
    ChartDrawing,
    category_axis,
    plot_layout,
    text_look,
    value_axis,
)
from builder.writers.powerpoint.chart_data import (
    EPOCH,
    categories,
    named,
    number_format,
    number_ref,
    series_title,
    values_of,
)
from builder.writers.powerpoint.chart_parts import needs_legend, pie_plot, share_plot
from builder.writers.powerpoint.drawing import attribute, outline, solid

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_THICK = Length.from_pt(2.5)
_STILL = 0.003  # a name that would move less stays where it is
_MARKERS = ("circle", "square", "diamond", "triangle", "dash", "x")


def chart_xml(drawing: ChartDrawing, workbook_id: str) -> str:
    """Write the chart part."""
    chart = drawing.chart
    plot = {
        "column": _bars,
        "bar": _bars,
        "stacked": _bars,
        "share": share_plot,
        "line": _lines,
        "pie": pie_plot,
        "scatter": _scatter,
    }[chart.type](drawing)
    legend = _legend(drawing) if _has_legend(drawing) else ""
    return (
        f'<c:chartSpace {NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{plot_layout(drawing.frame)}{plot}'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{text_look(drawing, drawing.axis)}<c:externalData r:id="{workbook_id}">'
        '<c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def series_colour(drawing: ChartDrawing, place: int) -> Colour:
    """Give a series' colour."""
    return colours.series_colour(drawing.chart, drawing.look, place)


def _bars(drawing: ChartDrawing) -> str:
    chart = drawing.chart
    direction = "bar" if chart.type == "bar" else "col"
    stacked = chart.type == "stacked"
    series = "".join(
        f"<c:ser>{named(chart, place)}{_fill(series_colour(drawing, place))}"
        f'<c:invertIfNegative val="0"/>{_points(drawing, item)}'
        f"{_labels(drawing, position='' if stacked else 'outEnd')}"
        f"{categories(chart)}{values_of(chart, place)}</c:ser>"
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
    series, nudges = "", _nudges(drawing)
    for place, item in enumerate(chart.series):
        ink = series_colour(drawing, place)
        line = outline(ink, _THICK, "<a:round/>")
        labels = (
            _labels(drawing, position="t")
            if drawing.labelled
            else _end_label(drawing, place, ink, nudges[place])
        )
        series += (
            f"<c:ser>{named(chart, place)}<c:spPr>{line}</c:spPr>"
            f"{_marker(place, ink)}{_line_points(drawing, item)}{labels}"
            f'{categories(chart)}{values_of(chart, place)}<c:smooth val="0"/></c:ser>'
        )
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}'
        f'<c:marker val="1"/>{_AXIS_IDS}</c:lineChart>'
        f"{category_axis(drawing)}{value_axis(drawing)}"
    )


def _scatter(drawing: ChartDrawing) -> str:
    chart = drawing.chart
    series, row = "", 2
    for place, item in enumerate(chart.series):
        shift = EPOCH if chart.dates else 0
        pairs = zip(item.xs, item.values, strict=False)
        points = [(x - shift, y) for x, y in pairs if y is not None]
        ink = series_colour(drawing, place)
        last = row + len(points) - 1
        name = f"Sheet1!$B${row - 1}"
        series += (
            f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{series_title(name, item.name)}'
            f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_marker(place, ink, 9)}"
            f"<c:xVal>{number_ref(f'Sheet1!$A${row}:$A${last}', [x for x, _ in points])}</c:xVal>"
            f"<c:yVal>{number_ref(f'Sheet1!$B${row}:$B${last}', [y for _, y in points])}</c:yVal>"
            '<c:smooth val="0"/></c:ser>'
        )
        row = last + 3
    return (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}'
        f"{_AXIS_IDS}</c:scatterChart>{value_axis(drawing, horizontal=True)}"
        f"{value_axis(drawing)}"
    )


_AXIS_IDS = f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'


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


def _nudges(drawing: ChartDrawing) -> tuple[float, ...]:
    """Give how far the names at the lines' ends move so that none touches another.

    In shares of the chart's height, downwards.
    """
    chart, frame = drawing.chart, drawing.frame
    if frame is None:
        return (0.0,) * len(chart.series)
    wanted = []
    for series in chart.series:
        last = [c for c, v in zip(chart.categories, series.values, strict=True) if v is not None]
        place = frame.place(Datum(last[-1], series.name)) if last else None
        wanted.append(float(place[1] if place else frame.box.bottom))
    gap = drawing.value.leading * 0.92
    places = spread(tuple(wanted), gap, float(frame.box.y), float(frame.box.bottom))
    return tuple((p - w) / frame.whole.height for p, w in zip(places, wanted, strict=True))


def _end_label(drawing: ChartDrawing, place: int, ink: Colour, nudge: float) -> str:
    """Name a line at its last point, instead of in a legend."""
    series = drawing.chart.series[place]
    places = [i for i, value in enumerate(series.values) if value is not None]
    if not places or len(drawing.chart.series) < 2:
        return ""
    flags = (
        '<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/>'
        '<c:showSerName val="{}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    moved = ""
    if abs(nudge) > _STILL:
        moved = (
            f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{nudge:.5f}"/></c:manualLayout>'
            "</c:layout>"
        )
    return (
        f'<c:dLbls><c:dLbl><c:idx val="{places[-1]}"/>{moved}'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{text_look(drawing, drawing.value, _name_colour(drawing, ink))}"
        f'<c:dLblPos val="r"/>{flags.format(1)}</c:dLbl>{flags.format(0)}</c:dLbls>'
    )


def _name_colour(drawing: ChartDrawing, ink: Colour) -> Colour:
    return colours.words_colour(ink, drawing.look, drawing.type.theme.colour("ink"))


def _has_legend(drawing: ChartDrawing) -> bool:
    if drawing.chart.type == "share":
        return needs_legend(drawing)
    return len(drawing.chart.series) > 1 and drawing.chart.type not in ("line", "pie")


def _legend(drawing: ChartDrawing) -> str:
    return (
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{text_look(drawing, drawing.axis)}'
        "</c:legend>"
    )
