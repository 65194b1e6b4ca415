"""A Word document, start to finish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Group, Heading, Section, SectionRole
from builder.document.walk import captioned, every
from builder.job import PLAIN, WordOptions
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.base import Artifact, Printed
from builder.writers.word.blocks import write_blocks
from builder.writers.word.contents import Contents, contents
from builder.writers.word.cover import back_cover, cover
from builder.writers.word.defer import defer
from builder.writers.word.embedding import embed
from builder.writers.word.fonts import font_table
from builder.writers.word.footnotes import footnotes_part, write_footnotes
from builder.writers.word.furniture import Folios, empty, footers, headers
from builder.writers.word.inlines import called_again
from builder.writers.word.numbering import Numbering
from builder.writers.word.page_setup import Break, Furniture, Kind, PageSetup, landscape_block
from builder.writers.word.pages import Counted, Reckoned, count_pages
from builder.writers.word.paragraphs import PARAGRAPH, PROPERTIES, gap, space_above
from builder.writers.word.parting import is_turned, parted
from builder.writers.word.place import Place, Writing
from builder.writers.word.sections import house_rule, section
from builder.writers.word.settings import settings_part
from builder.writers.word.style_part import style_part
from builder.writers.word.styles import LABEL, style_sheet
from builder.writers.word.theme_part import theme_part
from builder.writers.word.xml import Element, root, w

IGNORABLE = "w14"
ROUNDS = 3
"""How often figures may be moved before the pages are taken as they are."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What begins a page and has running headers of its own."""

    elements: list[Element]
    setup: PageSetup
    folios: Folios = field(default_factory=Folios)
    begins: str = ""  # the bookmark of its heading
    wide: Furniture = Furniture()  # headers and footers of its pages in landscape

    def element(self, begins: Break, *, turned: bool) -> Element:
        """Make the page setup of one of its parts."""
        if not turned:
            return self.setup.element(begins)
        return replace(self.setup, furniture=self.wide).element(begins, landscape=True)


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured: it holds for every draft of a document."""

    fonts: FontBook
    lines: dict[tuple[str, str, Length, Length], int] = field(default_factory=dict)


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
    measure = Measure(FontBook(theme))
    draft = _draft(document, theme, log, read, options, measure)
    for _ in range(ROUNDS):
        moved = defer(document, draft.counted, draft.writing.bookmarks)
        if moved == document:
            break
        document = moved
        draft = _draft(document, theme, log, read, options, measure)
    writing = draft.writing
    pages, total = dict(draft.counted.pages), draft.counted.total
    if counted is not None:
        pages |= {name: counted.page(name) or page for name, page in pages.items()}
        total = counted.total
    draft.listed.fill(pages)
    for leaf, first in zip(draft.leaves, draft.counted.starts, strict=True):
        leaf.folios.fill(pages.get(leaf.begins, first), total)
    body = w("body", *_joined(draft.leaves, _main_column(writing)))
    writing.parts.main.content = root("w:document", body, ignorable=IGNORABLE)
    _attach_looks(writing, embed_fonts=options.embed_fonts)
    data = writing.parts.pack(document, stamp, total)
    return Artifact(f"{document.meta.name}.docx", "docx", data, total)


def _draft(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    read: Callable[[PurePosixPath], bytes],
    options: WordOptions,
    measure: Measure,
) -> Draft:
    """Write everything, and count its pages."""
    writing = _begin(document, theme, log, read, options, measure)
    place = _main_column(writing)
    footnotes = footnotes_part(writing)
    listed = contents(place)
    leaves = _leaves(place, listed)
    notes = write_footnotes(footnotes, replace(place, part=footnotes, in_note=True))
    laid = [(leaf.elements, leaf.setup.bleed) for leaf in leaves]
    reckoned = Reckoned()
    counted = count_pages(laid, notes, writing, reckoned)
    if counted.overlaps:
        for caption, height in counted.overlaps:
            space_above(caption, height)
            reckoned.forget(caption)
        counted = count_pages(laid, notes, writing, reckoned)
    return Draft(writing, listed, leaves, counted)


def _begin(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    read: Callable[[PurePosixPath], bytes],
    options: WordOptions,
    measure: Measure,
) -> Writing:
    page = theme.pages[document.meta.paper]
    return Writing(
        document,
        theme,
        page,
        style_sheet(theme, page, label_column(document, theme, measure.fonts)),
        measure.fonts,
        log,
        read,
        _labels(document),
        Numbering(theme),
        write_blocks,
        called_again=called_again(document),
        lines=measure.lines,
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


def _leaves(place: Place, listed: Contents) -> list[Leaf]:
    """Write every part of the document in the order in which it is read."""
    sections = place.writing.document.sections
    bare = PageSetup(place.writing.page, rtl=place.rtl)
    blank = Furniture(empty("header", place), empty("footer", place))
    word = place.writing.word("contents", "Contents")
    bleeding = replace(place, left=Length(0), full=place.writing.page.width)
    front = [s for s in sections if s.role is SectionRole.ABOUT]
    rest = [s for s in sections if s.role is not SectionRole.ABOUT]
    return [
        Leaf(cover(bleeding), replace(bare, bleed=True, roman=True)),
        *(_front(section(s, place), blank.headers, place, low=True) for s in front),
        # The page setup may not stand in a paragraph of the field: LibreOffice loses the folio.
        _front(
            [house_rule(place), *listed.elements, gap(place)], headers(None, word, place), place
        ),
        *(_leaf(s, place) for s in rest),
        Leaf(back_cover(bleeding), replace(bare, furniture=blank, bleed=True)),
    ]


def _front(
    elements: list[Element], above: tuple[tuple[Kind, str], ...], place: Place, *, low: bool = False
) -> Leaf:
    """Make a leaf of the front matter, whose folios are roman."""
    folios = Folios(roman=True)
    furniture = Furniture(above, footers(place, folios))
    setup = PageSetup(place.writing.page, furniture, low=low, roman=True, rtl=place.rtl)
    return Leaf(elements, setup, folios)


def _leaf(node: Section, place: Place) -> Leaf:
    folios = Folios()
    furniture = Furniture(headers(node, "", place), footers(place, folios))
    counted = place.writing.draft
    setup = PageSetup(place.writing.page, furniture, rtl=place.rtl, lines_counted=counted)
    elements = section(node, place)
    wide = Furniture()
    if any(is_turned(element) for element in elements):
        block = landscape_block(place.writing.page)
        above = headers(node, "", place, block=block)
        wide = Furniture(above, footers(place, folios, block=block))
    begins = place.writing.bookmarks.of_entry(node.id)
    return Leaf(elements, setup, folios, begins, wide)


def _joined(leaves: list[Leaf], place: Place) -> list[Element]:
    """Put the leaves together: each one's page setup stands in its last paragraph."""
    made: list[Element] = []
    setup: Element | None = None
    for leaf in leaves:
        for part in parted(leaf.elements):
            if setup is not None:
                made += _closed(made, setup, place)
            made += part.elements
            setup = leaf.element("nextPage" if setup is not None else None, turned=part.turned)
    return made if setup is None else [*made, setup]


def _closed(made: list[Element], setup: Element, place: Place) -> list[Element]:
    """Hang the page setup on the last paragraph; gives a new one where that may not bear it."""
    last = made[-1] if made and made[-1].tag == PARAGRAPH else None
    extra = [] if last is not None else [gap(place)]
    holder = extra[0] if last is None else last
    properties = holder.find(PROPERTIES)
    if properties is None:
        properties = w("pPr")
        holder.insert(0, properties)
    properties.append(setup)
    return extra


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
        embed(fonts, writing.parts, theme, content)
    settings = settings_part(language, facing=theme.facing, embedded=embed_fonts)
    attach("settings", CT.WML_SETTINGS, RT.SETTINGS, settings)
