"""From a chart's data to SVG."""

from __future__ import annotations

from markupsafe import Markup

from builder.charts.bars import draw_bars
from builder.charts.canvas import Canvas
from builder.charts.columns import draw_columns
from builder.charts.lines import draw_lines
from builder.charts.measure import Ruler
from builder.charts.pie import draw_pie
from builder.charts.scatter import draw_scatter
from builder.charts.share import draw_share
from builder.charts.sheet import Sheet, SlideLook
from builder.charts.stacked import draw_stacked
from builder.document.nodes import Chart
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.units import Length

SHAPE = 0.465
"""Height of a chart as a part of its width."""

LEAST_HEIGHT = Length.from_mm(52)
FITTINGS = 4


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
    """Draw a chart that fills its place on a slide, as the deck's native charts do.

    What remarks need above the plot is taken from the plot.
    """
    plot = height.pt
    for _ in range(FITTINGS):
        canvas = _draw(Sheet(chart, theme, Ruler(book), width.pt, plot, language, look))
        over = canvas.height - min(canvas.top(), 0.0) - height.pt
        if over <= 0:
            break
        plot -= over
    return canvas.svg(chart.caption.alt, height=height.pt)


def _draw(sheet: Sheet) -> Canvas:
    match sheet.chart.type:
        case "column":
            return draw_columns(sheet) or draw_bars(sheet)
        case "bar":
            return draw_bars(sheet)
        case "stacked":
            return draw_stacked(sheet) or draw_bars(sheet)
        case "line":
            return draw_lines(sheet)
        case "share":
            return draw_share(sheet)
        case "pie":
            return draw_pie(sheet)
        case "scatter":
            return draw_scatter(sheet)
