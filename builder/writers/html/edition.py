"""The edition for the web: tree → one HTML file with fonts, images and drawings in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath

from markupsafe import Markup

from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Picture
from builder.theme.dark import dark
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.writers.base import Artifact
from builder.writers.html.addresses import with_breaks
from builder.writers.html.data import image_uri
from builder.writers.html.fonts import web_fonts
from builder.writers.html.inks import Inks
from builder.writers.html.look import sheet_values
from builder.writers.html.page import page_values
from builder.writers.html.web import Drawings, Notes, Web
from builder.writers.html.words import report_lost_words
from builder.writers.markup_inlines import Setting
from builder.writers.templates import fill


def write_html(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
    sources: bool = False,
    drawings: Drawings | None = None,
) -> Artifact:
    """Write the page; `sources`: every block says by `data-src` in which file and line it stands.

    Whoever writes it again and again keeps its `drawings`.
    Words that the page lost are errors, as they are on paper. Raises ContentErrors where one of the
    theme's templates has a fault.
    """
    notes, inks = Notes(), Inks()
    images: dict[PurePosixPath, str] = {}

    def locate(picture: Picture) -> str:
        if picture.path not in images:
            images[picture.path] = image_uri(read(picture.path))
        return images[picture.path]

    book = FontBook(theme)
    setting = Setting(
        document.words,
        document.meta.language,
        theme,
        book,
        theme.grid.main,
        theme.grid.full,
        call=notes.call,
        locate=locate,
        write=with_breaks,
    )
    night = dark(theme)
    drawings = drawings or Drawings()
    drawings.begin((theme, document.meta.language))
    web = Web(setting, night, notes, inks, drawings, sources)
    values = page_values(document, web, stamp)
    script = fill("edition.js.j2", {"words": document.words}, theme, log)
    body = fill("edition.html.j2", {**values, "style": "", "script": ""}, theme, log)
    characters = frozenset(body) | frozenset(body.upper())
    fonts = web_fonts(theme, book, characters, code="<code" in body)
    style = fill("edition.css.j2", sheet_values(theme, night, inks, fonts), theme, log)
    inside = {"style": Markup(style), "script": Markup(script)}
    page = fill("edition.html.j2", {**values, **inside}, theme, log)
    data = page.encode("utf-8")
    if not sources:  # the preview has no time for it; what it shows is not what is delivered
        report_lost_words(document, data, log)
    return Artifact(f"{document.meta.name}.html", "html", data, 0)
