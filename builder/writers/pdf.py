"""The printed report: tree → HTML → WeasyPrint → PDF, and a check that every word arrived."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

from builder.diagnostics import Code, Diagnostics, Span
from builder.document.nodes import Document, Note
from builder.document.walk import every, plain
from builder.theme.fonts import FontBook, private_fontconfig
from builder.theme.model import Theme
from builder.writers.base import Artifact
from builder.writers.markup_inlines import Setting
from builder.writers.pdf_pages import report_values
from builder.writers.pdf_words import Passage, losses, passages, pdf_texts
from builder.writers.stylesheet import stylesheet
from builder.writers.templates import fill

LONGEST_NOTE = 250
"""Words; a footnote is never split, so a longer one may not find a page to stand on."""

SHOWN_WORDS = 12


def write_pdf(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
) -> Artifact:
    """Write the printed report. Text that found no place on paper is an error, never silence."""
    page = theme.pages[document.meta.paper]
    setting = Setting(
        document.words,
        document.meta.language,
        theme,
        FontBook(theme),
        theme.grid.main,
        theme.grid.full,
    )
    check_notes(document, log)
    html = fill("report.html.j2", report_values(document, setting, page, stamp), theme, log)
    css = stylesheet(theme, page, log)
    pdf, pages = typeset(html, css, document, theme, log, read)
    return Artifact(f"{document.meta.name}.pdf", "pdf", pdf, pages)


def typeset(
    html: str,
    css: str,
    document: Document,
    theme: Theme,
    log: Diagnostics,
    read: Callable[[PurePosixPath], bytes],
) -> tuple[bytes, int]:
    """Lay the pages out and write them; give the file and the number of its pages."""
    with private_fonts(theme), warnings_of_weasyprint(log):
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        from builder.writers.pdf_fetch import ProjectFetcher

        fonts = FontConfiguration()
        fetcher = ProjectFetcher(read, theme)
        page = weasyprint.HTML(string=html, url_fetcher=fetcher)
        sheet = weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher)
        rendering = page.render(font_config=fonts, stylesheets=[sheet], pdf_tags=True)
        pdf: bytes = rendering.write_pdf(pdf_tags=True)
        check_words(passages(page.etree_element), pdf, document, log)
        return pdf, len(rendering.pages)


@contextmanager
def private_fonts(theme: Theme) -> Iterator[None]:
    """Let fontconfig see the theme's fonts and fallbacks only, so that every machine sets alike."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="briefing-fonts-") as folder:
        os.environ["FONTCONFIG_FILE"] = str(private_fontconfig(theme, Path(folder)))
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def warnings_of_weasyprint(log: Diagnostics) -> Iterator[None]:
    """Turn every warning of WeasyPrint into an error of ours: its own command exits 0 on them."""
    logger = logging.getLogger("weasyprint")
    handler = _Handler(log)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


class _Handler(logging.Handler):
    def __init__(self, log: Diagnostics) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Note a warning."""
        self._log.error(
            Code.LAYOUT_WARNING,
            f"the PDF's typesetter says: {record.getMessage()}",
            hint="mend the image, link or template that it names",
        )


def check_notes(document: Document, log: Diagnostics) -> None:
    """Warn of footnotes so long that they may not find room on any page."""
    for note in every(document.sections, Note):
        count = len(plain(note.blocks).split())
        if count > LONGEST_NOTE:
            log.warning(
                Code.FOOTNOTE_LONG,
                f"a footnote of {count} words",
                at=note.at,
                hint=f"keep notes under {LONGEST_NOTE} words; move the rest into the text",
            )


def check_words(
    wanted: tuple[Passage, ...], pdf: bytes, document: Document, log: Diagnostics
) -> None:
    """Note an error for every passage of which words are not in the PDF."""
    lost = losses(wanted, pdf_texts(pdf))
    places = {s.label or s.id: s for s in document.sections}
    for loss in lost:
        section = places.get(loss.section)
        where = f"section {plain(section.title)!r}" if section else "the report"
        shown = " ".join(loss.words[:SHOWN_WORDS])
        more = f" and {len(loss.words) - SHOWN_WORDS} more" if len(loss.words) > SHOWN_WORDS else ""
        log.error(
            Code.TEXT_LOST,
            f"{len(loss.words)} words of {'a footnote in ' if loss.in_note else ''}{where} found"
            f" no place on paper: {shown}{more}",
            at=section.at if section else Span(),
            hint="shorten the footnote, or take the box or table apart",
        )
