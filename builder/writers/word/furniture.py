"""Running headers and footers, and the page setup of each of Word's sections."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from builder.document.nodes import Section
from builder.document.walk import plain
from builder.theme.model import Page
from builder.units import Length
from builder.writers.word.fields import field, tab_run, text_run
from builder.writers.word.formats import ParagraphFormat, RunFormat
from builder.writers.word.inlines import words
from builder.writers.word.logo import logo_run
from builder.writers.word.paragraphs import paragraph
from builder.writers.word.place import Place
from builder.writers.word.xml import Element, root, w, x

FOLIO = RunFormat(style="PageNumber")
LOGO = Length.from_mm(5)
"""Height of a logo in the running header."""

LOW = ParagraphFormat(leading=Length.from_pt(1))
FURNITURE = Length.from_mm(12)
"""The farthest that headers and footers stand from the edge of the page."""


def header(section: Section | None, title: str, place: Place) -> str:
    """Add a running header; gives its relationship id.

    At the left stands the heading of the page by a field (`STYLEREF 1`, which finds Word's
    "heading 1" in every language of its surface), at the right the briefing's title. Each section
    has its own header, so that programs which do not count anew show the right heading, too.
    """
    part, relation = place.writing.parts.furniture("header")
    styled = replace(place, part=part, style="Header")
    meta = place.writing.document.meta
    content = words(title, styled)
    if section is not None:
        name = field(r"STYLEREF 1", words(plain(section.title), styled))
        number = []
        if section.number:
            number = [
                *field(r"STYLEREF 1 \n", words(str(section.number), styled)),
                text_run("\u2002"),
            ]
        content = [*number, *name]
    content += [tab_run(), *words(meta.title, styled)]
    logo = logo_run(LOGO, styled)
    look = ParagraphFormat()
    if logo is not None:
        content += [text_run("\u2002"), logo]
        look = ParagraphFormat(leading=styled.text.leading, leading_rule="atLeast")
    part.content = root("w:hdr", paragraph(styled, content, look))
    return relation


def footer(place: Place) -> str:
    """Add the footer: the series at the left, the page's number at the right."""
    part, relation = place.writing.parts.furniture("footer")
    styled = replace(place, part=part, style="Footer")
    meta = place.writing.document.meta
    number = f" No.\u00a0{meta.number}" if meta.number and meta.series else ""
    content = [
        *words(f"{meta.series}{number}", styled),
        tab_run(),
        *field("PAGE", [text_run("2", FOLIO)], FOLIO),
    ]
    part.content = root("w:ftr", paragraph(styled, content))
    return relation


def page_setup(
    page: Page,
    *,
    header_id: str = "",
    footer_id: str = "",
    bleed: bool = False,
    first: bool = False,
    low: bool = False,
    rtl: bool = False,
) -> Element:
    """Make a section's properties; a page that bleeds has no margins, a low one begins below."""
    zero = Length(0)
    top, bottom = (zero, zero) if bleed else (page.top, page.bottom)
    left, right = (zero, zero) if bleed else (page.left, page.right)
    return w(
        "sectPr",
        x("w:headerReference", w__type="default", r__id=header_id) if header_id else None,
        x("w:footerReference", w__type="default", r__id=footer_id) if footer_id else None,
        None if first else w("type", val="nextPage"),
        w("pgSz", w=page.width.twips, h=page.height.twips),
        w(
            "pgMar",
            top=top.twips,
            right=right.twips,
            bottom=bottom.twips,
            left=left.twips,
            header=zero.twips if bleed else min(page.header, FURNITURE).twips,
            footer=zero.twips if bleed else min(page.footer, FURNITURE).twips,
            gutter=0,
        ),
        w("cols", space=708),
        w("vAlign", val="bottom") if low else None,
        w("bidi") if rtl else None,
    )


def empty(kind: Literal["header", "footer"], place: Place) -> str:
    """Add a header or footer without words, for pages that have none.

    It is as low as can be: on a page without margins it pushes the text down.
    """
    tag = {"header": "w:hdr", "footer": "w:ftr"}[kind]
    part, relation = place.writing.parts.furniture(kind)
    part.content = root(tag, paragraph(place.styled("Gap"), (), LOW))
    return relation
