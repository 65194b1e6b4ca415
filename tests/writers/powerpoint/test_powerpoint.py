"""The file itself: what PowerPoint, a screen reader and somebody who recolours find in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from builder.diagnostics import Diagnostics
from builder.document.nodes import Metadata
from builder.outputs_lint import faults
from builder.writers.powerpoint import write_powerpoint
from tests.deck.decks import layouts, theme
from tests.support.built import TORTURE, built
from tests.support.judges import pdf_text, soffice_to_pdf
from tests.support.reading import read
from tests.theme.brands import PICTURE

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
VALUES = {"values.csv": "Year,Exports,Imports\n2007,82.5,3\n2008,129.4,\n2009,250,7\n"}
CHART = (
    '::: {.chart type=TYPE data="values.csv" x=Year y=COLUMNS highlight=2008}\nExports rose\n:::'
)


def pptx(
    text: str,
    *,
    files: dict[str, str | bytes] | None = None,
    language: str = "en",
) -> bytes:
    """Write the deck of one section; fails if anything was found fault with."""
    log = Diagnostics()
    meta = Metadata("test", "A test", language=language, date="2026-01-02")
    document = read(text, files=files, meta=meta)
    stamp = datetime(2026, 1, 2, tzinfo=UTC)
    data = write_powerpoint(document, theme(), log, stamp=stamp, read=lambda path: b"").data
    assert not list(log), list(log)
    return data


def part(data: bytes, name: str) -> etree._Element:
    """Give one part, parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def names(data: bytes, pattern: str) -> list[str]:
    """Give the names of parts that match, in order of their numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = [name for name in package.namelist() if re.fullmatch(pattern, name)]
    return sorted(found, key=lambda name: [int(n) for n in re.findall(r"\d+", name)])


def chart(kind: str, columns: str = "Exports") -> etree._Element:
    """Give the chart part of a chart of one type."""
    text = CHART.replace("TYPE", kind).replace("COLUMNS", columns)
    return part(pptx(text, files=dict(VALUES)), "ppt/charts/chart1.xml")


@cache
def presentation() -> Any:
    """Open the torture document's deck as python-pptx does."""
    import pptx as library

    return library.Presentation(io.BytesIO(built(TORTURE, "pptx").data))


def test_our_own_lint_finds_nothing() -> None:
    assert faults(built(TORTURE, "pptx").data) == []


def test_layouts_have_names_that_a_person_recognises() -> None:
    found = [layout.name for layout in presentation().slide_layouts]

    assert found[:2] == ["Title", "Summary"]
    assert {"Bullets", "Chart with callout", "Table", "Numbers", "Quote", "Closing"} <= set(found)


def test_every_slide_has_a_title_of_its_own() -> None:
    titles = [slide.shapes.title.text for slide in presentation().slides]

    assert all(titles)
    assert [t for t, count in Counter(titles).items() if count > 1] == []


def test_no_placeholder_is_left_empty() -> None:
    for slide in presentation().slides:
        for shape in slide.placeholders:
            if shape.has_text_frame:
                assert shape.text_frame.text.strip(), f"{shape.name} of {slide.shapes.title.text}"


def test_every_slide_has_speaker_notes() -> None:
    assert all(slide.notes_slide.notes_text_frame.text for slide in presentation().slides)


def test_notes_have_a_master_of_their_own_in_the_themes_fonts() -> None:
    data = built(TORTURE, "pptx").data
    master = part(data, "ppt/notesMasters/notesMaster1.xml")
    fonts = part(data, "ppt/theme/theme2.xml")
    style = next(master.iter(f"{P}notesStyle"))

    assert {f.get("typeface") for f in style.iter(f"{A}latin")} == {"+mn-lt"}
    assert (
        next(next(fonts.iter(f"{A}minorFont")).iter(f"{A}latin")).get("typeface")
        == "Source Sans Pro"
    )


def test_notes_name_the_source_of_the_slides_figure() -> None:
    data = built(TORTURE, "pptx").data
    notes = " ".join(
        t.text or ""
        for name in names(data, r"ppt/notesSlides/notesSlide\d+\.xml")
        for t in part(data, name).iter(f"{A}t")
    )

    assert "Source: columnsource" in notes
    assert "Source: tablesource" in notes


def test_every_graphic_has_an_alt_text() -> None:
    data = built(TORTURE, "pptx").data
    for name in names(data, r"ppt/slides/slide\d+\.xml"):
        slide = part(data, name)
        for kind in ("graphicFrame", "pic", "grpSp"):
            for shape in slide.iter(f"{P}{kind}"):
                label = next(shape.iter(f"{P}cNvPr"))
                assert label.get("descr"), f"{name}: {label.get('name')}"


def test_slides_are_read_from_title_to_footer() -> None:
    for slide in presentation().slides:
        kinds = [shape.name for shape in slide.shapes]
        assert kinds[0] == "Title"
        if "Footer" in kinds:
            assert kinds[-3:] == ["Date", "Footer", "Number"]
        if "Source" in kinds:
            assert kinds.index("Source") == len(kinds) - 4


def test_colours_are_the_themes_and_never_fixed() -> None:
    data = built(TORTURE, "pptx").data
    for name in names(data, r"ppt/(slides|slideLayouts|slideMasters|charts)/\w+\.xml"):
        assert list(part(data, name).iter(f"{A}srgbClr")) == [], name


def test_text_is_never_fitted_by_powerpoint() -> None:
    data = built(TORTURE, "pptx").data
    for name in names(data, r"ppt/(slides|slideLayouts)/\w+\.xml"):
        xml = part(data, name)
        assert list(xml.iter(f"{A}normAutofit", f"{A}spAutoFit")) == []
        for body in xml.iter(f"{A}lnSpc"):
            assert body[0].tag == f"{A}spcPts", name


def test_bullets_come_from_the_layout() -> None:
    slide = part(pptx("::: {.slide}\n# T\n\n- one\n- two\n:::"), "ppt/slides/slide2.xml")

    assert list(slide.iter(f"{A}buChar")) == []
    assert [t.text for t in slide.iter(f"{A}t")][:3] == ["T", "one", "two"]


def test_numbered_items_are_numbered_by_powerpoint() -> None:
    slide = part(pptx("::: {.slide}\n# T\n\n3. one\n4. two\n:::"), "ppt/slides/slide2.xml")

    assert [n.get("startAt") for n in slide.iter(f"{A}buAutoNum")] == ["3", "3"]


def test_words_of_another_language_say_so() -> None:
    slide = part(pptx("::: {.slide}\n# T\n\nsay [Отчёт]{lang=ru}\n:::"), "ppt/slides/slide2.xml")
    runs = {r.findtext(f"{A}t"): r.find(f"{A}rPr").get("lang") for r in slide.iter(f"{A}r")}  # type: ignore[union-attr]  # every run has properties

    assert runs["say "] == "en-GB"
    assert runs["Отчёт"] == "ru-RU"


def test_a_language_read_from_the_right_turns_paragraphs() -> None:
    data = pptx("::: {.slide}\n# כותרת\n\n- שלום\n:::", language="he")
    master = part(data, "ppt/slideMasters/slideMaster1.xml")

    assert {p.get("rtl") for p in master.iter(f"{A}lvl1pPr")} == {"1"}


@pytest.mark.parametrize(
    ("kind", "columns", "element"),
    [
        ("column", "Exports", "barChart"),
        ("bar", "Exports", "barChart"),
        ("stacked", "Exports,Imports", "barChart"),
        ("line", "Exports,Imports", "lineChart"),
        ("pie", "Exports", "pieChart"),
    ],
)
def test_charts_are_native(kind: str, columns: str, element: str) -> None:
    assert len(list(chart(kind, columns).iter(f"{C}{element}"))) == 1


def test_the_highlighted_datum_has_its_own_colour() -> None:
    point = next(chart("column").iter(f"{C}dPt"))

    assert [c.get("val") for c in point.iter(f"{C}idx")] == ["1"]
    assert [c.get("val") for c in point.iter(f"{A}schemeClr")] == ["accent2"]


def test_the_value_axis_is_hidden_where_columns_carry_their_values() -> None:
    xml = chart("column")
    axis = next(xml.iter(f"{C}valAx"))

    assert axis.find(f"{C}delete").get("val") == "1"  # type: ignore[union-attr]  # it is always there
    assert next(xml.iter(f"{C}showVal")).get("val") == "1"


def test_a_missing_value_is_left_out_of_the_chart() -> None:
    values = [
        v.findtext(f"{C}v") for v in next(chart("line", "Imports").iter(f"{C}val")).iter(f"{C}pt")
    ]

    assert values == ["3.0", "7.0"]


def test_the_charts_workbook_opens_and_holds_the_data() -> None:
    data = pptx(CHART.replace("TYPE", "column").replace("COLUMNS", "Exports"), files=dict(VALUES))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        book = package.read("ppt/embeddings/Microsoft_Excel_Sheet1.xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()

    assert all(f"<v>{value}</v>" in sheet for value in ("82.5", "129.4", "250"))


def test_tables_are_native_with_a_head_row_and_numbers_to_the_right() -> None:
    data = pptx("| Year | Exports |\n| --- | ---: |\n| 2007 | 82.5 |\n\n: Exports\n")
    table = next(part(data, "ppt/slides/slide2.xml").iter(f"{A}tbl"))

    assert table.find(f"{A}tblPr").get("firstRow") == "1"  # type: ignore[union-attr]  # it is always there
    assert [p.get("algn") for p in table.iter(f"{A}pPr")] == ["l", "r", "l", "r"]


def test_arrows_are_glued_to_their_actors() -> None:
    data = pptx("::: {.diagram}\nT\n\n- A -> B: one\n- B -> A: two\n:::")
    slide = part(data, "ppt/slides/slide2.xml")
    ids = {label.get("name"): label.get("id") for label in slide.iter(f"{P}cNvPr")}
    tied = [(a.get("id"), b.get("id")) for a, b in zip(
        slide.iter(f"{A}stCxn"), slide.iter(f"{A}endCxn"), strict=True)]  # fmt: skip

    assert tied == [(ids["A"], ids["B"]), (ids["B"], ids["A"])]


def test_layouts_stand_where_layouts_yml_says() -> None:
    data = built(TORTURE, "pptx").data
    found: dict[str, int] = {}
    for name in names(data, r"ppt/slideLayouts/slideLayout\d+\.xml"):
        layout = part(data, name)
        title = next(layout.iter(f"{P}cSld")).get("name") or ""
        for shape in layout.iter(f"{P}sp"):
            if shape.find(f".//{P}ph[@type='chart']") is not None:
                found[title] = int(next(shape.iter(f"{A}ext")).get("cx") or 0)

    assert found == {
        "Chart": layouts()["chart"].slots["chart"].box.width,
        "Chart with callout": layouts()["chart-call"].slots["chart"].box.width,
    }


def test_the_same_deck_has_the_same_bytes() -> None:
    text = CHART.replace("TYPE", "column").replace("COLUMNS", "Exports")

    assert pptx(text, files=dict(VALUES)) == pptx(text, files=dict(VALUES))


def test_libreoffice_shows_every_slide(tmp_path: Path) -> None:
    path = tmp_path / "torture.pptx"
    path.write_bytes(built(TORTURE, "pptx").data)
    pages = pdf_text(soffice_to_pdf(path, tmp_path)).split("\f")

    assert len(pages) - 1 == len(presentation().slides)


def test_the_logo_stands_on_the_first_and_the_last_slides_layouts(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PICTURE)
    themed = replace(theme(), logo=tmp_path / "logo.png")
    document = read("Text.")
    stamp = datetime(2026, 1, 2, tzinfo=UTC)
    data = write_powerpoint(
        document, themed, Diagnostics(), stamp=stamp, read=lambda path: b""
    ).data
    with_logo = [
        next(layout.iter(f"{P}cSld")).get("name")
        for name in names(data, r"ppt/slideLayouts/slideLayout\d+\.xml")
        if list((layout := part(data, name)).iter(f"{P}pic"))
    ]

    assert with_logo == ["Title", "Closing"]


def test_a_picture_that_powerpoint_cannot_show_is_told_by_its_alt_text() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    document = read("![A map](map.svg){fig-alt='Four rivers'}", files={"map.svg": drawing})
    log = Diagnostics()
    stamp = datetime(2026, 1, 2, tzinfo=UTC)
    data = write_powerpoint(
        document, theme(), log, stamp=stamp, read=lambda path: b"<svg that broke since"
    ).data

    assert [(d.code.value, d.message) for d in log] == [
        (
            "image-unreadable",
            "the image 'map.svg' cannot be drawn for the deck: it is no well-formed SVG",
        )
    ]
    slide = part(data, "ppt/slides/slide2.xml")
    assert "Four rivers" in [t.text for t in slide.iter(f"{A}t")]
