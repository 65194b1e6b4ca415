"""A Word document, start to finish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Group, Heading, Section, SectionRole
from builder.document.walk import captioned, every
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.base import Artifact
from builder.writers.word.blocks import write_blocks
from builder.writers.word.contents import Contents, contents
from builder.writers.word.cover import back_cover, cover
from builder.writers.word.defer import defer
from builder.writers.word.fonts import font_table
from builder.writers.word.footnotes import footnotes_part, write_footnotes
from builder.writers.word.furniture import empty, footer, header, page_setup
from builder.writers.word.numbering import Numbering
from builder.writers.word.pages import Counted, count_pages
from builder.writers.word.paragraphs import PARAGRAPH, PROPERTIES, gap, paragraph, space_above
from builder.writers.word.place import Place, Writing
from builder.writers.word.sections import house_rule, section
from builder.writers.word.settings import settings_part
from builder.writers.word.style_part import style_part
from builder.writers.word.styles import style_sheet
from builder.writers.word.theme_part import theme_part
from builder.writers.word.xml import Element, root, w

IGNORABLE = "w14"
ROUNDS = 3
"""How often figures may be moved before the pages are taken as they are."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One of Word's sections: what stands in it, and its page setup's own parts."""

    elements: list[Element]
    header: str
    footer: str
    bleed: bool = False
    low: bool = False


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
    pages: Mapping[str, int] | None = None,
) -> Artifact:
    """Write a briefing as a Word document.

    `pages` gives the pages that the contents are to show, by the ids of sections, headings and
    captioned blocks; without it they are estimated.
    """
    draft = _draft(document, theme, log, read)
    for _ in range(ROUNDS):
        moved = defer(document, draft.counted, draft.writing.bookmarks)
        if moved == document:
            break
        document = moved
        draft = _draft(document, theme, log, read)
    writing = draft.writing
    known = {writing.bookmarks.of_entry(block): page for block, page in (pages or {}).items()}
    draft.listed.fill({**draft.counted.pages, **known})
    body = w("body", *_joined(draft.leaves, _main_column(writing)))
    writing.parts.main.content = root("w:document", body, ignorable=IGNORABLE)
    _attach_looks(writing)
    data = writing.parts.pack(document.meta, stamp)
    return Artifact(f"{document.meta.name}.docx", "docx", data, draft.counted.total)


def _draft(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    read: Callable[[PurePosixPath], bytes],
) -> Draft:
    """Write everything, and count its pages."""
    writing = _begin(document, theme, log, read)
    place = _main_column(writing)
    footnotes = footnotes_part(writing)
    listed = contents(place)
    leaves = _leaves(place, listed)
    notes = write_footnotes(footnotes, replace(place, part=footnotes, in_note=True))
    counted = count_pages([(leaf.elements, leaf.bleed) for leaf in leaves], notes, writing)
    if counted.overlaps:
        for caption, height in counted.overlaps:
            space_above(caption, height)
        counted = count_pages([(leaf.elements, leaf.bleed) for leaf in leaves], notes, writing)
    return Draft(writing, listed, leaves, counted)


def _begin(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    read: Callable[[PurePosixPath], bytes],
) -> Writing:
    page = theme.pages[document.meta.paper]
    return Writing(
        document,
        theme,
        page,
        style_sheet(theme, page),
        FontBook(theme),
        log,
        read,
        _labels(document),
        Numbering(theme),
        write_blocks,
    )


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
    no_header, no_footer = empty("header", place), empty("footer", place)
    folio = footer(place)
    word = place.writing.word("contents", "Contents")
    bleeding = replace(place, left=Length(0), full=place.writing.page.width)
    front = [s for s in sections if s.role is SectionRole.ABOUT]
    rest = [s for s in sections if s.role is not SectionRole.ABOUT]
    return [
        Leaf(cover(bleeding), "", "", bleed=True),
        *(Leaf(section(s, place), no_header, folio, low=True) for s in front),
        Leaf(
            # The page setup may not stand in a paragraph of the field: LibreOffice loses the folio.
            [house_rule(place), *listed.elements, gap(place)],
            header(None, word, place),
            folio,
        ),
        *(_leaf(s, place, folio) for s in rest),
        Leaf(back_cover(bleeding), no_header, no_footer, bleed=True),
    ]


def _leaf(node: Section, place: Place, folio: str) -> Leaf:
    return Leaf(section(node, place), header(node, "", place), folio)


def _joined(leaves: list[Leaf], place: Place) -> list[Element]:
    """Put the leaves together: each one's page setup stands in its last paragraph."""
    made: list[Element] = []
    rtl = place.rtl
    for index, leaf in enumerate(leaves):
        setup = page_setup(
            place.writing.page,
            header_id=leaf.header,
            footer_id=leaf.footer,
            bleed=leaf.bleed,
            first=index == 0,
            low=leaf.low,
            rtl=rtl,
        )
        made += leaf.elements
        if index == len(leaves) - 1:
            made.append(setup)
        else:
            made += _closed(made, setup, place)
    return made


def _closed(made: list[Element], setup: Element, place: Place) -> list[Element]:
    """Hang the page setup on the last paragraph; gives a new one where there is none."""
    last = made[-1] if made and made[-1].tag == PARAGRAPH else None
    extra = [] if last is not None else [paragraph(place.styled("Gap"), ())]
    holder = extra[0] if last is None else last
    properties = holder.find(PROPERTIES)
    if properties is None:
        properties = w("pPr")
        holder.insert(0, properties)
    properties.append(setup)
    return extra


def _attach_looks(writing: Writing) -> None:
    """Add styles, theme, numbering, fonts and settings."""
    theme, language = writing.theme, writing.document.meta.language
    attach = writing.parts.attach
    attach("styles", CT.WML_STYLES, RT.STYLES, style_part(writing.sheet, theme, language))
    attach("theme/theme1", CT.OFC_THEME, RT.THEME, theme_part(theme))
    attach("numbering", CT.WML_NUMBERING, RT.NUMBERING, writing.numbering.part())
    attach("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE, font_table(theme))
    attach("settings", CT.WML_SETTINGS, RT.SETTINGS, settings_part(language))
