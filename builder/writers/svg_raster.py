"""SVG pictures as PNG, for programs that cannot draw them; WeasyPrint draws, in our fonts."""

from __future__ import annotations

import io
from pathlib import PurePosixPath

from builder.theme.model import Theme

SHARP = 2000
"""The pixels of a raster's longer side: 150 an inch over a slide's whole width."""

HINT = "draw it with plainer styles, or give it as PNG"
_ADDRESS = "project:///x"
_PAGE = (
    "<style>@page {{ size: {0}px {1}px; margin: 0 }} body {{ margin: 0 }}"
    "img {{ display: block; width: {0}px; height: {1}px }}</style>"
    f"<img src='{_ADDRESS}' alt=''>"
)


def svg_raster(data: bytes, size: tuple[int, int], theme: Theme) -> bytes | str:
    """Draw an SVG file of a natural size as PNG on a clear ground, or tell why it cannot be."""
    import pypdfium2
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from builder.writers.pdf_fetch import (
        MAX_SVG_ELEMENTS,
        ProjectFetcher,
        Refused,
        drawn_elements,
    )
    from builder.writers.pdf_press import private_fonts, told_by_weasyprint
    from builder.writers.pdf_svg import whole_texts

    elements = drawn_elements(data)
    if elements > MAX_SVG_ELEMENTS:
        return f"it draws more than {MAX_SVG_ELEMENTS:,} elements"
    if not elements:
        return "it is no well-formed SVG"

    def read(path: PurePosixPath) -> bytes:
        if path != PurePosixPath("x"):
            raise Refused(f"{str(path)!r} is not part of the picture")
        return data

    try:
        with private_fonts(theme), whole_texts(), told_by_weasyprint() as warnings:
            page = weasyprint.HTML(
                string=_PAGE.format(*size), url_fetcher=ProjectFetcher(read, theme)
            )
            pdf = page.write_pdf(font_config=FontConfiguration())
    except (Refused, ValueError) as fault:
        return str(fault) or type(fault).__name__
    if warnings:  # it leaves out what it cannot draw, and gives a page all the same
        return f"the typesetter says: {warnings[0].replace(_ADDRESS, 'the drawing')}"
    with pypdfium2.PdfDocument(pdf) as document:
        scale = SHARP / max(size) * 96 / 72
        image = document[0].render(scale=scale, fill_color=(255, 255, 255, 0)).to_pil()
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
