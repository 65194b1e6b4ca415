"""Charts as Word's own, with their numbers in a workbook; colours follow the theme."""

from __future__ import annotations

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from builder.charts.missing import can_name_missing, lacks_values, with_missing_named
from builder.diagnostics import Code
from builder.document.days import parse_day
from builder.document.nodes import Chart, ChartType
from builder.document.walk import plain
from builder.units import Length
from builder.writers.word.captions import captioned, drawn
from builder.writers.word.chart_look import dress
from builder.writers.word.drawing import graphic, inline
from builder.writers.word.place import Place
from builder.writers.word.xml import Element, parse, x
from builder.writers.workbook import workbook_of

TYPES: dict[ChartType, XL_CHART_TYPE] = {
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "share": XL_CHART_TYPE.BAR_STACKED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "pie": XL_CHART_TYPE.PIE,
    "scatter": XL_CHART_TYPE.XY_SCATTER,
}
SHAPE = 86 / 170
"""Height of a chart as a part of its width."""

EPOCH = 693594
"""The ordinal of the day that spreadsheets count as 0."""

BAR_HEIGHT = Length.from_mm(9)


def chart(node: Chart, place: Place) -> list[Element]:
    """Write a chart with its caption, over the full block."""
    left, width = place.spot(wide=True)
    if lacks_values(node) and (node.type == "share" or not can_name_missing(node)):
        place.writing.log.note(
            Code.FORMAT_CANNOT_SHOW,
            f"in a chart of this kind ({node.type}) Word leaves missing values out",
            at=node.at,
            hint="say in the subtitle which are not stated",
        )
    node = node.parts_as_series() if node.type == "share" else with_missing_named(node)
    for remark in node.annotations:
        if remark.source is not None:
            place.writing.log.note(
                Code.FORMAT_CANNOT_SHOW,
                f"Word shows no arrow from {remark.source.category!r} to "
                f"{remark.target.category!r}: its words stand at the latter",
                at=node.at,
            )
    data = chart_data(node)
    content = parse(ChartXmlWriter(TYPES[node.type], data).xml.encode())  # type: ignore[no-untyped-call]  # untyped
    dress(content, node, place.theme, width)
    workbook = workbook_of(data)
    relation = place.writing.parts.chart(place.part, content, workbook)
    height = _height(node, width)
    shown = graphic("c", x("c:chart", r__id=relation))
    drawing = inline(shown, width, height, place, name="Chart", alt=node.caption.alt)
    made = [drawn([drawing], node.caption, place)]
    return captioned(node.caption, node.id, made, place, left)


def chart_data(node: Chart) -> CategoryChartData | XyChartData:
    """Give a chart's numbers as python-pptx takes them."""
    if node.type == "scatter":
        points = XyChartData()  # type: ignore[no-untyped-call]  # untyped
        for series in node.series:
            pairs = points.add_series(series.name)  # type: ignore[no-untyped-call]  # untyped
            for across, up in zip(series.xs, series.values, strict=True):
                if up is not None:
                    pairs.add_data_point(across - EPOCH if node.dates else across, up)
        return points
    data = CategoryChartData()  # type: ignore[no-untyped-call]  # untyped
    names = node.categories
    data.categories = [parse_day(name) or name for name in names] if node.dates else list(names)
    for series in node.series:
        data.add_series(
            series.name or plain(node.caption.title), tuple(_whole(v) for v in series.values)
        )  # type: ignore[no-untyped-call]  # untyped
    return data


def _whole(value: float | None) -> float | None:
    """Give 250 rather than 250.0, so that the workbook shows what the author typed."""
    return int(value) if value is not None and value == int(value) else value


def _height(node: Chart, width: Length) -> Length:
    """Give a chart's height; horizontal bars ask for room by their number."""
    usual = round(width * SHAPE)
    if node.type == "share":
        return Length.from_mm(40)
    if node.type != "bar":
        return Length(usual)
    bars = len(node.categories) * max(1, len(node.series))
    return Length(min(max(Length.from_mm(40), BAR_HEIGHT * bars + Length.from_mm(12)), usual * 2))
