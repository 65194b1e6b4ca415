"""Native charts in detail: remarks, true time, logarithms, shares, names at their lines."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from builder.diagnostics import Diagnostics
from tests.writers.powerpoint.test_powerpoint import A, C, P, part, pptx

FILES = {
    "values.csv": "Year,Rain,Snow\n2007,82.5,80\n2008,129.4,126\n2009,250,7\n2010,200,201\n",
    "days.csv": "Day,Cells\n2024-01-01,12\n2024-03-15,1400\n2024-07-01,310000\n",
    "parts.csv": "Part,Share\nRivers,41\nWells,28\nDew,2\n",
    "change.csv": "Place,Change\nNorth,4.2\nSouth,-1.8\n",
}


def deck(attributes: str, remarks: str = "") -> bytes:
    text = f"::: {{.chart {attributes}}}\nThe title\n\n{remarks}\n:::"
    return pptx(text, files=dict(FILES))


def chart(attributes: str) -> etree._Element:
    return part(deck(attributes), "ppt/charts/chart1.xml")


def value(xml: etree._Element, path: str) -> str | None:
    found = xml.find(f".//{path}")
    return None if found is None else found.get("val")


def one(xml: etree._Element, path: str) -> etree._Element:
    """Give the first element of a path; fails if there is none."""
    found = xml.find(f".//{path}")
    assert found is not None, path
    return found


def places(xml: etree._Element, name: str) -> list[tuple[int, int, int, int]]:
    """Give x, y, width and height of all shapes of one name."""
    found = []
    for label in xml.iter(f"{P}cNvPr"):
        shape = label.getparent()
        shape = shape.getparent() if shape is not None else None
        if label.get("name") == name and shape is not None:
            off, ext = next(shape.iter(f"{A}off")), next(shape.iter(f"{A}ext"))
            x, y = (int(off.get(k) or 0) for k in ("x", "y"))
            wide, high = (int(ext.get(k) or 0) for k in ("cx", "cy"))
            found.append((x, y, wide, high))
    return found


def test_remarks_are_shapes_at_their_data() -> None:
    remarks = "- 2007 -> 2009: tripled\n- 2010: not yet final"
    slide = part(
        deck('type=column data="values.csv" x=Year y=Rain', remarks), "ppt/slides/slide2.xml"
    )

    assert [g.get("descr") for g in slide.iter(f"{P}cNvPr") if g.get("name") == "Remark"] == [
        "2007 – 2009: tripled",
        "2010: not yet final",
    ]
    words, arrows = places(slide, "Words"), places(slide, "Arrow")
    plot = next(
        part(
            deck('type=column data="values.csv" x=Year y=Rain', remarks), "ppt/charts/chart1.xml"
        ).iter(f"{C}manualLayout")
    )
    frame = places(slide, "Chart")[0]
    left, width = (float(one(plot, f"{C}{k}").get("val") or 0) * frame[2] for k in "xw")
    middle = words[1][0] + words[1][2] / 2
    assert abs(middle - (frame[0] + left + width * 7 / 8)) < 100_000
    assert len(arrows) == 3
    assert list(slide.iter(f"{A}tailEnd")) != []


def test_words_of_remarks_never_touch() -> None:
    remarks = "\n".join(
        f"- {year}: a remark of some length about it" for year in (2007, 2008, 2009, 2010)
    )
    slide = part(
        deck('type=line data="values.csv" x=Year y=Rain', remarks), "ppt/slides/slide2.xml"
    )
    boxes = places(slide, "Words")

    assert len(boxes) == 4
    for turn, (x, y, w, h) in enumerate(boxes):
        for ox, oy, ow, oh in boxes[turn + 1 :]:
            assert x + w <= ox or ox + ow <= x or y + h <= oy or oy + oh <= y


def test_days_stand_on_a_true_axis_of_time() -> None:
    xml = chart('type=line data="days.csv" x=Day y=Cells dates=true')

    assert value(xml, f"{C}dateAx/{C}baseTimeUnit") == "days"
    assert [v.text for v in one(xml, f"{C}cat").iter(f"{C}v")] == [
        "45292.0",
        "45366.0",
        "45474.0",
    ]


def test_a_logarithmic_axis_is_one_in_powerpoint_and_shows_its_steps() -> None:
    xml = chart('type=line data="days.csv" x=Day y=Cells log=true')

    assert value(xml, f"{C}valAx/{C}scaling/{C}logBase") == "10"
    assert value(xml, f"{C}valAx/{C}delete") == "0"
    assert value(xml, f"{C}catAx/{C}crosses") == "min"


def test_a_share_is_one_bar_with_its_parts_named_or_in_a_legend() -> None:
    xml = chart('type=share data="parts.csv" x=Part y=Share unit="%"')

    assert value(xml, f"{C}barChart/{C}grouping") == "stacked"
    assert value(xml, f"{C}valAx/{C}scaling/{C}max") == "71.0"
    assert {d.get("val") for d in xml.iter(f"{C}delete")} == {"1"}
    assert len(list(xml.iter(f"{C}legend"))) == 1  # the dew is too narrow for its name
    assert {n.get("formatCode") for n in xml.iter(f"{C}dLbls") for n in n.iter(f"{C}numFmt")} == {
        'General"\u00a0%"'
    }


def test_the_workbook_of_a_share_holds_its_parts_where_the_chart_looks_for_them() -> None:
    data = deck('type=share data="parts.csv" x=Part y=Share')
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        book = package.read("ppt/embeddings/Microsoft_Excel_Sheet1.xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    ns = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    cells = {c.get("r"): c.findtext(f"{ns}v") for c in sheet.iter(f"{ns}c")}

    assert [cells[place] for place in ("B2", "C2", "D2")] == ["41", "28", "2"]
    xml = part(data, "ppt/charts/chart1.xml")
    assert [one(s, f"{C}val").findtext(f".//{C}f") for s in xml.iter(f"{C}ser")] == [
        "Sheet1!$B$2:$B$2", "Sheet1!$C$2:$C$2", "Sheet1!$D$2:$D$2",
    ]  # fmt: skip


def test_lines_are_named_at_their_ends_in_their_colours_and_apart() -> None:
    xml = chart('type=line data="values.csv" x=Year y="Rain,Snow"')
    labels = list(xml.iter(f"{C}dLbl"))

    assert [value(label, f"{C}showSerName") for label in labels] == ["1", "1"]
    inks = [next(label.iter(f"{A}schemeClr")).get("val") for label in labels]
    lines = [one(next(s.iter(f"{A}ln")), f"{A}schemeClr").get("val") for s in xml.iter(f"{C}ser")]
    assert inks == lines
    moved = [float(y.get("val") or 0) for label in labels for y in label.iter(f"{C}y")]
    assert moved and max(moved) > 0.01  # 200 and 201 would stand upon each other


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_negative_values_have_a_true_minus_and_names_beside_the_axis(kind: str) -> None:
    xml = chart(f'type={kind} data="change.csv" x=Place y=Change')

    assert value(xml, f"{C}catAx/{C}tickLblPos") == "low"
    assert one(one(xml, f"{C}dLbls"), f"{C}numFmt").get("formatCode") == 'General;"−"General'


def test_a_chart_that_cannot_hold_remarks_says_so() -> None:
    from datetime import UTC, datetime

    from builder.writers.powerpoint import write_powerpoint
    from tests.deck.decks import theme
    from tests.support.reading import read

    text = '::: {.chart type=pie data="parts.csv" x=Part y=Share}\nThe title\n\n- Dew: little\n:::'
    log = Diagnostics()
    write_powerpoint(
        read(text, files=dict(FILES)),
        theme(),
        log,
        stamp=datetime(2026, 1, 2, tzinfo=UTC),
        read=lambda path: b"",
    )

    assert [str(d).splitlines()[0] for d in log] == [
        "test.md:4:1: note[format-cannot-show]: the deck shows no remarks in a chart of type 'pie'"
    ]


def test_recolouring_reaches_every_colour_of_a_chart() -> None:
    xml = etree.tostring(chart('type=stacked data="values.csv" x=Year y="Rain,Snow"')).decode()

    assert "srgbClr" not in xml
    assert len(set(re.findall(r'schemeClr val="(\w+)"', xml))) > 2
