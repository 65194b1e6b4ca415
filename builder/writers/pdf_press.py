"""WeasyPrint with our fonts, styles and fetcher, and the pages that it makes."""

from __future__ import annotations

import gc
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from builder.diagnostics import Code, Diagnostics
from builder.theme.fontconfig import private_fontconfig
from builder.theme.model import Theme

if TYPE_CHECKING:
    from builder.writers.pdf_about import About

BOXES = 20_000
"""New objects after which garbage is looked for; more would cost memory and save no time."""

MOST_SHEETS = 8
"""Style sheets that a process keeps parsed: a theme's, for paper and for slides."""

READS = re.compile(r"@(import|font-face|color-profile)", re.IGNORECASE)
"""What in a style sheet reads other files while it is parsed."""

_SHEETS: dict[str, tuple[Any, Any]] = {}


@dataclass(frozen=True, slots=True)
class Press:
    """WeasyPrint with our fonts, styles and fetcher."""

    fonts: Any
    counters: Any  # the styles of lists' numbers
    sheet: Any
    fetcher: Any

    @classmethod
    def start(
        cls,
        theme: Theme,
        css: str,
        read: Callable[[PurePosixPath], bytes],
        *,
        keeps_inks: bool = False,
    ) -> Press:
        """Load WeasyPrint, whose fonts must be set before."""
        from weasyprint.text.fonts import FontConfiguration

        from builder.writers.pdf_fetch import ProjectFetcher

        fonts, fetcher = FontConfiguration(), ProjectFetcher(read, theme, keeps_inks=keeps_inks)
        counters, sheet = _parsed(css, fonts, fetcher)
        return cls(fonts, counters, sheet, fetcher)

    def lay_out(self, html: str, pending: list[str]) -> Laid:
        """Make pages; the warnings so far are dropped first: only the last pages count."""
        from builder.writers.pdf_folios import later_folios
        from builder.writers.pdf_lines import remembered_lines
        from builder.writers.pdf_notes import kept_notes
        from builder.writers.pdf_recalls import call_again
        from builder.writers.pdf_source import Source
        from builder.writers.pdf_styles import shared_styles

        pending.clear()
        read = Source(string=html, url_fetcher=self.fetcher)
        call_again(read.etree_element)
        with shared_styles(), remembered_lines(), kept_notes(), later_folios():
            made = read.render(
                font_config=self.fonts,
                counter_style=self.counters,
                stylesheets=[self.sheet],
                pdf_tags=True,
            )
        return Laid(read.etree_element, made, tuple(pending))


def _parsed(css: str, fonts: Any, fetcher: Any) -> tuple[Any, Any]:
    """Parse a style sheet; give the styles of lists' numbers in it as well.

    It is kept for the next report, unless it reads files or there is something to be said of it.
    """
    import weasyprint
    from weasyprint.css.counters import CounterStyle

    if css in _SHEETS:
        return _SHEETS[css]
    counters = CounterStyle()
    with told_by_weasyprint() as messages:
        sheet = weasyprint.CSS(
            string=css, font_config=fonts, counter_style=counters, url_fetcher=fetcher
        )
    if not messages and not READS.search(css):
        if len(_SHEETS) >= MOST_SHEETS:
            _SHEETS.clear()
        _SHEETS[css] = counters, sheet
    return counters, sheet


@dataclass(frozen=True, slots=True)
class Laid:
    """Pages, not yet painted, with the HTML that they were made of; their margins are empty."""

    root: Any
    made: Any
    warnings: tuple[str, ...] = ()

    @property
    def pages(self) -> Sequence[Any]:
        """Give WeasyPrint's pages."""
        return cast("Sequence[Any]", self.made.pages)

    def pdf(self, about: About) -> bytes:
        """Write the pages, as a file that keeps to its standard; their boxes are let go."""
        from builder.writers.pdf_binding import bound
        from builder.writers.pdf_sheets import Easel, Fonts

        easel = Easel(Fonts("".join(self.root.itertext())), about.claim)
        return bound([easel.paint(self.root, self.pages)], about)

    def draft(self) -> bytes:
        """Write the pages without tags and promises: the file is only for making pictures of it."""
        from builder.writers.pdf_folios import set_folios
        from builder.writers.pdf_svg import whole_texts

        for page in self.pages:
            set_folios(page._page_box, 0)
        with whole_texts():
            return cast("bytes", self.made.write_pdf())


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Let Python look for garbage less often while pages are made.

    It would look through the newest boxes again and again, a tenth of the time, and find next to
    nothing: they are held until the file is written.
    """
    before = gc.get_threshold()
    gc.set_threshold(BOXES, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


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
def told_by_weasyprint() -> Iterator[list[str]]:
    """Give the list of what WeasyPrint warns of; it goes on after whatever happens."""
    logger = logging.getLogger("weasyprint")
    handler = _Handler()
    logger.addHandler(handler)
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)


@contextmanager
def warnings_of_weasyprint(log: Diagnostics) -> Iterator[list[str]]:
    """Turn every warning of WeasyPrint into an error of ours: its own command exits 0 on them.

    Gives the list of those so far, which may be emptied.
    """
    messages: list[str] = []
    try:
        with told_by_weasyprint() as messages:
            yield messages
    finally:
        for message in messages:
            tell_warning(message, log)


def tell_warning(message: str, log: Diagnostics) -> None:
    """Note a warning of WeasyPrint's."""
    log.error(
        Code.LAYOUT_WARNING,
        f"the PDF's typesetter says: {message}",
        hint="mend the image, link or template that it names",
    )


class _Handler(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a warning."""
        self.messages.append(record.getMessage())
