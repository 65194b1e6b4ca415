"""A chart with how it is to look, its axes and its text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.deck.charts import axis_marks, is_valued
from builder.deck.layout import Layout
from builder.document.days import parse_day
from builder.document.nodes import Chart
from builder.theme.model import ChartLook, Colour, TextStyle
from builder.units import Length
from builder.writers.powerpoint.chart_frame import PlotFrame, plot_frame
from builder.writers.powerpoint.drawing import attribute, outline, words
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
    width: Length  # of the whole chart
    frame: PlotFrame | None = None  # None: the program that shows the chart finds the plot's place

    @property
    def labelled(self) -> bool:
        """Whether the values stand at their points, so that no value axis is needed."""
        return is_valued(self.chart)


def chart_drawing(chart: Chart, layout: Layout, type_: Typesetter) -> ChartDrawing:
    """Give a chart the look of its layout, and its place there."""
    value, axis, look = layout.styles["value"], layout.styles["axis"], type_.theme.chart
    box = layout.slots["chart"].box
    frame = plot_frame(chart, box, type_.ruler, value=value, axis=axis, gap=look.gap_deck)
    return ChartDrawing(chart, look, value, axis, type_, box.width, frame)


def plot_layout(frame: PlotFrame | None) -> str:
    """Write where the plot stands inside its chart."""
    if frame is None:
        return "<c:layout/>"
    x, y, width, height = (f"{share:.5f}" for share in frame.shares())
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/><c:x val="{x}"/><c:y val="{y}"/><c:w val="{width}"/>'
        f'<c:h val="{height}"/></c:manualLayout></c:layout>'
    )


def time_axis(drawing: ChartDrawing) -> str:
    """Write an axis on which days stand as far apart as they are."""
    chart = drawing.chart
    days = [day for c in chart.categories if (day := parse_day(c))]
    crossing = "min" if chart.log else "autoZero"
    span = (days[-1] - days[0]).days if days else 0
    every, unit = _time_step(span)
    return (
        f'<c:dateAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="b"/>{axis_title(drawing, chart.x_title)}'
        f"<c:numFmt formatCode={attribute(day_format(span))} "
        'sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:spPr>{outline(drawing.look.axis)}</c:spPr>'
        f'{text_look(drawing, drawing.axis)}<c:crossAx val="{VALUE_AXIS}"/>'
        f'<c:crosses val="{crossing}"/><c:auto val="0"/><c:lblOffset val="100"/>'
        f'<c:baseTimeUnit val="days"/><c:majorUnit val="{every}"/>'
        f'<c:majorTimeUnit val="{unit}"/></c:dateAx>'
    )


def day_format(span: int) -> str:
    """Give Office's code for days of an axis so many days long."""
    if span > _YEARS:
        return "yyyy"
    return "mmm yyyy" if span > _MONTHS else "d mmm"


_YEARS, _MONTHS = 365 * 3, 60


def _time_step(span: int) -> tuple[int, str]:
    if span > _YEARS:
        return max(1, span // 365 // 8), "years"
    if span > _MONTHS:
        return max(1, round(span / 30 / 8)), "months"
    return max(1, span // 8), "days"


def category_axis(drawing: ChartDrawing) -> str:
    """Write the axis that names the categories."""
    if drawing.chart.dates:
        return time_axis(drawing)
    upright = drawing.chart.type == "bar"
    orientation = "maxMin" if upright else "minMax"
    negative = any((v or 0) < 0 for s in drawing.chart.series for v in s.values)
    crossing = "min" if drawing.chart.log else "autoZero"
    return (
        f'<c:catAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling>'
        f'<c:orientation val="{orientation}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"l" if upright else "b"}"/>{axis_title(drawing, drawing.chart.x_title)}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{"low" if negative else "nextTo"}"/>'
        f"<c:spPr>{outline(drawing.look.axis)}</c:spPr>{text_look(drawing, drawing.axis)}"
        f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="{crossing}"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def value_axis(drawing: ChartDrawing, *, horizontal: bool = False) -> str:
    """Write an axis of values; hidden where the values stand at their points."""
    chart = drawing.chart
    own, other = (CATEGORY_AXIS, VALUE_AXIS) if horizontal else (VALUE_AXIS, CATEGORY_AXIS)
    hidden = drawing.labelled and not chart.log  # that steps are ratios is to be seen
    side = "b" if horizontal or chart.type == "bar" else "l"
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
    named = axis_title(drawing, title, turned=not horizontal and chart.type != "bar")
    values = [v for s in chart.series for v in s.values if v is not None]
    least = '<c:min val="0"/>' if not horizontal and values and min(values) >= 0 else ""
    if chart.type == "scatter" or chart.log:
        least = ""
    if chart.minimum is not None and not horizontal:
        least = f'<c:min val="{chart.minimum!r}"/>'
    unit, base = "", '<c:logBase val="10"/>' if chart.log and not horizontal else ""
    if drawing.frame is not None:
        frame = drawing.frame
        least = f'<c:max val="{frame.high!r}"/><c:min val="{frame.low!r}"/>'
        unit = "" if chart.log else f'<c:majorUnit val="{frame.step!r}"/>'
    elif not hidden and (marks := axis_marks(chart, horizontal=horizontal)):
        least = f'<c:max val="{marks[-1]:g}"/><c:min val="{marks[0]:g}"/>'
        unit = f'<c:majorUnit val="{marks[1] - marks[0]:.12g}"/>' if len(marks) > 1 else ""
    crossing = "max" if chart.type == "bar" else "autoZero"
    between = "midCat" if chart.type == "scatter" else "between"
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling>{base}<c:orientation val="minMax"/>{least}'
        f'</c:scaling><c:delete val="{int(hidden)}"/><c:axPos val="{side}"/>{grid}'
        f"{'' if hidden else named}<c:numFmt formatCode={attribute(_axis_format(chart))} "
        'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:spPr>{line}</c:spPr>{text_look(drawing, drawing.axis)}'
        f'<c:crossAx val="{other}"/><c:crosses val="{crossing}"/>'
        f'<c:crossBetween val="{between}"/>{unit}</c:valAx>'
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


def text_look(drawing: ChartDrawing, style: TextStyle, ink: Colour | None = None) -> str:
    """Say how a chart's text looks; `ink` replaces the style's colour."""
    shown = replace(style, colour=ink) if ink else style
    look = drawing.type.look("defRPr", shown, style.size, lang=drawing.type.tag())
    return (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{look}</a:pPr>"
        f'<a:endParaRPr lang="{drawing.type.tag()}"/></a:p></c:txPr>'
    )
