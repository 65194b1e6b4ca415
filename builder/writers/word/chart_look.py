"""How native charts look: the theme's colours, values written at the data, no ornament."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from builder.charts.colours import part_colour, series_colour, words_colour
from builder.charts.numbers import PER_CENT, format_number, is_per_cent
from builder.document.nodes import Chart
from builder.document.walk import plain
from builder.theme.model import Colour, TextStyle, Theme
from builder.units import Length
from builder.writers.word.chart_axes import BARS, axes
from builder.writers.word.chart_text import AXIS, LABEL, one, run_properties, text_properties
from builder.writers.word.drawing import fill
from builder.writers.word.line_names import end_labels, named_at_ends, room_for_names
from builder.writers.word.xml import Element, qualified, x

POSITIVE = 0x7FFFFFFF
"""python-pptx writes axis ids that are negative; the schema wants them positive."""

STACKED = ("stacked", "share")
SERIES_ORDER = (
    "idx", "order", "tx", "spPr", "invertIfNegative", "marker", "explosion", "dPt", "dLbls",
    "trendline", "errBars", "cat", "xVal", "val", "yVal", "smooth", "shape", "extLst",
)  # fmt: skip


def dress(space: Element, chart: Chart, theme: Theme, width: Length) -> None:
    """Change a plain chart of python-pptx into the house's, `width` wide."""
    at_ends = named_at_ends(chart, theme, width)
    for element in space.iter(qualified("c:axId"), qualified("c:crossAx")):
        element.set("val", str(int(element.get("val", "0")) & POSITIVE))
    plot = one(space, "c:chart/c:plotArea")
    for index, series in enumerate(plot.iter(qualified("c:ser"))):
        _series(series, index, chart, theme, named=at_ends)
    kind = next(child for child in plot if str(child.tag).endswith("Chart"))
    _plot(kind, chart, theme)
    axes(plot, chart, theme, labelled=_labelled(chart))
    if at_ends:
        plot.insert(0, room_for_names(chart, theme, width))
    _frame(space, chart, theme, legend=len(chart.series) > 1 and not at_ends)


def _series(series: Element, index: int, chart: Chart, theme: Theme, *, named: bool) -> None:
    colour = series_colour(chart, theme.chart, index)
    for name in ("spPr", "marker", "dPt", "dLbls", "invertIfNegative"):
        for old in series.findall(qualified(f"c:{name}")):
            series.remove(old)
    labels = end_labels(chart, index, theme) if named else _labels(chart, colour, theme)
    _remarks(labels, chart, index, theme)
    made = [_shape(colour, chart), *_points(chart, index, theme), labels]
    if chart.type in BARS:
        made.append(x("c:invertIfNegative", val=0))
    if chart.type in ("line", "scatter"):
        made.append(_marker(colour))
    series.extend([element for element in made if element is not None])
    _sort(series, SERIES_ORDER)


def _shape(colour: Colour, chart: Chart) -> Element | None:
    match chart.type:
        case "pie":
            return None
        case "line":
            return x("c:spPr", x("a:ln", fill(colour), x("a:round"), w=28575, cap="rnd"))
        case "scatter":
            return x("c:spPr", x("a:ln", x("a:noFill"), w=19050))
        case _:
            return x("c:spPr", fill(colour), x("a:ln", x("a:noFill")))


def _marker(colour: Colour) -> Element:
    return x(
        "c:marker",
        x("c:symbol", val="circle"),
        x("c:size", val=7),
        x("c:spPr", fill(colour), x("a:ln", x("a:noFill"))),
    )


def _points(chart: Chart, series: int, theme: Theme) -> Iterable[Element]:
    """Give the data that have a colour of their own: a highlight, or every slice of a pie."""
    look = theme.chart
    for index, category in enumerate(chart.categories):
        stressed = category == chart.highlight and len(chart.series) == 1
        if chart.type == "pie":
            yield _point(index, part_colour(chart, look, index), theme, chart)
        elif stressed and chart.series[series].values[index] is not None:
            yield _point(index, look.highlight, theme, chart)


def _point(index: int, colour: Colour, theme: Theme, chart: Chart) -> Element:
    line = x("a:ln", x("a:noFill"))
    shape = x("c:spPr", fill(colour), line)
    if chart.type == "pie":
        edge = x("a:ln", fill(theme.colour("paper")), w=12700)
        shape = x("c:spPr", fill(colour), edge)
    if chart.type == "line":
        return x("c:dPt", x("c:idx", val=index), _marker(colour), x("c:bubble3D", val=0))
    bars = chart.type != "pie"
    return x(
        "c:dPt",
        x("c:idx", val=index),
        x("c:invertIfNegative", val=0) if bars else None,
        x("c:bubble3D", val=0),
        shape,
    )


def _labels(chart: Chart, colour: Colour, theme: Theme) -> Element:
    """Write values at the data, and a pie's names as well."""
    if chart.type == "scatter" or not _labelled(chart):
        return x("c:dLbls", *_shown(value=False))
    pie = chart.type == "pie"
    ink = theme.colour("ink") if pie else words_colour(colour, theme.chart, theme.colour("ink"))
    if chart.type in STACKED:
        ink = theme.colour("paper") if _dark(colour) else theme.colour("ink")
    size = AXIS if len(chart.series) > 1 or pie else LABEL
    style = theme.styles["chart_label"]
    own = [
        _highlight_label(index, chart, style, theme)
        for index, category in enumerate(chart.categories)
        if category == chart.highlight and len(chart.series) == 1 and not pie
    ]
    return x(
        "c:dLbls",
        *own,
        x("c:numFmt", formatCode=number_format(chart), sourceLinked=0),
        x("c:spPr", x("a:noFill"), x("a:ln", x("a:noFill"))),
        text_properties(style, theme, colour=ink, size=size),
        _label_position(chart),
        *_shown(value=True, category=pie),
    )


def _remarks(labels: Element, chart: Chart, series: int, theme: Theme) -> None:
    """Say what is remarked on data in their labels: the words, and below them the value."""
    style = theme.styles["chart_label"]
    name = chart.series[series].name
    said: dict[int, str] = {}
    for remark in chart.annotations:
        if remark.target.series == name and remark.target.category in chart.categories:
            at = chart.categories.index(remark.target.category)
            said[at] = "\n".join(filter(None, (said.get(at), plain(remark.text))))
    for old in labels.findall(qualified("c:dLbl")):
        if int(one(old, "c:idx").get("val", "0")) in said:
            labels.remove(old)
    made = [_remark(at, words, chart, series, style, theme) for at, words in said.items()]
    for label in reversed(made):
        labels.insert(0, label)
    own = labels.findall(qualified("c:dLbl"))
    own.sort(key=lambda label: int(one(label, "c:idx").get("val", "0")))
    labels[: len(own)] = own


def _remark(
    at: int, words: str, chart: Chart, series: int, style: TextStyle, theme: Theme
) -> Element:
    value = chart.series[series].values[at]
    shown = format_number(value, chart.decimals, "en") if value is not None else ""
    ink = run_properties("a:rPr", style, theme, theme.colour("ink"), AXIS)
    lines = [*words.split("\n"), *([shown] if _labelled(chart) and shown else [])]
    paragraphs = (x("a:p", x("a:r", deepcopy(ink), x("a:t", text=line))) for line in lines)
    return x(
        "c:dLbl",
        x("c:idx", val=at),
        x("c:tx", x("c:rich", x("a:bodyPr"), x("a:lstStyle"), *paragraphs)),
        x("c:dLblPos", val="t" if chart.type in ("line", "scatter") else "outEnd")
        if chart.type not in STACKED
        else x("c:dLblPos", val="ctr"),
        *_shown(value=True),
    )


def _highlight_label(index: int, chart: Chart, style: TextStyle, theme: Theme) -> Element:
    return x(
        "c:dLbl",
        x("c:idx", val=index),
        x("c:numFmt", formatCode=number_format(chart), sourceLinked=0),
        x("c:spPr", x("a:noFill"), x("a:ln", x("a:noFill"))),
        text_properties(style, theme, colour=theme.chart.highlight, size=LABEL),
        _label_position(chart),
        *_shown(value=True),
    )


def _label_position(chart: Chart) -> Element:
    places = {"line": "t", "stacked": "ctr", "share": "ctr", "pie": "outEnd"}
    return x("c:dLblPos", val=places.get(chart.type, "outEnd"))


def _shown(*, value: bool, category: bool = False) -> list[Element]:
    return [
        x("c:showLegendKey", val=0),
        x("c:showVal", val=int(value)),
        x("c:showCatName", val=int(category)),
        x("c:showSerName", val=0),
        x("c:showPercent", val=0),
        x("c:showBubbleSize", val=0),
        *([x("c:separator", text="\n")] if category else []),
    ]


def _labelled(chart: Chart) -> bool:
    """Tell whether the values have room at the data; where not, there is an axis."""
    if chart.type == "line":
        return len(chart.series) == 1 and len(chart.categories) <= 12
    return len(chart.categories) * len(chart.series) <= 24


def number_format(chart: Chart) -> str:
    """Give the format of values: the author's decimals, else as many as the data have."""
    values = [v for series in chart.series for v in series.values if v is not None]
    code = "#,##0" if all(value == int(value) for value in values) else "General"
    if chart.decimals is not None:
        code = "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
    if is_per_cent(chart):
        code += f'"{PER_CENT}"'
    return f'{code};"\u2212"{code}' if any(value < 0 for value in values) else code


def _plot(plot: Element, chart: Chart, theme: Theme) -> None:
    for name in ("varyColors", "gapWidth", "overlap", "dLbls", "smooth"):
        for old in plot.findall(qualified(f"c:{name}")):
            plot.remove(old)
    last = max(i for i, child in enumerate(plot) if str(child.tag).endswith("}ser"))
    if chart.type in BARS:
        overlap = 100 if chart.type in STACKED else 0
        gap = x("c:gapWidth", val=theme.chart.gap_print)
        plot[last].addnext(x("c:overlap", val=overlap))
        plot[last].addnext(gap)
    first = next(i for i, child in enumerate(plot) if str(child.tag).endswith("}ser"))
    plot.insert(first, x("c:varyColors", val=int(chart.type == "pie")))


def _frame(space: Element, chart: Chart, theme: Theme, *, legend: bool) -> None:
    """Order what stands around the plot: no title, a legend only where it is asked for."""
    inner = one(space, "c:chart")
    plot = one(inner, "c:plotArea")
    for child in list(inner):
        inner.remove(child)
    style = theme.styles["chart_axis"]
    names = None
    if legend:
        words = text_properties(style, theme, colour=theme.colour("ink"), size=AXIS)
        names = x("c:legend", x("c:legendPos", val="t"), x("c:overlay", val=0), words)
    if plot.find(qualified("c:layout")) is None:
        plot.insert(0, x("c:layout"))
    parts = (
        x("c:autoTitleDeleted", val=1),
        plot,
        names,
        x("c:plotVisOnly", val=1),
        x("c:dispBlanksAs", val="gap"),
    )
    inner.extend([part for part in parts if part is not None])
    for child in list(space):
        space.remove(child)
    space.extend(
        [
            x("c:date1904", val=0),
            x("c:roundedCorners", val=0),
            inner,
            x("c:spPr", x("a:noFill"), x("a:ln", x("a:noFill"))),
            text_properties(style, theme, colour=theme.colour("ink"), size=AXIS),
            x("c:externalData", x("c:autoUpdate", val=0), r__id="rId1"),
        ]
    )


def _dark(colour: Colour) -> bool:
    red, green, blue = (int(colour.hex[i : i + 2], 16) for i in (0, 2, 4))
    return (299 * red + 587 * green + 114 * blue) / 1000 < 140


def _sort(element: Element, order: tuple[str, ...]) -> None:
    element[:] = sorted(element, key=lambda child: order.index(str(child.tag).rpartition("}")[2]))
