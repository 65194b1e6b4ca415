"""Where a chart's data stand on the slide: its plot has a place of its own, which remarks know."""

from __future__ import annotations

import math
from dataclasses import dataclass

from builder.charts.numbers import format_number
from builder.charts.scale import decimals_of, steps
from builder.deck.charts import is_valued
from builder.deck.layout import Box
from builder.deck.measure import Ruler
from builder.deck.text import Run
from builder.document.days import parse_day
from builder.document.nodes import Chart, Datum
from builder.theme.model import TextStyle
from builder.units import Length

GAP = Length.from_pt(8)
HEAD_ROOM = 0.3
"""The share of a plot's height that stays free above the data for what is said of them."""
LEVEL = ("bar",)
FRAMED = ("column", "bar", "line", "stacked")


@dataclass(frozen=True, slots=True)
class PlotFrame:
    """A plot's place on the slide, and the range of its values."""

    chart: Chart
    box: Box  # the plot without its axes' labels
    whole: Box  # the chart
    low: float
    high: float
    step: float
    gap: int  # between groups of columns, per cent of a column

    def shares(self) -> tuple[float, float, float, float]:
        """Give x, y, width and height as shares of the whole chart."""
        box, whole = self.box, self.whole
        return (
            (box.x - whole.x) / whole.width,
            (box.y - whole.y) / whole.height,
            box.width / whole.width,
            box.height / whole.height,
        )

    def place(self, datum: Datum) -> tuple[int, int] | None:
        """Give where a datum stands: the middle of a column's end, or a line's point."""
        value = self.chart.value(datum)
        if value is None:
            return None
        series = [s.name for s in self.chart.series].index(datum.series)
        across = self._across(datum.category, series)
        along = self._along(self._stacked(datum.category, series, value))
        if self.chart.type in LEVEL:
            return (
                round(self.box.x + along * self.box.width),
                round(self.box.y + across * self.box.height),
            )
        return (
            round(self.box.x + across * self.box.width),
            round(self.box.bottom - along * self.box.height),
        )

    def _stacked(self, category: str, series: int, value: float) -> float:
        if self.chart.type != "stacked":
            return value
        place = self.chart.categories.index(category)
        below = [s.values[place] or 0.0 for s in self.chart.series[:series]]
        return value + sum(v for v in below if (v < 0) == (value < 0))

    def _along(self, value: float) -> float:
        if self.chart.log:
            low, high, value = (math.log10(v) for v in (self.low, self.high, value))
            return (value - low) / (high - low)
        return (value - self.low) / (self.high - self.low)

    def _across(self, category: str, series: int) -> float:
        place, count = self.chart.categories.index(category), len(self.chart.categories)
        if self.chart.dates:
            days = [day.toordinal() for c in self.chart.categories if (day := parse_day(c))]
            return (days[place] - days[0] + 0.5) / (days[-1] - days[0] + 1)
        if self.chart.type not in ("column", "bar"):
            return (place + 0.5) / count
        columns = len(self.chart.series)
        width = 1 / (columns + self.gap / 100)
        return (place + width * (self.gap / 200 + series + 0.5)) / count


def plot_frame(
    chart: Chart, whole: Box, ruler: Ruler, *, value: TextStyle, axis: TextStyle, gap: int
) -> PlotFrame | None:
    """Give a chart's plot its place, where names or remarks stand beside its data; else None."""
    named = chart.type == "line" and len(chart.series) > 1
    if chart.type not in FRAMED or not (named or chart.annotations):
        return None
    low, high, step = _range(chart)
    left = right = top = bottom = int(GAP)
    names = max((_width(c, axis, ruler) for c in chart.categories), default=0)
    if chart.type == "bar":
        left += names + GAP
        right += _width(_shown(chart, high), value, ruler)
    else:
        bottom += int(axis.leading) + (int(axis.leading) if chart.x_title else 0)
        if not is_valued(chart) or chart.log:
            marks = (low, high) if chart.log else steps(low, high)
            left += max(_width(_shown(chart, m), axis, ruler) for m in marks) + GAP
        left += int(axis.leading) if chart.y_title else 0
        top += int(value.leading)
    if len(chart.series) > 1 and chart.type != "line":
        top += int(axis.leading * 1.6)  # the legend
    if named:
        widest = max(_width(s.name, value, ruler) for s in chart.series)
        half = (whole.width - left - right) / (2 * len(chart.categories))
        right += max(0, int(widest + 2 * GAP - (0 if chart.dates else half)))
    box = Box(
        Length(whole.x + left),
        Length(whole.y + top),
        Length(whole.width - left - right),
        Length(whole.height - top - bottom),
    )
    return PlotFrame(chart, box, whole, low, high, step, gap)


def _range(chart: Chart) -> tuple[float, float, float]:
    """Give where the value axis begins and ends, and its step; remarks have room above."""
    values = [v for s in chart.series for v in s.values if v is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if chart.type == "stacked":
        columns = zip(*(s.values for s in chart.series), strict=True)
        present = [[v or 0.0 for v in column] for column in columns]
        high = max(sum(v for v in column if v > 0) for column in present)
        low = min(sum(v for v in column if v < 0) for column in present)
    if chart.log:
        low = 10.0 ** math.floor(math.log10(chart.minimum or low))
        high = 10.0 ** math.ceil(math.log10(high) + (0.5 if chart.annotations else 0))
        return low, max(high, low * 10), 10.0
    low = chart.minimum if chart.minimum is not None else min(low, 0.0)
    room = HEAD_ROOM if chart.annotations and chart.type not in LEVEL else 0.0
    marks = steps(low, high + (high - low) * room / (1 - room))
    return marks[0], marks[-1], marks[1] - marks[0]


def _shown(chart: Chart, value: float) -> str:
    return format_number(value, max(chart.decimals or 0, decimals_of((value,))), "en")


def _width(text: str, style: TextStyle, ruler: Ruler) -> int:
    return ruler.width((Run(text),), style, style.size) if text else 0
