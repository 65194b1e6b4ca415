"""Charts that are more than columns: logarithms, days, missing and negative values, remarks."""

from __future__ import annotations

from pathlib import Path

import pytest

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
