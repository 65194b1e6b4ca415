"""The mail's chart as a PNG: drawn by the report's own charts, set in the theme's own fonts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from builder.charts.draw import draw_chart
from builder.diagnostics import Diagnostics
from builder.document.nodes import Chart
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.pdf_press import private_fonts, warnings_of_weasyprint

WIDTH = 536
"""CSS pixels: the mail's 600 less its margins."""

MARGIN = 12
"""CSS pixels of paper around the drawing, so that it stands on its own ground in dark mode."""

DENSITY = 2
SHARE = 0.52
"""Size of the drawing before it is enlarged: its labels grow with it, for small screens."""


@dataclass(frozen=True, slots=True)
class Inset:
    """A picture inside the mail; its size in CSS pixels."""

    name: str
    data: bytes
    width: int
    height: int
    alt: str


def draw_inset(chart: Chart, theme: Theme, language: str, log: Diagnostics) -> Inset:
    """Draw a chart as the PNG that the mail shows."""
    width = Length.from_pt((WIDTH - 2 * MARGIN) * SHARE)
    drawing = draw_chart(chart, theme, FontBook(theme), width=width, language=language)
    with private_fonts(theme), warnings_of_weasyprint(log):
        pdf = _printed(drawing, theme, width)
    image = _rendered(pdf, scale=DENSITY / SHARE)
    size = (WIDTH * DENSITY, image.height + 2 * MARGIN * DENSITY)
    from PIL import Image

    ground = Image.new("RGB", size, theme.colour("paper").css)
    ground.paste(image, ((size[0] - image.width) // 2, MARGIN * DENSITY))
    file = io.BytesIO()
    # A chart has few colours: with a palette it weighs a third, and looks the same.
    ground.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        file, "PNG", optimize=True
    )
    return Inset("chart.png", file.getvalue(), WIDTH, size[1] // DENSITY, chart.caption.alt)


def _printed(drawing: Markup, theme: Theme, width: Length) -> bytes:
    """Set the drawing on a page of its own size."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from builder.writers.pdf_svg import whole_texts

    fonts = FontConfiguration()
    paper = theme.colour("paper").css
    sheet = (
        f"@page {{ size: {width.pt}pt {width.pt * 3}pt; margin: 0; background: {paper} }}"
        " body { margin: 0; line-height: 0 }"
    )
    page = weasyprint.HTML(string=f"<html><body>{drawing}</body></html>")
    made: Any = page.render(font_config=fonts, stylesheets=[weasyprint.CSS(string=sheet)])
    with whole_texts():
        return bytes(made.write_pdf())


def _rendered(pdf: bytes, scale: float) -> Any:
    """Give the page as an image, cut at the drawing's foot."""
    import pypdfium2
    from PIL import Image, ImageChops

    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=scale).to_pil().convert("RGB")
    ground = Image.new("RGB", image.size, image.getpixel((image.width - 1, image.height - 1)))
    box = ImageChops.difference(image, ground).getbbox()
    return image.crop((0, 0, image.width, box[3] if box else 1))
