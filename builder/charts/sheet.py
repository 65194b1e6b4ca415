"""What every kind of chart needs while it is drawn: data, looks, measuring, and the legend."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.charts.canvas import Canvas
from builder.charts.colours import part_colour, series_colour, words_colour
from builder.charts.measure import Ruler
from builder.charts.numbers import PER_CENT, format_number, is_per_cent
from builder.charts.scale import Scale, decimals_of, log_steps, steps
from builder.charts.vocabulary import logarithmic, shown_date
from builder.document.nodes import Chart
from builder.theme.model import Colour, TextStyle, Theme
from builder.units import Length

SWATCH = 8.0
LEGEND_GAP = 16.0
LABEL_SIZES = (1.0, 0.9, 0.8, 0.7)
"""Sizes, relative to the style's own, that value labels are tried in before they are given up."""


@dataclass(frozen=True, slots=True)
class SlideLook:
    """How a chart on a slide differs from one on paper: its layout says how large text is."""

    value: TextStyle
    axis: TextStyle
    valued: bool  # whether values stand at their points, so that no value axis is needed


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chart about to be drawn, `width` by `height` points; on a slide it fills them."""

    chart: Chart
    theme: Theme
    ruler: Ruler
    width: float
    height: float
    language: str
    slide: SlideLook | None = None

    @property
    def label(self) -> TextStyle:
        """How values are set: larger where the drawing is wider than the main column."""
        if self.slide:
            return self.slide.value
        return _scaled(self.theme.styles["chart_label"], self._share * 0.92)

    @property
    def axis(self) -> TextStyle:
        """How categories and axis values are set: they grow less than the values."""
        if self.slide:
            return self.slide.axis
        return _scaled(self.theme.styles["chart_axis"], self._share**0.5)

    @property
    def gap(self) -> float:
        """The gap between columns or bars, as a part of one."""
        look = self.theme.chart
        return (look.gap_deck if self.slide else look.gap_print) / 100

    @property
    def may_value(self) -> bool:
        """Whether values may stand at their points, if there is room."""
        return self.slide is None or self.slide.valued

    @property
    def _share(self) -> float:
        return max(self.width / self.theme.grid.main.pt, 1.0)

    @property
    def ink(self) -> Colour:
        """The colour of text and base line."""
        return self.theme.colour("ink")

    @property
    def muted(self) -> Colour:
        """The colour of missing values and secondary text."""
        return self.theme.colour("muted")

    def canvas(self) -> Canvas:
        """Give an empty canvas of the sheet's size."""
        return Canvas(self.width, self.height, self.ruler, self.theme.fallbacks)

    def shown(self, value: float | None) -> str:
        """Write a value as its label shows it."""
        return format_number(value, self.chart.decimals, self.language)

    def part(self, value: float | None) -> str:
        """Write the value of a part of a whole, with the sign of per cent where it has one."""
        sign = PER_CENT if value is not None and is_per_cent(self.chart) else ""
        return f"{self.shown(value)}{sign}"

    def category(self, name: str) -> str:
        """Write a category as its label shows it: dates in the reader's language."""
        return shown_date(name, self.language) if self.chart.dates else name

    def values(self) -> tuple[float, ...]:
        """Give every value that is not missing."""
        return tuple(v for s in self.chart.series for v in s.values if v is not None)

    def series_colour(self, index: int) -> Colour:
        """Give the colour of a series."""
        return series_colour(self.chart, self.theme.chart, index)

    def part_colour(self, index: int) -> Colour:
        """Give the colour of a part of a whole."""
        return part_colour(self.chart, self.theme.chart, index)

    def datum_colour(self, index: int, category: str) -> Colour:
        """Give the colour of one value: the highlighted category of a lone series stands out."""
        if category and len(self.chart.series) == 1 and category == self.chart.highlight:
            return self.theme.chart.highlight
        return self.series_colour(index)

    def text_colour(self, fill: Colour) -> Colour:
        """Give the colour of a value beside a shape: on slides ink, as the native charts have."""
        return self.ink if self.slide else words_colour(fill, self.theme.chart, self.ink)

    def name_colour(self, fill: Colour) -> Colour:
        """Give the colour of a name at the end of its line."""
        return words_colour(fill, self.theme.chart, self.ink)

    def label_size(self, texts: tuple[str, ...], room: float) -> float:
        """Give the largest size at which every text is within `room`; 0: none is small enough."""
        for share in LABEL_SIZES if self.may_value else ():
            size = self.label.size.pt * share
            if self.ruler.widest(texts, self.label, size=size) <= room:
                return size
        return 0.0

    def legend_above(self, canvas: Canvas) -> None:
        """Name the series above everything that is drawn, remarks as well."""
        height = self.legend(self.canvas())
        self.legend(canvas, min(0.0, canvas.top()) - height)

    def legend(self, canvas: Canvas, top: float = 0.0) -> float:
        """Name the series at the top, in as many lines as needed; give the height used.

        A lone series needs none: the subtitle says what is measured.
        """
        if len(self.chart.series) < 2:
            return 0.0
        x, y, leading = 0.0, top, self.axis.leading.pt + 4
        indent, base = SWATCH + 4, max(9.0, self.axis.size.pt * 0.9)
        for index, series in enumerate(self.chart.series):
            lines = self.ruler.hard_lines(series.name, self.axis, self.width - indent)
            needed = indent + self.ruler.widest(lines, self.axis)
            if x and x + needed > self.width:
                x, y = 0.0, y + leading
            swatch = y + base - 0.45 * self.axis.size.pt - SWATCH / 2
            canvas.rect(x, swatch, SWATCH, SWATCH, self.series_colour(index))
            for n, words in enumerate(lines):
                line = y + base + n * self.axis.leading.pt
                canvas.text(x + indent, line, words, self.axis, colour=self.ink)
            x += needed + LEGEND_GAP
            if len(lines) > 1:
                x, y = 0.0, y + len(lines) * self.axis.leading.pt + 4
        return y + (leading if x else 0.0) + 4 - top

    def marks(self, low: float, high: float) -> tuple[float, ...]:
        """Give the values that the axis shows; its ends are at or beyond `low` and `high`."""
        least = self.chart.minimum
        if self.chart.log:
            return log_steps(min(low, least or low), high)
        if least is None:
            return steps(low, high)
        return (least, *(m for m in steps(least, high) if m > least))

    def axis_title(self, canvas: Canvas, top: float) -> float:
        """Write above the plot what the axis shows and whether by powers; give the foot."""
        words = self.chart.y_title
        if self.chart.log:
            words = (
                f"{words} ({logarithmic(self.language)})" if words else logarithmic(self.language)
            )
        for line in self.ruler.hard_lines(words, self.axis, self.width) if words else ():
            top += self.axis.leading.pt
            canvas.text(0, top - 3, line, self.axis, colour=self.muted)
        return top

    def value_axis(
        self,
        canvas: Canvas,
        low: float,
        high: float,
        top: float,
        foot: float,
        right: float = 0.0,
    ) -> Scale:
        """Draw grid lines with their values at the left; give the scale, whose ends are round.

        `right`: where the lines end, if not at the sheet's edge.
        """
        marks = self.marks(low, high)
        scale = Scale(marks[0], marks[-1], foot, top, self.chart.log)
        left = self.axis_width(marks)
        for mark, words in zip(marks, self._written(marks), strict=True):
            y = scale.place(mark)
            canvas.line(((left, y), (right or self.width, y)), self.theme.chart.grid, width=0.5)
            base = y + self.axis.size.pt * 0.35
            ink = canvas.ink(left - 5, base, words, self.axis, anchor="end")
            if canvas.free(ink, 0.5):
                canvas.text(left - 5, base, words, self.axis, anchor="end", colour=self.muted)
        return scale

    def grid(self, low: float, high: float) -> tuple[tuple[float, str], ...]:
        """Give the values of an axis, each as it is written."""
        marks = self.marks(low, high)
        return tuple(zip(marks, self._written(marks), strict=True))

    def axis_width(self, marks: tuple[float, ...]) -> float:
        """Give the room that the values of an axis need at the left."""
        return self.ruler.widest(self._written(marks), self.axis) + 7

    def _written(self, marks: tuple[float, ...]) -> tuple[str, ...]:
        if self.chart.log:
            return tuple(format_number(m, None, self.language) for m in marks)
        digits = decimals_of(marks)
        return tuple(format_number(m, digits, self.language) for m in marks)


def _scaled(style: TextStyle, factor: float) -> TextStyle:
    return smaller(style, max(factor, 1.0))


def smaller(style: TextStyle, factor: float) -> TextStyle:
    """Give a style in another size, its leading in proportion."""
    return replace(
        style,
        size=Length.from_pt(round(style.size.pt * factor, 1)),
        leading=Length.from_pt(round(style.leading.pt * factor, 1)),
    )
