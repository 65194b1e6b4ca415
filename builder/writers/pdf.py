"""The printed report: tree → HTML → WeasyPrint → PDF, and a check that every word arrived."""

from __future__ import annotations

import gc
import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import Diagram, Document, Note
from builder.document.walk import every, plain
from builder.theme.fonts import FontBook, private_fontconfig
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.base import Artifact
from builder.writers.markup_inlines import Setting
from builder.writers.pdf_join import merged, pages_of, replaced
from builder.writers.pdf_losses import report_losses, stranded
from builder.writers.pdf_mend import Mended, Sample, holes, mended
from builder.writers.pdf_pages import report_values
from builder.writers.pdf_plan import Part, Plan, survey
from builder.writers.pdf_words import Loss, losses, passages, pdf_texts
from builder.writers.stylesheet import stylesheet
from builder.writers.templates import fill

if TYPE_CHECKING:
    from builder.writers.pdf_about import About

LONGEST_NOTE = 250
"""Words; a footnote is never split, so a longer one may not find a page to stand on."""

BOXES = 20_000
"""New objects after which garbage is looked for; more would cost memory and save no time."""

LONGEST_MENDED = 60
"""Pages; a longer report is laid out once, for time and memory grow with every layout."""


def write_pdf(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
) -> Artifact:
    """Write the report to be read, filed and listened to: PDF/A-3a and PDF/UA-1."""
    done = typeset(document, theme, log, stamp=stamp, read=read)
    return Artifact(f"{document.meta.name}.pdf", "pdf", done.pdf, len(done.laid.pages))


def write_print(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
) -> Artifact:
    """Write the report for the printing house, with bleed and crop marks."""
    if theme.print_profile is None:
        log.warning(
            Code.PROFILE_MISSING,
            "the theme names no CMYK profile, so the print file is RGB and claims no PDF/X-4",
            hint="write `print: {icc: name.icc}` below defaults.briefing in _brand.yml",
        )
    done = typeset(document, theme, log, stamp=stamp, read=read, for_print=True)
    return Artifact(f"{document.meta.name}-print.pdf", "print", done.pdf, len(done.laid.pages))


def typeset(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
    for_print: bool = False,
    look: Callable[[Plan, Laid], None] | None = None,
) -> Typeset:
    """Make the pages and the file. Text that found no place on paper is an error, never silence.

    `look` is shown the pages before they are written, for then their boxes are let go of; the
    elements behind these say from which lines they come.
    """
    page = theme.pages[document.meta.paper]
    setting = Setting(
        document.words,
        document.meta.language,
        theme,
        FontBook(theme),
        theme.grid.main,
        theme.grid.full,
        sources=look is not None,
    )
    check_notes(document, log)
    check_drawings(document, log)
    room = (page.height - page.top - page.bottom) / Length.from_pt(1)

    def lay_out(plan: Plan, part: Part | None = None) -> Laid:
        values = report_values(document, setting, page, stamp, plan, part)
        return press.lay_out(fill("report.html.j2", values, theme, log), pending)

    def trial(plan: Plan, part: Part) -> Sample:
        laid = lay_out(plan, part)
        return Sample(survey(laid.pages, laid.root), laid)

    with private_fonts(theme), rarely_collected(), warnings_of_weasyprint(log) as pending:
        from builder.writers.pdf_about import About, data_of  # WeasyPrint comes with it
        from builder.writers.pdf_print import for_press

        css = stylesheet(theme, page, log, for_print=for_print)
        press = Press.start(theme, css, read)
        if for_print:
            profile = theme.print_profile.read_bytes() if theme.print_profile else None
            about = About(document.meta, stamp, (), for_press(profile, document.meta.title))
        else:
            about = About(document.meta, stamp, data_of(document, read, log))
        best = Try(Plan(), lay_out(Plan()))
        if len(best.laid.pages) <= LONGEST_MENDED:
            warned = list(pending)
            found = mended(best.seen, document, setting, room, trial)
            if found.plan != best.plan:
                laid = best.laid.with_parts(found, best.seen.front, lay_out)
                again = Try(found.plan, laid or lay_out(found.plan))
                best = min(best, again, key=lambda done: done.faults)
            pending[:] = warned  # of all the pages, where the later ones were some of them
        plan, laid = best.plan, best.laid
        if look is not None:
            look(plan, laid)
        pdf = laid.pdf(about)
        lost = laid.lost(pdf)
        if lost:
            laid = lay_out(replace(plan, loose=True))
            if look is not None:
                look(plan, laid)
            pdf = laid.pdf(about)
            lost = laid.lost(pdf)
    report_losses(lost, document, log)
    return Typeset(pdf, plan, laid)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A report's file, with the pages that it was written of and the plan behind them."""

    pdf: bytes
    plan: Plan
    laid: Laid


@dataclass(frozen=True, slots=True)
class Press:
    """WeasyPrint with our fonts, styles and fetcher."""

    fonts: Any
    counters: Any  # the styles of lists' numbers
    sheet: Any
    fetcher: Any

    @classmethod
    def start(cls, theme: Theme, css: str, read: Callable[[PurePosixPath], bytes]) -> Press:
        """Load WeasyPrint, whose fonts must be set before."""
        import weasyprint
        from weasyprint.css.counters import CounterStyle
        from weasyprint.text.fonts import FontConfiguration

        from builder.writers.pdf_fetch import ProjectFetcher

        fonts, fetcher = FontConfiguration(), ProjectFetcher(read, theme)
        counters = CounterStyle()
        sheet = weasyprint.CSS(
            string=css, font_config=fonts, counter_style=counters, url_fetcher=fetcher
        )
        return cls(fonts, counters, sheet, fetcher)

    def lay_out(self, html: str, pending: list[str]) -> Laid:
        """Make pages; the warnings so far are dropped first: only the last pages count."""
        from builder.writers.pdf_lines import remembered_lines
        from builder.writers.pdf_notes import kept_notes
        from builder.writers.pdf_recalls import call_again
        from builder.writers.pdf_source import Source
        from builder.writers.pdf_styles import shared_styles

        pending.clear()
        read = Source(string=html, url_fetcher=self.fetcher)
        call_again(read.etree_element)
        with shared_styles(), remembered_lines(), kept_notes():
            made = read.render(
                font_config=self.fonts,
                counter_style=self.counters,
                stylesheets=[self.sheet],
                pdf_tags=True,
            )
        return Laid(read.etree_element, made)


@dataclass(frozen=True, slots=True)
class Laid:
    """Pages, not yet written, with the HTML that they were made of."""

    root: Any
    made: Any

    @property
    def pages(self) -> Sequence[object]:
        """Give WeasyPrint's pages."""
        return cast("Sequence[object]", self.made.pages)

    def with_parts(
        self, found: Mended, front: int, lay_out: Callable[[Plan, Part], Laid]
    ) -> Laid | None:
        """Put the pages of the parts in their places; None: their number is another one.

        The contents are laid out again where ids are on other pages than before; they and what is
        before them are `front` pages.
        """
        if not found.fits:
            return None
        parts = [
            (stretch.first, cast("Laid", sample.laid).pages) for stretch, sample in found.parts
        ]
        roots = [cast("Laid", sample.laid).root for _, sample in found.parts]
        pages = replaced(self.pages, parts)
        places = pages_of(pages)
        if places != pages_of(self.pages) or found.plan.close_contents:
            contents = lay_out(found.plan, Part(pages=places))
            if len(contents.pages) != front:
                return None
            pages = replaced(pages, [(0, contents.pages)])
            roots.append(contents.root)
        return Laid(merged(self.root, roots), self.made.copy(pages))

    def pdf(self, about: About) -> bytes:
        """Write the pages, as a file that keeps to its standard."""
        from builder.writers.pdf_tags import own_tags

        claim = about.claim
        self.made.metadata = about.metadata()
        self.made.color_profiles, self.made.output_intent = claim.colours(), claim.intent
        with own_tags(self.root):
            written = self.made.write_pdf(
                pdf_tags=claim.tagged,
                pdf_variant=claim.variant,
                attachments=about.attachments(),
                output_intent=claim.intent,
                finisher=claim.finish,
            )
        return cast("bytes", written)

    def lost(self, pdf: bytes) -> tuple[Loss, ...]:
        """Give the words that the finished file does not show."""
        off_paper = losses(passages(self.root), pdf_texts(pdf))
        return off_paper or stranded(self.pages, self.root)


class Try:
    """One layout with the plan that it was made by, and what is to be seen of it."""

    def __init__(self, plan: Plan, laid: Laid) -> None:
        self.plan = plan
        self.laid = laid
        self.seen = survey(laid.pages, laid.root)

    @property
    def faults(self) -> tuple[int, int, int, float]:
        """How bad it is: lost notes, boxes cut in two, empty pages and far figures, all gaps."""
        seen = self.seen
        wrong = holes(seen) + len(seen.far_figures)
        return len(seen.lost), len(seen.split_boxes), wrong, seen.waste


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
def warnings_of_weasyprint(log: Diagnostics) -> Iterator[list[str]]:
    """Turn every warning of WeasyPrint into an error of ours: its own command exits 0 on them.

    Gives the list of those so far, which may be emptied.
    """
    logger = logging.getLogger("weasyprint")
    handler = _Handler()
    logger.addHandler(handler)
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)
        for message in handler.messages:
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


def check_drawings(document: Document, log: Diagnostics) -> None:
    """Warn of footnotes on a drawing, which has no place for their calls."""
    for diagram in every(document.sections, Diagram):
        for note in every(diagram.arrows, Note):
            log.warning(
                Code.FORMAT_CANNOT_SHOW,
                "a footnote in a diagram is not shown in the PDF",
                at=note.at if note.at.line else diagram.at,
                hint="put the note into the diagram's title or source",
            )
