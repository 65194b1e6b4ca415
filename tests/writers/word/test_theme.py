"""The theme in a Word document: its colours, its fonts, and what stands in for them."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from uuid import UUID

from fontTools.ttLib import TTFont
from lxml import etree

from builder.build import prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job, WordOptions
from builder.theme.model import SLOTS, Theme
from tests.support.built import SHIPPED, TORTURE, built
from tests.support.office import NAMES, Docx, docx
from tests.support.paper import strand
from tests.support.xml import texts, the

W = f"{{{NAMES['w']}}}"
A = f"{{{NAMES['a']}}}"
HEX = re.compile(r"[0-9A-F]{6}")
COLOURED = {"color": "themeColor", "fill": "themeFill"}


@cache
def shipped() -> Docx:
    return Docx(built(SHIPPED, "docx").data)


def parts(document: Docx) -> dict[str, etree._Element]:
    archive = zipfile.ZipFile(io.BytesIO(document.data))
    names = (name for name in archive.namelist() if name.endswith(".xml") and "word/" in name)
    return {name: etree.fromstring(archive.read(name)) for name in names}


def theme_of(document: Docx) -> etree._Element:
    return document.part("word/theme/theme1.xml")


def test_the_theme_part_has_the_brand_s_colours_and_families() -> None:
    theme: Theme = strand()
    part = theme_of(docx("Text."))

    for slot in SLOTS:
        assert texts(part, f"//a:clrScheme/a:{slot}/a:srgbClr/@val", NAMES) == [
            theme.slots[slot].hex
        ]
    (major,) = texts(part, "//a:majorFont/a:latin/@typeface", NAMES)
    (minor,) = texts(part, "//a:minorFont/a:latin/@typeface", NAMES)
    assert (major, minor) == ("Source Serif Pro Semibold", "Source Serif Pro")


def test_every_colour_refers_to_the_theme_so_that_a_picker_changes_it() -> None:
    fixed = []
    for name, part in parts(shipped()).items():
        if name == "word/theme/theme1.xml":
            continue
        fixed += [f"{name}: {e.get('val')}" for e in part.iter(f"{A}srgbClr")]
        for element in part.iter():
            for key, reference in COLOURED.items():
                value = element.get(f"{W}{key}", "")
                if HEX.fullmatch(value) and not element.get(f"{W}{reference}"):
                    fixed.append(f"{name}: {element.tag} {value}")
        fixed += [
            f"{name}: {e.get(f'{W}val')}"
            for e in part.iter(f"{W}color")
            if not e.get(f"{W}themeColor")
        ]

    assert fixed == []


def test_a_colour_that_no_slot_has_is_a_tint_of_one() -> None:
    hair = the(
        shipped().find("//w:style[@w:styleId='Source']", "word/styles.xml")[0],
        f"{W}pPr/{W}pBdr/{W}top",
    )

    assert hair.get(f"{W}color") == strand().colour("rule").hex
    assert hair.get(f"{W}themeColor") == "background1"
    assert 0 < int(hair.get(f"{W}themeShade") or "0", 16) < 255


def test_each_style_s_font_is_the_theme_part_s_or_named_in_all_four_slots() -> None:
    for fonts in shipped().find("//w:rFonts", "word/styles.xml"):
        keys = {str(key).removeprefix(W) for key in fonts.attrib}
        assert keys in (
            {"asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"},
            {"ascii", "hAnsi", "eastAsia", "cs"},
        )


def test_letters_are_kerned_as_they_were_measured() -> None:
    (kerned,) = docx("Text.\n").find("//w:docDefaults//w:kern", "word/styles.xml")
    assert kerned.get(f"{W}val") == "2"  # half points: from one point on


def test_word_s_own_names_are_on_the_styles_that_a_translator_looks_for() -> None:
    named = {
        e.get(f"{W}val")
        for e in shipped().find("//w:style[not(@w:customStyle)]/w:name", "word/styles.xml")
    }

    wanted = {"Normal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "Body Text"}
    wanted |= {"List Bullet", "List Number", "caption", "footnote text", "footnote reference"}
    wanted |= {"toc 1", "toc 2", "toc 3", "table of figures", "header", "footer", "Hyperlink"}
    assert wanted - named == set()
    assert len(shipped().texts("Title")) == 1


def test_each_font_has_a_substitute_of_like_width() -> None:
    for font in Docx(built(TORTURE, "docx").data).find("//w:font", "word/fontTable.xml"):
        kind = the(font, f"{W}family").get(f"{W}val")
        expected = {"roman": "Georgia", "swiss": "Calibri", "modern": "Consolas"}[kind or ""]
        assert the(font, f"{W}altName").get(f"{W}val") == expected


def embedded(document: Docx) -> dict[tuple[str, str], TTFont]:
    """Give each embedded font, its key taken off."""
    archive = zipfile.ZipFile(io.BytesIO(document.data))
    rels = document.part("word/_rels/fontTable.xml.rels")
    files = {r.get("Id"): f"word/{r.get('Target')}" for r in rels}
    made = {}
    for font in document.find("//w:font", "word/fontTable.xml"):
        for slot in font:
            kind = str(slot.tag).removeprefix(W)
            if not kind.startswith("embed"):
                continue
            (relation,) = (v for k, v in slot.attrib.items() if str(k).endswith("}id"))
            data = archive.read(files[str(relation)])
            key = UUID((slot.get(f"{W}fontKey") or "").strip("{}")).bytes[::-1]
            head = bytes(byte ^ key[i % 16] for i, byte in enumerate(data[:32]))
            opened = TTFont(io.BytesIO(head + data[32:]))
            made[font.get(f"{W}name") or "", kind] = opened
    return made


def test_the_fonts_are_inside_cut_down_and_can_be_embedded() -> None:
    document = shipped()
    fonts = embedded(document)

    plain = {(name, "embedRegular") for name in ("Source Serif Pro", "Source Sans Pro")}
    assert plain <= fonts.keys()
    assert ("Source Serif Pro", "embedBoldItalic") in fonts
    assert ("Source Serif Pro Semibold", "embedRegular") in fonts
    assert len(document.find("//w:embedTrueTypeFonts", "word/settings.xml")) == 1
    for font in fonts.values():
        assert font["OS/2"].fsType == 0
    body = fonts["Source Serif Pro", "embedRegular"].getBestCmap()
    assert set(map(ord, "abcxyzÀŞəğ“–0123")) <= body.keys()  # Latin, to be typed
    assert set(map(ord, "Азербайджан")) <= body.keys()  # as the notes have it
    archive = zipfile.ZipFile(io.BytesIO(document.data))
    sizes = [entry.file_size for entry in archive.infolist() if entry.filename.endswith("odttf")]
    assert max(sizes) < 120_000


def test_fonts_that_are_left_out_are_named_all_the_same() -> None:
    bare = docx("Text.")

    assert [n for n in names(bare) if n.endswith((".odttf", "fontTable.xml.rels"))] == []
    assert not [e for e in bare.part("word/fontTable.xml").iter() if "embed" in str(e.tag)]
    assert bare.find("//w:embedTrueTypeFonts", "word/settings.xml") == []
    assert "Source Serif Pro" in {
        f.get(f"{W}name") for f in bare.find("//w:font", "word/fontTable.xml")
    }


def names(document: Docx) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(document.data)).namelist()


def test_a_draft_has_a_watermark_on_every_kind_of_page_and_numbered_lines() -> None:
    log = Diagnostics()
    prepared = prepare(Job(SHIPPED), log)
    bare = WordOptions(embed_fonts=False)
    draft = WordOptions(embed_fonts=False, draft=True)
    plain, marked = (
        Docx(write_format("docx", prepared, log, word=options).data) for options in (bare, draft)
    )

    headers = [n for n in names(marked) if n.startswith("word/header")]
    words = {
        n: [e.get("string") for e in marked.part(n).iter() if str(e.tag).endswith("}textpath")]
        for n in headers
    }
    assert all("DRAFT" in said for said in words.values()), words
    assert not any(b"textpath" in etree.tostring(plain.part(n)) for n in headers)
    counted = marked.find("//w:sectPr[w:lnNumType]")
    assert len(counted) == 10  # cover, imprint, contents and back cover have none
    assert plain.find("//w:lnNumType") == []
