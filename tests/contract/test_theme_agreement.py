"""The formats agree on the theme: same colours, typefaces and sizes in CSS, Word and PowerPoint."""

from __future__ import annotations

from functools import cache

import pytest
from lxml import etree

from builder.diagnostics import Diagnostics
from builder.theme.model import SLOTS, Theme
from builder.theme.resolve import default_search, load_theme
from builder.writers.stylesheet import stylesheet
from tests.support.built import EXAMPLE, built
from tests.support.outputs import part_names, xml_part
from tests.support.xml import the, value

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
STYLES = {
    "body": "BodyText",
    "h2": "Heading2",
    "h3": "Heading3",
    "standfirst": "Standfirst",
    "eyebrow": "Eyebrow",
    "pull_quote": "Quote",
    "fig_title": "Caption",
    "fig_sub": "FigureSubtitle",
    "source": "Source",
    "table_head": "TableHead",
    "table_body": "TableText",
    "footnote": "FootnoteText",
    "box_head": "BoxHead",
    "box_text": "BoxText",
    "big_number": "KeyNumber",
    "toc_1": "TOC1",
    "bibliography": "Bibliography",
}


@cache
def strand() -> Theme:
    theme = load_theme("strand", default_search(), Diagnostics())
    assert theme is not None
    return theme


@cache
def office_theme(name: str) -> etree._Element:
    data = built(EXAMPLE, name).data
    part = next(p for p in part_names(data) if p.endswith("theme/theme1.xml"))
    return xml_part(data, part)


@cache
def word_styles() -> dict[str, etree._Element]:
    styles = xml_part(built(EXAMPLE, "docx").data, "word/styles.xml")
    return {value(style, f"{W}styleId"): style for style in styles.findall(f"{W}style")}


def inherited(name: str, path: str) -> etree._Element:
    """Find a property of a style, or of the style that it is based on."""
    style = word_styles()[name]
    found = style.find(path)
    if found is not None:
        return found
    base = style.find(f"{W}basedOn")
    assert base is not None, (name, path)
    return inherited(str(base.get(f"{W}val")), path)


@pytest.mark.parametrize("name", ["docx", "pptx"])
def test_the_twelve_slots_hold_the_themes_colours(name: str) -> None:
    scheme = office_theme(name).find(f".//{A}clrScheme")
    assert scheme is not None

    shown = {slot: the(scheme, f"{A}{slot}/{A}srgbClr").get("val") for slot in SLOTS}

    assert shown == {slot: strand().slots[slot].hex for slot in SLOTS}


@pytest.mark.parametrize("name", ["docx", "pptx"])
@pytest.mark.parametrize("slot", ["majorFont", "minorFont"])
def test_both_office_formats_take_their_typefaces_from_the_theme(name: str, slot: str) -> None:
    face = the(office_theme(name), f".//{A}{slot}/{A}latin").get("typeface")

    ours = {f.office_family for family in (strand().serif, strand().sans) for f in family.faces}
    assert face in ours


@pytest.mark.parametrize("role", STYLES)
def test_word_has_the_size_leading_and_colour_of_every_role(role: str) -> None:
    style, name = strand().styles[role], STYLES[role]

    size = value(inherited(name, f"{W}rPr/{W}sz"), f"{W}val")
    spacing = inherited(name, f"{W}pPr/{W}spacing")
    colour = inherited(name, f"{W}rPr/{W}color").get(f"{W}val")

    assert int(size) == round(style.size.pt * 2)
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == (
        str(style.leading.twips),
        "exact",
    )
    assert colour == style.colour.hex


@pytest.mark.parametrize("role", STYLES)
def test_word_has_the_typeface_of_every_role_in_all_four_slots(role: str) -> None:
    fonts = inherited(STYLES[role], f"{W}rPr/{W}rFonts")
    theme = {
        key: the(office_theme("docx"), f".//{A}{key}Font/{A}latin").get("typeface")
        for key in ("major", "minor")
    }
    shown = set()
    for slot, attribute in (("ascii", "asciiTheme"), ("hAnsi", "hAnsiTheme")):
        by_theme = fonts.get(f"{W}{attribute}")
        shown.add(theme[by_theme[:5]] if by_theme else fonts.get(f"{W}{slot}"))

    assert shown == {strand().styles[role].face.office_family}


@pytest.mark.parametrize("role", STYLES)
def test_the_style_sheet_has_family_weight_size_and_leading_of_every_role(role: str) -> None:
    style = strand().styles[role]
    css = stylesheet(strand(), strand().pages["a4"], Diagnostics())

    slope = "italic" if style.italic else "normal"
    wanted = f"font: {slope} {style.weight} {style.size.pt}pt/{style.leading.pt}pt"
    assert wanted in css
    assert style.family.name in css
    assert f"color: {style.colour.css}" in css
