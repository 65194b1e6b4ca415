"""Charts that are more than columns: logarithms, days, missing and negative values, remarks."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from builder.diagnostics import Code, Diagnostics
from tests.support.judges import ooxml_errors
from tests.support.office import Docx, docx, write
from tests.support.reading import read

DATA = "when,value\n2010-01-01,5\n2011-06-01,-20\n2014-02-01,300\n"
SOURCE = "::: {{.chart type={kind} data=data/x.csv {more}}}\nIt moves\n\n{inside}:::\n"


def chart(kind: str, more: str = "", inside: str = "", data: str = DATA) -> Docx:
    source = SOURCE.format(kind=kind, more=more, inside=inside)
    return docx(source, files={"data/x.csv": data})


def values(document: Docx, path: str) -> list[str]:
    return [e.get("val") or "" for e in document.find(path, "word/charts/chart1.xml")]


def workbook(document: Docx) -> list[list[str]]:
    """Give the rows of the workbook behind the first chart."""
    outer = zipfile.ZipFile(io.BytesIO(document.data))
    book = zipfile.ZipFile(io.BytesIO(outer.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx")))
    sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    shared = etree.fromstring(book.read("xl/sharedStrings.xml"))
    strings = ["".join(map(str, e.itertext())) for e in shared]
    made = []
    for row in sheet.iter("{*}row"):
        cells = [(cell, cell.findtext("{*}v") or "") for cell in row]
        made.append([strings[int(v)] if c.get("t") == "s" else v for c, v in cells])
    return made


def test_the_workbook_holds_what_the_chart_shows() -> None:
    data = "year,North,South\n2019,12.5,8\n2021,9.25,11\n"
    made = docx(
        "::: {.chart type=column data=data/x.csv x=year y='North,South'}\nIt moves\n:::\n",
        files={"data/x.csv": data},
    )

    assert workbook(made) == [
        ["North", "South"],
        ["2019", "12.5", "8"],
        ["2021", "9.25", "11"],
    ]
    part = "word/charts/chart1.xml"
    shown = [[v.text for v in e.iter("{*}v")] for e in made.find("//c:ser/c:val", part)]
    assert shown == [["12.5", "9.25"], ["8", "11"]]
    formulas = [e.text for e in made.find("//c:val//c:f", part)]
    assert formulas == ["Sheet1!$B$2:$B$3", "Sheet1!$C$2:$C$3"]


def test_negative_numbers_of_an_axis_have_a_true_minus() -> None:
    made = chart("line", data="year,a\n" + "".join(f"{y},{y - 2010}\n" for y in range(2000, 2016)))

    formats = {
        e.get("formatCode") for e in made.find("//c:valAx/c:numFmt", "word/charts/chart1.xml")
    }
    assert formats == {'General;"\u2212"General'}


def test_days_stand_on_an_axis_of_time() -> None:
    made = chart("line", "dates=true")

    assert made.find("//c:dateAx", "word/charts/chart1.xml")
    assert values(made, "//c:dateAx/c:majorTimeUnit") == ["years"]


def test_logarithms_have_a_base_and_an_axis_to_be_seen() -> None:
    made = chart("line", "log=true", data="year,value\n2010,5\n2011,50\n2012,5000\n")

    assert values(made, "//c:valAx/c:scaling/c:logBase") == ["10"]
    assert values(made, "//c:valAx/c:delete") == ["0"]


def test_negative_values_have_a_true_minus_and_names_below_the_plot() -> None:
    made = chart("column")

    (code,) = {
        e.get("formatCode") for e in made.find("//c:dLbls/c:numFmt", "word/charts/chart1.xml")
    }
    assert code == '#,##0;"\u2212"#,##0'
    assert values(made, "//c:catAx/c:tickLblPos") == ["low"]
    assert values(made, "//c:valAx/c:scaling/c:min") == []


LINES = "year,North,South\n2019,12,8\n2020,14,\n2021,17,{}\n"


def lines(last: str) -> Docx:
    source = "::: {.chart type=line data=data/x.csv x=year y='North,South'}\nThey move\n:::\n"
    return docx(source, files={"data/x.csv": LINES.format(last)})


def test_lines_have_their_names_at_their_ends_and_no_legend() -> None:
    made = lines("9")

    assert values(made, "//c:dLbl/c:idx") == ["2", "2"]
    assert values(made, "//c:dLbl/c:showSerName") == ["1", "1"]
    assert not made.find("//c:legend", "word/charts/chart1.xml")
    (share,) = values(made, "//c:plotArea/c:layout/c:manualLayout/c:w")
    assert 0.7 < float(share) < 1  # the names stand beside the plot


@pytest.mark.parametrize("last", ["16.8", ""], ids=["near another", "missing"])
def test_names_without_room_at_the_ends_are_in_a_legend(last: str) -> None:
    made = lines(last)

    assert values(made, "//c:dLbl/c:showSerName") == []
    assert len(made.find("//c:legend", "word/charts/chart1.xml")) == 1


def test_lines_with_names_at_their_ends_are_valid(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(lines("9").data)

    assert ooxml_errors([path]) == []


def test_a_remark_stands_in_the_label_of_its_datum() -> None:
    made = chart("column", inside="- 2014-02-01: the peak\n")

    (label,) = made.find("//c:dLbl[c:tx]", "word/charts/chart1.xml")
    said = [t.text for t in label.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")]
    assert said == ["the peak", "300"]


def test_an_arrow_between_data_is_said_to_be_words() -> None:
    log = Diagnostics()
    files = {"data/x.csv": DATA}
    source = SOURCE.format(kind="column", more="", inside="- 2010-01-01 -> 2014-02-01: growth\n")

    write(read(source, files=files), log, files)

    assert [d.code for d in log] == [Code.FORMAT_CANNOT_SHOW]


@pytest.mark.parametrize(
    ("kind", "more", "inside"),
    [
        ("line", "dates=true", ""),
        ("line", "log=true", ""),
        ("column", "", "- 2014-02-01: the peak\n"),
        ("bar", "", ""),
        ("share", "", ""),
        ("scatter", "", ""),
    ],
)
def test_every_chart_is_valid(tmp_path: Path, kind: str, more: str, inside: str) -> None:
    data = "year,value\n2010,5\n2011,50\n2014-02-01,5000\n" if "log" in more else DATA
    if kind == "share":
        data = "part,value\nA,60\nB,40\n"
    if kind == "scatter":
        data = "x,y\n1,2\n2,4\n"
    path = tmp_path / "x.docx"
    path.write_bytes(chart(kind, more, inside, data).data)

    assert ooxml_errors([path]) == []
