"""A Word document, start to finish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Group, Heading, SectionRole
from builder.document.walk import captioned, every
from builder.job import PLAIN, WordOptions
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.base import Artifact, Printed
from builder.writers.word.blocks import write_blocks
from builder.writers.word.contents import Contents, contents
from builder.writers.word.embedding import embed
from builder.writers.word.fonts import font_table
from builder.writers.word.footnotes import footnotes_part, write_footnotes
from builder.writers.word.heights import Heights
from builder.writers.word.inlines import called_again
from builder.writers.word.layout import count_pages
from builder.writers.word.leaves import (
    Leaf,
    joined,
    leaves,
    settled,
    with_bands,
    with_figures_passed,
)
from builder.writers.word.numbering import Numbering
from builder.writers.word.pages import Counted
from builder.writers.word.paragraphs import space_above
from builder.writers.word.place import Place, Writing
from builder.writers.word.sequences import count_on
from builder.writers.word.settings import settings_part
from builder.writers.word.style_part import style_part
from builder.writers.word.styles import LABEL, style_sheet
from builder.writers.word.theme_part import theme_part
from builder.writers.word.tightening import stubs, tighten
from builder.writers.word.xml import Element, root, w

IGNORABLE = "w14"
ROUNDS = 3
"""How often figures may be moved, or pushed down, before the pages are taken as they are."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document written, but not yet put together."""

    writing: Writing
    listed: Contents
    leaves: list[Leaf]
    counted: Counted


def write_word(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
    options: WordOptions = PLAIN,
    counted: Printed | None = None,
) -> Artifact:
    """Write a briefing as a Word document.

    `counted` says on which pages LibreOffice puts what the contents list; without it the pages
    are estimated.
    """
    draft = _draft(document, theme, log, read, options)
    writing = draft.writing
    pages, total = dict(draft.counted.pages), draft.counted.total
    if counted is not None:
        pages |= {name: counted.page(name) or page for name, page in pages.items()}
        total = counted.total
    draft.listed.fill(pages)
    place = _main_column(writing)
    made = settled(draft.leaves, draft.counted, place)
    whole = w("body", *joined(made, place))
    count_on(whole)
    for leaf, first in zip(made, draft.counted.starts, strict=True):
        begins = writing.bookmarks.of_entry(leaf.node.id) if leaf.node else ""
        leaf.folios.fill(pages.get(begins, first), total)
    writing.parts.main.content = root("w:document", whole, ignorable=IGNORABLE)
    _attach_looks(writing, embed_fonts=options.embed_fonts)
    data = writing.parts.pack(document, stamp, total)
    return Artifact(f"{document.meta.name}.docx", "docx", data, total)


def _draft(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    read: Callable[[PurePosixPath], bytes],
    options: WordOptions,
) -> Draft:
    """Write everything, and move it about until its pages are as they should be."""
    writing = _begin(document, theme, log, read, options)
    place = _main_column(writing)
    footnotes = footnotes_part(writing)
    listed = contents(place)
    made = leaves(place, listed)
    notes = write_footnotes(footnotes, replace(place, part=footnotes, in_note=True))
    pages = _Pages(Heights(writing, notes))
    made = with_bands(made, pages.count(made), place)
    for leaf in made:
        for element in leaf.elements[:2] if leaf.banded else ():
            pages.heights.forget(element)
    counted = pages.count(made)
    for _ in range(ROUNDS):
        passed = with_figures_passed(made, counted, writing)
        if all(one is other for one, other in zip(made, passed, strict=True)):
            break
        made, counted = passed, pages.count(passed)
    short = stubs(made, counted, pages.heights)
    for leaf in short:
        tighten(leaf, pages.heights)
    return Draft(writing, listed, made, pages.count(made) if short else counted)


@dataclass(slots=True)
class _Pages:
    """Counts pages again and again; what was reckoned of an element holds for all times."""

    heights: Heights
    spaced: list[Element] = field(default_factory=list)

    def count(self, made: list[Leaf]) -> Counted:
        """Count; captions that would begin beside a box are pushed down below it."""
        laid = [leaf.laid(self.heights.writing) for leaf in made]
        for caption in self.spaced:
            self._space(caption, None)
        self.spaced.clear()
        counted = count_pages(laid, self.heights)
        for _ in range(ROUNDS):
            if not counted.overlaps:
                break
            for caption, height in counted.overlaps:
                self._space(caption, height)
                self.spaced.append(caption)
            counted = count_pages(laid, self.heights)
        return counted

    def _space(self, caption: Element, height: float | None) -> None:
        space_above(caption, height)
        self.heights.forget(caption)


def _begin(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    read: Callable[[PurePosixPath], bytes],
    options: WordOptions,
) -> Writing:
    fonts = FontBook(theme)
    page = theme.pages[document.meta.paper]
    return Writing(
        document,
        theme,
        page,
        style_sheet(
            theme,
            page,
            sum(fonts.extents(theme.styles["h1"].face)),
            label_column(document, theme, fonts),
        ),
        fonts,
        log,
        read,
        _labels(document),
        Numbering(theme),
        write_blocks,
        called_again=called_again(document),
        draft=options.draft,
    )


def label_column(document: Document, theme: Theme, fonts: FontBook) -> Length:
    """Give the width at which no "Figure 10" of the list of figures breaks, in any language."""
    style = theme.styles["toc_2"]
    labels = (
        f"{document.words.get(node.caption.kind.value, '')}\u00a0{node.caption.number}"
        for node in captioned(document.sections)
    )
    widest = max((fonts.width_of(label, style) for label in labels), default=0)
    return Length(max(LABEL, widest + Length.from_mm(2)))


def _labels(document: Document) -> frozenset[str]:
    """Give every label that has a place in the document."""
    shown = [s for s in document.sections if s.role is not SectionRole.ABOUT]
    sections = {s.label for s in shown}
    captions = {node.caption.label for node in captioned(document.sections) if node.caption.number}
    others = {n.label for n in every(document.sections, Heading)}
    groups = {n.label for n in every(document.sections, Group)}
    return frozenset((sections | captions | others | groups) - {""})


def _main_column(writing: Writing) -> Place:
    grid, page = writing.theme.grid, writing.page
    return Place(
        writing,
        writing.parts.main,
        left=grid.indent,
        width=Length(page.block - grid.indent),
        full=page.block,
        list_left=grid.indent,
    )


def _attach_looks(writing: Writing, *, embed_fonts: bool) -> None:
    """Add styles, theme, numbering, fonts and settings."""
    theme, language = writing.theme, writing.document.meta.language
    attach = writing.parts.attach
    styles = style_part(writing.sheet, theme, language)
    numbering = writing.numbering.part()
    content = [numbering, styles, *writing.parts.texts()]
    attach("styles", CT.WML_STYLES, RT.STYLES, styles)
    attach("theme/theme1", CT.OFC_THEME, RT.THEME, theme_part(theme))
    attach("numbering", CT.WML_NUMBERING, RT.NUMBERING, numbering)
    fonts = attach("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE, font_table(theme))
    if embed_fonts:
        embed(fonts, writing.parts, theme, content, writing.log)
    settings = settings_part(language, facing=theme.facing, embedded=embed_fonts)
    attach("settings", CT.WML_SETTINGS, RT.SETTINGS, settings)
