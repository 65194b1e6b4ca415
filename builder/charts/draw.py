"""From a chart's data to SVG."""

from __future__ import annotations

from markupsafe import Markup

from builder.charts.bars import draw_bars
from builder.charts.canvas import Canvas
from builder.charts.columns import draw_columns, draw_stacked, names_fit
from builder.charts.lines import draw_lines, draw_scatter
from builder.charts.measure import Ruler
from builder.charts.pie import draw_pie
from builder.charts.share import draw_share
from builder.charts.sheet import Sheet, SlideLook
from builder.document.nodes import Chart
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.units import Length

SHAPE = 0.465
"""Height of a chart as a part of its width."""

LEAST_HEIGHT = Length.from_mm(52)


def draw_chart(
    chart: Chart, theme: Theme, book: FontBook, *, width: Length, language: str
) -> Markup:
    """Draw a chart as inline SVG with real text.

    Columns whose names would touch are drawn as horizontal bars.
    """
    height = max(width.pt * SHAPE, LEAST_HEIGHT.pt)
    sheet = Sheet(chart, theme, Ruler(book), width.pt, height, language)
    return _draw(sheet).svg(chart.caption.alt)


def draw_slide_chart(
    chart: Chart,
    theme: Theme,
    book: FontBook,
    *,
    width: Length,
    height: Length,
    look: SlideLook,
    language: str,
) -> Markup:
    """Draw a chart that fills its place on a slide, as the deck's native charts do."""
    sheet = Sheet(chart, theme, Ruler(book), width.pt, height.pt, language, look)
    return _draw(sheet).svg(chart.caption.alt)


def _draw(sheet: Sheet) -> Canvas:
    match sheet.chart.type:
        case "column":
            return draw_columns(sheet) if names_fit(sheet) else draw_bars(sheet)
        case "bar":
            return draw_bars(sheet)
        case "stacked":
            return draw_stacked(sheet)
        case "line":
            return draw_lines(sheet)
        case "share":
            return draw_share(sheet)
        case "pie":
            return draw_pie(sheet)
        case "scatter":
            return draw_scatter(sheet)
