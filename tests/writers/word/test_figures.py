"""Figures and tables in Word: captions, native tables and charts, boxes."""

from __future__ import annotations

import pytest
from lxml import etree

from builder.outputs_lint import barriers, faults
from tests.support.office import NAMES, docx, words
from tests.support.xml import elements, texts, the

CSV = "year,exports\n2007,82.5\n2008,129.4\n2009,250\n"
CHART = """::: {.chart data="data/x.csv" x=year y=exports highlight=2009 source="An office"
subtitle="USD million" #fig-x}
Exports tripled
:::
"""
CHART = CHART.replace("\nsubtitle", " subtitle")
TABLE = """| Item | Cost |
| --- | ---: |
| Ships ||
| Boat | 12 |
| Frigate | n/s |
| **Total** | 12 |

: Ships cost money {#tbl-x source="An office" total=true}
"""


def w(name: str) -> str:
    return f"{{{NAMES['w']}}}{name}"


def test_a_caption_is_numbered_by_a_field_and_stands_above() -> None:
    made = docx(TABLE)

    (caption,) = made.find("//w:p[w:pPr/w:pStyle/@w:val='Caption']")
    assert words(caption) == "Table\u00a01Ships cost money"
    assert "SEQ Table" in "".join(i.text or "" for i in caption.iter(w("instrText")))
    assert made.texts("SourceBelowTable") == ["Source: An office"]


def test_a_table_repeats_its_head_and_says_so_to_assistive_software() -> None:
    made = docx(TABLE)

    (table,) = made.find("//w:tbl")
    assert the(table, f"{w('tblPr')}/{w('tblStyle')}").get(w("val")) == "BriefingTable"
    assert the(table, f"{w('tblPr')}/{w('tblLook')}").get(w("firstRow")) == "1"
    assert the(table, f"{w('tblPr')}/{w('tblCaption')}").get(w("val")) == "Ships cost money"
    first = table.find(w("tr"))
    assert first is not None
    assert first.find(f"{w('trPr')}/{w('tblHeader')}") is not None


def test_group_rows_are_merged_numbers_stand_right_and_missing_ones_are_muted() -> None:
    made = docx(TABLE)

    (group,) = made.find("//w:tc[w:tcPr/w:gridSpan]")
    assert words(group) == "Ships"
    (number,) = [
        p for p in made.find("//w:tbl//w:p[w:pPr/w:jc/@w:val='right']") if words(p) == "12"
    ][:1]
    assert number is not None
    (missing,) = made.find("//w:r[w:rPr/w:rStyle/@w:val='Missing']")
    assert words(missing) == "n/s"


def test_a_chart_is_native_with_its_numbers_in_a_workbook() -> None:
    made = docx(CHART, files={"data/x.csv": CSV})

    chart = made.part("word/charts/chart1.xml")
    assert texts(chart, "//c:val//c:v/text()", NAMES) == ["82.5", "129.4", "250"]
    (stressed,) = elements(chart, "//c:dPt", NAMES)
    assert texts(stressed, "c:idx/@val", NAMES) == ["2"]
    assert texts(stressed, ".//a:schemeClr/@val", NAMES) == ["accent2"]
    assert texts(chart, "//c:valAx/c:delete/@val", NAMES) == ["1"]
    axes = texts(chart, "//c:axId/@val", NAMES)
    assert all(int(axis) > 0 for axis in axes)
    relations = made.part("word/charts/_rels/chart1.xml.rels")
    assert [r.get("Target") for r in relations] == ["../embeddings/Microsoft_Excel_Sheet1.xlsx"]


def test_every_drawing_has_an_alt_text_or_is_marked_as_decoration() -> None:
    made = docx(CHART, files={"data/x.csv": CSV})

    for drawing in made.find("//wp:docPr"):
        decorative = b"decorative" in etree.tostring(drawing)
        assert bool(drawing.get("descr")) != decorative
    (chart,) = made.find("//wp:docPr[@descr]")
    assert "2009 250" in (chart.get("descr") or "")


def test_key_points_float_in_the_side_column_and_callouts_stand_in_the_text() -> None:
    made = docx(
        "::: {.key-points}\n- A point\n:::\n\nText beside it.\n\n"
        "::: {.callout-tip}\nA remark.\n:::\n"
    )

    framed = made.find("//w:p[w:pPr/w:framePr]")
    assert [words(paragraph) for paragraph in framed] == ["Key points", "A point"]
    (remark,) = made.find("//w:tbl[w:tblPr/w:tblStyle/@w:val='BriefingBox']")
    assert words(remark) == "TipA remark."


def test_key_points_that_hold_more_than_words_stand_in_the_text() -> None:
    made = docx("::: {.key-points}\n| A | B |\n| --- | --- |\n| x | y |\n:::\n\nText.\n")

    assert not made.find("//w:framePr")
    (box,) = made.find("//w:tbl[w:tblPr/w:tblStyle/@w:val='BriefingBox']")
    assert words(box) == "Key points"


def test_no_table_stands_in_the_table_of_a_box() -> None:
    box = "| A | B |\n| --- | --- |\n| x | y |\n\nBelow it.\n"
    made = docx(f"::: {{.callout-note title=Mind}}\nAbove it.\n\n{box}:::\n\nText.\n")

    parts = made.find("//w:body/w:tbl")
    assert [words(part) for part in parts] == ["MindAbove it.", "ABxy", "Below it."]
    assert not made.find("//w:tbl//w:tbl")
    grounds = {e.get(w("fill")) for part in parts for e in part.iter(w("shd"))}
    widths = {e.get(w("w")) for e in made.find("//w:tblPr/w:tblW")}
    assert (len(grounds), len(widths)) == (1, 1)
    assert barriers(made.data) == []
    assert faults(made.data) == []


def test_a_diagram_is_drawn_of_shapes_whose_words_are_text() -> None:
    made = docx("::: {.diagram}\nTwo trade\n\n- Israel -> Azerbaijan: weapons\n:::\n")

    shown = {words(box) for box in made.find("//w:txbxContent")}
    assert {"Israel", "Azerbaijan", "weapons"} <= shown


def test_what_belongs_to_the_deck_is_not_in_the_document() -> None:
    made = docx("Text.\n\n::: {.notes}\nSay this aloud.\n:::\n\n::: {.slide}\n## On a slide\n:::\n")

    everything = words(made.part("word/document.xml"))
    assert "Say this aloud" not in everything
    assert "On a slide" not in everything


def test_a_side_box_before_a_heading_goes_behind_it_where_text_stands_beside_it() -> None:
    made = docx("First.\n\n::: {.key-points}\n- A point\n:::\n\n## Heading\n\nBeside it.\n")

    order = [words(p) for p in made.find("//w:body/w:p")]
    assert order[order.index("Heading") :][:4] == ["Heading", "Key points", "A point", "Beside it."]


def test_text_passes_a_figure_that_would_leave_much_of_a_page_empty() -> None:
    above = "Words that fill most of a page. " * 65
    made = docx(f"{above}\n\n{CHART}\nBehind it.\n", files={"data/x.csv": CSV})

    order = [words(p) for p in made.find("//w:body/w:p") if words(p)]
    assert order.index("Behind it.") < order.index("Figure\u00a01Exports tripled")


def test_text_stays_behind_a_figure_that_has_room() -> None:
    made = docx(f"Above.\n\n{CHART}\nBehind it.\n", files={"data/x.csv": CSV})

    order = [words(p) for p in made.find("//w:body/w:p") if words(p)]
    assert order.index("Behind it.") > order.index("Figure\u00a01Exports tripled")


def test_a_wide_figure_begins_below_the_box_beside_a_short_text() -> None:
    points = "\n".join(f"- Point {n} of a box that is much taller than the text" for n in range(9))
    text = f"::: {{.key-points}}\n{points}\n:::\n\nShort.\n\n{CHART}"
    made = docx(text, files={"data/x.csv": CSV})

    (spacing,) = made.find("//w:p[w:pPr/w:pStyle/@w:val='Caption']/w:pPr/w:spacing")
    assert int(spacing.get(w("before")) or 0) > 1000


@pytest.mark.parametrize(
    ("value", "small"),
    [("$250m", ["$", "m"]), ("9 \u2192 5", []), ("\u22125 %", [" %"]), ("n/s", [])],
)
def test_signs_around_a_number_are_small_as_in_the_report(value: str, small: list[str]) -> None:
    made = docx(f"::: {{.key-numbers}}\n{value}\n: label\n:::\n")

    path = "//w:p[w:pPr/w:pStyle/@w:val='KeyNumber']/w:r[w:rPr/w:sz]"
    assert [words(run) for run in made.find(path)] == small


def test_a_callout_keeps_off_the_heading_or_text_before_it() -> None:
    box = "::: {.callout-note}\nA remark.\n:::\n\n"
    made = docx(f"## Heading\n\n{box}Text.\n\n{box}")

    for style in ("Heading2", "BodyText"):
        path = f"//w:p[w:pPr/w:pStyle/@w:val='{style}']/w:pPr/w:spacing/@w:after"
        assert texts(made.part("word/document.xml"), path, NAMES) == ["225"]
