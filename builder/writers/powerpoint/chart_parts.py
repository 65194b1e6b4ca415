"""Parts of a whole: pies, and one bar divided into its parts."""

from __future__ import annotations

import re

from builder.charts import colours
from builder.charts.numbers import PER_CENT, is_per_cent
from builder.deck.text import Run
from builder.document.nodes import Chart
from builder.theme.colours import LEGIBLE, contrast
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
from builder.writers.powerpoint.chart_data import categories, named, number_format, values_of
from builder.writers.powerpoint.drawing import attribute, outline, solid

_GRID = re.compile("<c:majorGridlines>.*?</c:majorGridlines>")
_GAP = Length.from_pt(1.5)
_FRAME = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def part_format(chart: Chart) -> str:
    """Give Office's code for parts of a whole: with the sign of per cent where that is the unit."""
    code = number_format(chart)
    return f'{code}"{PER_CENT}"' if is_per_cent(chart) else code


def pie_plot(drawing: ChartDrawing) -> str:
    """Draw a pie; every part has its name and value beside it."""
    chart = drawing.chart
    points = ""
    for place in range(len(chart.categories)):
        fill = part_colour(drawing, place)
        line = outline(drawing.type.theme.colour("paper"), Length.from_pt(1.5))
        points += (
            f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/>'
            f"<c:spPr>{solid(fill)}{line}</c:spPr></c:dPt>"
        )
    labels = (
        f'<c:dLbls><c:numFmt formatCode={attribute(part_format(chart))} sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{text_look(drawing, drawing.axis, drawing.type.theme.colour('ink'))}"
        '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="1"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/><c:separator>: </c:separator>'
        '<c:showLeaderLines val="1"/></c:dLbls>'
    )
    return (
        f'<c:pieChart><c:varyColors val="1"/><c:ser>{named(chart, 0)}{points}{labels}'
        f"{categories(chart)}{values_of(chart, 0)}</c:ser>"
        '<c:firstSliceAng val="0"/></c:pieChart>'
    )


def part_colour(drawing: ChartDrawing, place: int) -> Colour:
    """Give a part's colour; a bar's parts are its series."""
    if drawing.chart.type == "pie":
        return colours.part_colour(drawing.chart, drawing.look, place)
    return colours.series_colour(drawing.chart, drawing.look, place)


def share_plot(drawing: ChartDrawing) -> str:
    """Draw one bar divided into its parts, each with its name and value on it.

    What has no room for its name has its value alone, and the legend names all.
    """
    chart = drawing.chart
    total = sum(s.values[0] or 0.0 for s in chart.series)
    series = ""
    for place in range(len(chart.series)):
        fill = part_colour(drawing, place)
        line = outline(drawing.type.theme.colour("paper"), _GAP)
        label = _part_label(drawing, fill, named_too=not needs_legend(drawing))
        series += (
            f"<c:ser>{named(chart, place)}<c:spPr>{solid(fill)}{line}</c:spPr>"
            f'<c:invertIfNegative val="0"/>{label}{categories(chart)}'
            f"{values_of(chart, place)}</c:ser>"
        )
    hidden = '<c:delete val="0"/>', '<c:delete val="1"/>'
    axes = category_axis(drawing).replace(*hidden) + value_axis(drawing).replace(*hidden)
    most = f'<c:max val="{total!r}"/><c:min val="0"/>'
    axes = _GRID.sub("", axes.replace('<c:min val="0"/>', most))
    return (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="110"/><c:overlap val="100"/><c:axId val="{CATEGORY_AXIS}"/>'
        f'<c:axId val="{VALUE_AXIS}"/></c:barChart>{axes}'
    )


def needs_legend(drawing: ChartDrawing) -> bool:
    """Tell whether a part is too narrow for its name."""
    chart, ruler = drawing.chart, drawing.type.ruler
    total = sum(s.values[0] or 0.0 for s in chart.series) or 1.0
    style, whole = drawing.value, drawing.width * 0.94
    return any(
        ruler.width((Run(s.name),), style, style.size) * 1.1 > whole * (s.values[0] or 0) / total
        for s in chart.series
    )


def _part_label(drawing: ChartDrawing, fill: Colour, *, named_too: bool) -> str:
    theme = drawing.type.theme
    light = theme.colour("on_dark")
    ink = light if contrast(light.hex, fill.hex) >= LEGIBLE else theme.colour("ink")
    return (
        f"<c:dLbls><c:numFmt formatCode={attribute(part_format(drawing.chart))} "
        f'sourceLinked="0"/>{_FRAME}{text_look(drawing, drawing.value, ink)}'
        '<c:dLblPos val="ctr"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        f'<c:showCatName val="0"/><c:showSerName val="{int(named_too)}"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        "<c:separator>\n</c:separator></c:dLbls>"
    )
