"""A chart with how it is to look, its axes and its text."""

from __future__ import annotations

from dataclasses import dataclass

from builder.deck.charts import is_valued
from builder.deck.layout import Layout
from builder.document.nodes import Chart
from builder.theme.model import ChartLook, TextStyle
from builder.units import Length
from builder.writers.powerpoint.drawing import attribute, colour, outline, words
from builder.writers.powerpoint.text import Typesetter

CATEGORY_AXIS, VALUE_AXIS = 1001, 1002


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    """One chart with how it is to look."""

    chart: Chart
    look: ChartLook
    value: TextStyle
    axis: TextStyle
    type: Typesetter

    @property
    def labelled(self) -> bool:
        """Whether the values stand at their points, so that no value axis is needed."""
        return is_valued(self.chart)


def chart_drawing(chart: Chart, layout: Layout, type_: Typesetter) -> ChartDrawing:
    """Give a chart the look of its layout."""
    return ChartDrawing(
        chart, type_.theme.chart, layout.styles["value"], layout.styles["axis"], type_
    )


def category_axis(drawing: ChartDrawing) -> str:
    """Write the axis that names the categories."""
    upright = drawing.chart.type in ("bar", "share")
    orientation = "maxMin" if upright else "minMax"
    negative = any((v or 0) < 0 for s in drawing.chart.series for v in s.values)
    return (
        f'<c:catAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling>'
        f'<c:orientation val="{orientation}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"l" if upright else "b"}"/>{axis_title(drawing, drawing.chart.x_title)}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{"low" if negative else "nextTo"}"/>'
        f"<c:spPr>{outline(drawing.look.axis)}</c:spPr>{text_look(drawing, drawing.axis)}"
        f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def value_axis(drawing: ChartDrawing, *, horizontal: bool = False) -> str:
    """Write an axis of values; hidden where the values stand at their points."""
    chart = drawing.chart
    own, other = (CATEGORY_AXIS, VALUE_AXIS) if horizontal else (VALUE_AXIS, CATEGORY_AXIS)
    hidden = drawing.labelled
    side = "b" if horizontal or chart.type in ("bar", "share") else "l"
    grid = (
        ""
        if hidden or horizontal
        else (
            f"<c:majorGridlines><c:spPr>{outline(drawing.look.grid, Length.from_pt(0.5))}</c:spPr>"
            "</c:majorGridlines>"
        )
    )
    line = outline(drawing.look.axis) if horizontal else "<a:ln><a:noFill/></a:ln>"
    title = chart.x_title if horizontal else chart.y_title
    named = axis_title(drawing, title, turned=not horizontal and chart.type not in ("bar", "share"))
    values = [v for s in chart.series for v in s.values if v is not None]
    least = '<c:min val="0"/>' if not horizontal and values and min(values) >= 0 else ""
    if chart.type == "scatter":
        least = ""
    crossing = "max" if chart.type in ("bar", "share") else "autoZero"
    between = "midCat" if chart.type == "scatter" else "between"
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>{least}'
        f'</c:scaling><c:delete val="{int(hidden)}"/><c:axPos val="{side}"/>{grid}'
        f"{'' if hidden else named}<c:numFmt formatCode={attribute(_axis_format(chart))} "
        'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:spPr>{line}</c:spPr>{text_look(drawing, drawing.axis)}'
        f'<c:crossAx val="{other}"/><c:crosses val="{crossing}"/>'
        f'<c:crossBetween val="{between}"/></c:valAx>'
    )


def _axis_format(chart: Chart) -> str:
    values = [abs(v) for series in chart.series for v in series.values if v is not None]
    return "#,##0" if max(values, default=0) >= 10000 else "General"


def axis_title(drawing: ChartDrawing, title: str, *, turned: bool = False) -> str:
    """Write an axis' title; nothing where there is none."""
    if not title:
        return ""
    turn = ' rot="-5400000" vert="horz"' if turned else ""
    look = drawing.type.look("defRPr", drawing.axis, drawing.axis.size)
    run = drawing.type.look("rPr", drawing.axis, drawing.axis.size, lang=drawing.type.tag())
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr{turn}/><a:lstStyle/><a:p><a:pPr>{look}</a:pPr>"
        f"<a:r>{run}<a:t>{words(title)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


def text_look(drawing: ChartDrawing, style: TextStyle, ink: str = "") -> str:
    """Say how a chart's text looks; `ink` replaces the style's colour."""
    look = drawing.type.look("defRPr", style, style.size, lang=drawing.type.tag())
    if ink:
        old, new = colour(style.colour), colour(drawing.type.theme.colour(ink))
        look = look.replace(old, new)
    return (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{look}</a:pPr>"
        f'<a:endParaRPr lang="{drawing.type.tag()}"/></a:p></c:txPr>'
    )
