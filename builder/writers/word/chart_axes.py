"""Axes of native charts: of categories, of time, of values, of logarithms."""

from __future__ import annotations

from builder.document.days import parse_day
from builder.document.nodes import Chart
from builder.theme.model import TextStyle, Theme
from builder.writers.word.chart_text import AXIS, one, run_properties, text_properties
from builder.writers.word.drawing import fill
from builder.writers.word.xml import Element, qualified, x

BARS = ("column", "bar", "stacked", "share")
YEARS, MONTHS = 365 * 3, 60
"""Days that an axis of time has at least when it names years, or months."""


def axes(plot: Element, chart: Chart, theme: Theme, *, labelled: bool) -> None:
    """Change python-pptx's axes into the house's; where data have labels, values need no axis."""
    found = [child for child in plot if str(child.tag).endswith("Ax")]
    for number, axis in enumerate(found):
        is_value = str(axis.tag).endswith("valAx") and not (chart.type == "scatter" and not number)
        hidden = is_value and labelled and chart.type != "scatter" and not chart.log
        if chart.type == "share":
            hidden = True
        _axis(axis, chart, theme, is_value=is_value, hidden=hidden)


def _axis(axis: Element, chart: Chart, theme: Theme, *, is_value: bool, hidden: bool) -> None:
    identity, crosses = (one(axis, f"c:{n}").get("val", "") for n in ("axId", "crossAx"))
    position = one(axis, "c:axPos").get("val", "b")
    grid = is_value and not hidden
    style, look = theme.styles["chart_axis"], theme.chart
    line = fill(theme.colour("ink")) if not grid else x("a:noFill")
    title = chart.y_title if is_value else chart.x_title
    timed = str(axis.tag).endswith("dateAx")
    span = _span(chart)
    made = [
        x("c:axId", val=identity),
        _scaling(chart, is_value=is_value),
        x("c:delete", val=int(hidden)),
        x("c:axPos", val=position),
        x("c:majorGridlines", x("c:spPr", x("a:ln", fill(look.grid), w=6350))) if grid else None,
        _axis_title(title, style, theme) if title and not hidden else None,
        x("c:numFmt", formatCode=_day_format(span) if timed else _numbers(chart), sourceLinked=0),
        x("c:majorTickMark", val="out" if timed else "none"),
        x("c:minorTickMark", val="none"),
        x("c:tickLblPos", val="nextTo" if is_value else "low"),
        x("c:spPr", x("a:ln", line, w=9525)),
        text_properties(style, theme, colour=theme.colour("ink"), size=AXIS),
        x("c:crossAx", val=crosses),
        x("c:crosses", val="min" if chart.log and not is_value else "autoZero"),
    ]
    if str(axis.tag).endswith("valAx"):
        made.append(x("c:crossBetween", val="between" if _beside_categories(axis) else "midCat"))
    elif timed:
        every, unit = _step(span)
        made += [
            x("c:auto", val=0),
            x("c:lblOffset", val=100),
            x("c:baseTimeUnit", val="days"),
            x("c:majorUnit", val=every),
            x("c:majorTimeUnit", val=unit),
        ]
    else:
        made += [
            x("c:auto", val=0),
            x("c:lblAlgn", val="ctr"),
            x("c:lblOffset", val=100),
            x("c:noMultiLvlLbl", val=1),
        ]
    for child in list(axis):
        axis.remove(child)
    axis.extend([element for element in made if element is not None])


def _scaling(chart: Chart, *, is_value: bool) -> Element:
    """Say how an axis counts: bars begin at nothing, logarithms where the author says."""
    values = [v for series in chart.series for v in series.values if v is not None]
    least = chart.minimum
    if least is None and chart.type in BARS and values and min(values) >= 0:
        least = 0.0
    most = sum(values) if chart.type == "share" else None
    reverse = chart.type == "bar" and not is_value
    return x(
        "c:scaling",
        x("c:logBase", val=10) if chart.log and is_value else None,
        x("c:orientation", val="maxMin" if reverse else "minMax"),
        x("c:max", val=f"{most:g}") if is_value and most else None,
        x("c:min", val=f"{least:g}") if is_value and least is not None else None,
    )


def _numbers(chart: Chart) -> str:
    """Give the format of an axis; numbers below nothing have a true minus."""
    shown = [v for series in chart.series for v in (*series.values, *series.xs) if v is not None]
    return 'General;"\u2212"General' if any(value < 0 for value in shown) else "General"


def _span(chart: Chart) -> int:
    days = [day for name in chart.categories if chart.dates and (day := parse_day(name))]
    return (days[-1] - days[0]).days if days else 0


def _day_format(span: int) -> str:
    if span > YEARS:
        return "yyyy"
    return "mmm yyyy" if span > MONTHS else "d mmm"


def _step(span: int) -> tuple[int, str]:
    if span > YEARS:
        return max(1, span // 365 // 8), "years"
    if span > MONTHS:
        return max(1, round(span / 30 / 8)), "months"
    return max(1, span // 8), "days"


def _beside_categories(axis: Element) -> bool:
    plot = axis.getparent()
    kinds = ("c:catAx", "c:dateAx")
    return plot is not None and any(plot.find(qualified(kind)) is not None for kind in kinds)


def _axis_title(title: str, style: TextStyle, theme: Theme) -> Element:
    properties = run_properties("a:rPr", style, theme, theme.colour("muted"), AXIS)
    words = x("a:p", x("a:r", properties, x("a:t", text=title)))
    return x("c:title", x("c:tx", x("c:rich", x("a:bodyPr"), x("a:lstStyle"), words)),
             x("c:overlay", val=0))  # fmt: skip
