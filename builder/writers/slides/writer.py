"""The deck as pages: slides alone, or each with its speaker notes below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from markupsafe import Markup

from builder.deck.make import make_deck
from builder.deck.measure import Ruler
from builder.diagnostics import Diagnostics
from builder.document.nodes import Document
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.writers.base import Artifact
from builder.writers.markup_inlines import direction
from builder.writers.pdf_press import Press, private_fonts, warnings_of_weasyprint
from builder.writers.pdf_words import passages, pdf_texts
from builder.writers.slides.notes import heading_of, notes_markup
from builder.writers.slides.slide import slide_markup
from builder.writers.slides.stage import Stage
from builder.writers.slides.words import deck_passages, report_lost_words
from builder.writers.stylesheet import Css
from builder.writers.templates import fill


@dataclass(frozen=True, slots=True)
class Shown:
    """A slide as the templates show it; `part` where it begins one, `notes` on handouts."""

    number: int
    title: str
    part: str
    content: Markup
    notes: Markup


def write_slides(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
) -> Artifact:
    """Write a document's deck as PDF, a page for each slide."""
    return _Writer(document, theme, log, stamp, read).write("slides-pdf", "slides")


def write_handout(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
) -> Artifact:
    """Write a document's deck on paper, each slide with its notes below it."""
    return _Writer(document, theme, log, stamp, read).write("handout", "handout")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one of the two formats."""

    document: Document
    theme: Theme
    log: Diagnostics
    stamp: datetime
    read: Callable[[PurePosixPath], bytes]

    def write(self, format_: str, template: str) -> Artifact:
        """Lay the deck out by a template's HTML and CSS; a word that is lost is an error."""
        meta, theme = self.document.meta, self.theme
        name = f"{meta.name}-{template}.pdf"
        made = make_deck(self.document, theme, self.log)
        if made is None:
            return Artifact(name, format_, b"", 0)
        deck, layouts = made
        on_paper = template == "handout"
        page = theme.pages[meta.paper]
        scale = page.block / layouts.width if on_paper else 1.0
        stage = Stage(deck, layouts, theme, Ruler(theme, FontBook(theme)), scale)
        values = {
            "page": page,
            "width": stage.pt(layouts.width),
            "height": stage.pt(layouts.height),
            "css": Css(theme),
            "colour": {name: colour.css for name, colour in theme.palette.items()},
            "link": theme.slots["hlink"].css,
            "theme": theme,
            "grid": theme.grid,
        }
        css = fill(f"{template}.css.j2", values, theme, self.log)
        html = fill(f"{template}.html.j2", self._values(stage, notes=on_paper), theme, self.log)
        with private_fonts(theme), warnings_of_weasyprint(self.log) as pending:
            from builder.writers.pdf_about import About, data_of  # WeasyPrint comes with it

            about = About(meta, self.stamp, data_of(self.document, self.read, self.log))
            laid = Press.start(theme, css, self.read).lay_out(html, pending)
            pdf = laid.pdf(about)
            texts = pdf_texts(pdf)
        report_lost_words(passages(laid.root), texts, deck, self.log)
        report_lost_words(deck_passages(deck, notes=on_paper), texts, deck, self.log)
        return Artifact(name, format_, pdf, len(laid.pages))

    def _values(self, stage: Stage, *, notes: bool) -> dict[str, object]:
        meta = self.document.meta
        return {
            "meta": meta,
            "language": meta.language,
            "direction": direction(meta.language),
            "stamp": self.stamp.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "series": " ".join(
                p for p in (meta.series, f"No. {meta.number}" if meta.number else "") if p
            ),
            "heading": heading_of(self.document),
            "slides": tuple(self._slides(stage, notes=notes)),
        }

    def _slides(self, stage: Stage, *, notes: bool) -> Iterator[Shown]:
        part = ""
        for number, slide in enumerate(stage.deck.slides, start=1):
            opened = slide.part if slide.part != part else ""
            part = slide.part
            said = notes_markup(slide.notes, self.document, stage) if notes else Markup("")
            content = slide_markup(slide, number, stage)
            yield Shown(number, slide.title, opened, content, said)
