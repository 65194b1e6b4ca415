"""Running headers and footers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from builder.document.nodes import Section
from builder.document.walk import plain
from builder.units import Length
from builder.writers.word.fields import field as make_field
from builder.writers.word.fields import run, tab_run, text_run
from builder.writers.word.formats import ParagraphFormat, RunFormat
from builder.writers.word.inlines import words
from builder.writers.word.logo import logo_run
from builder.writers.word.page_setup import Kind
from builder.writers.word.paragraphs import paragraph
from builder.writers.word.place import Place
from builder.writers.word.watermark import watermark
from builder.writers.word.xml import Element, root, w

FOLIO = RunFormat(style="PageNumber")
LOGO = Length.from_mm(5)
"""Height of a logo in the running header."""

OPENED, BANDED = "1", '"Heading 1 Opener"'
"""What a field finds the heading of a page by."""

LOW = ParagraphFormat(leading=Length.from_pt(1))
EN_SPACE = "\u2002"


@dataclass(slots=True)
class Folios:
    """The results of a section's page fields, which are filled in when the pages are counted."""

    roman: bool = False
    first: list[Element] = field(default_factory=list)
    total: list[Element] = field(default_factory=list)

    def fill(self, first: int, total: int) -> None:
        """Write the section's first page and the number of all pages."""
        for element in self.first:
            element.text = lower_roman(first) if self.roman else str(first)
        for element in self.total:
            element.text = str(total)


def lower_roman(number: int) -> str:
    """Write a number the Roman way: 4 is "iv"."""
    made = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        count, number = divmod(number, value)
        made += letters * count
    return made


def headers(
    section: Section | None, title: str, place: Place, *, block: Length | None = None
) -> tuple[tuple[Kind, str], ...]:
    """Add the running headers; gives their relationship ids.

    At the left stands the heading of the page by a field, which finds it by `title`: `STYLEREF 1`
    means Word's "heading 1" in every language of its surface. What is no section shows `title`
    itself. At the right stands the briefing's title; on left pages they change sides where the
    theme has facing pages. Each section has its own header, so that programs which do not count
    anew show the right heading, too. `block` is the width of pages in landscape.
    """
    kinds: tuple[Kind, ...] = ("default", "even") if place.theme.facing else ("default",)
    return tuple((kind, _header(section, title, place, kind, block)) for kind in kinds)


def _header(
    section: Section | None, title: str, place: Place, kind: Kind, block: Length | None
) -> str:
    part, relation = place.writing.parts.furniture("header")
    styled = replace(place, part=part, style="Header")
    about = _heading(section, title, styled)
    name = words(place.writing.document.meta.title, styled)
    sides = (about, name) if kind == "default" else (name, about)
    content = [*sides[0], tab_run(), *sides[1]]
    logo = logo_run(LOGO, styled)
    look = _across(place, block)
    if logo is not None:
        content += [text_run(EN_SPACE), logo]
        look = replace(look, leading=styled.text.leading, leading_rule="atLeast")
    if place.writing.draft:
        content = [watermark(styled), *content]
    part.content = root("w:hdr", paragraph(styled, content, look))
    return relation


def _heading(section: Section | None, title: str, place: Place) -> list[Element]:
    if section is None:
        return words(title, place)
    name = make_field(f"STYLEREF {title}", words(plain(section.title), place))
    if not section.number:
        return name
    number = make_field(rf"STYLEREF {title} \n", words(str(section.number), place))
    return [*number, text_run(EN_SPACE), *name]


def _across(place: Place, block: Length | None) -> ParagraphFormat:
    """Move the right tab to the margin of a page in landscape: it does not go there by itself."""
    if block is None:
        return ParagraphFormat()
    return ParagraphFormat(tabs=(("clear", place.writing.page.block), ("right", block)))


def footers(
    place: Place, folios: Folios, *, block: Length | None = None
) -> tuple[tuple[Kind, str], ...]:
    """Add the footers: the series at the left, the page's number at the right."""
    kinds: tuple[Kind, ...] = ("default", "even") if place.theme.facing else ("default",)
    return tuple((kind, _footer(place, folios, kind, block)) for kind in kinds)


def _footer(place: Place, folios: Folios, kind: Kind, block: Length | None) -> str:
    part, relation = place.writing.parts.furniture("footer")
    styled = replace(place, part=part, style="Footer")
    meta = place.writing.document.meta
    number = f" No.\u00a0{meta.number}" if meta.number and meta.series else ""
    series = words(f"{meta.series}{number}", styled)
    page, total = w("t", text="1"), w("t", text="1")
    folios.first.append(page)
    folios.total.append(total)
    folio = [
        *make_field("PAGE", [run(page, look=FOLIO)], FOLIO),
        text_run("\u2009/\u2009"),
        *make_field(r"NUMPAGES \* Arabic", [run(total)]),
    ]
    content = [*series, tab_run(), *folio] if kind == "default" else [*folio, tab_run(), *series]
    part.content = root("w:ftr", paragraph(styled, content, _across(place, block)))
    return relation


def empty(kind: Literal["header", "footer"], place: Place) -> tuple[tuple[Kind, str], ...]:
    """Add a header or footer without words, for pages that have none.

    It is as low as can be: on a page without margins it pushes the text down.
    """
    tag = {"header": "w:hdr", "footer": "w:ftr"}[kind]
    part, relation = place.writing.parts.furniture(kind)
    drawn = place.writing.draft and kind == "header"
    content = [watermark(place)] if drawn else []
    part.content = root(tag, paragraph(place.styled("Gap"), content, LOW))
    made: tuple[tuple[Kind, str], ...] = (("default", relation),)
    return (*made, ("even", relation)) if place.theme.facing else made
