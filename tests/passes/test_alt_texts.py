"""Alt texts: what a chart says to those who hear it."""

from __future__ import annotations

from builder.document.nodes import Chart
from tests.support.reading import first, read

DATA = "year,North,South\n2007,82.5,20\n2008,1294,n/s\n"


def alt(attributes: str, remarks: str = "") -> str:
    text = f"::: {{.chart data=d.csv {attributes}}}\nExports rose\n\n{remarks}\n:::\n"
    return first(read(text, files={"d.csv": DATA}), Chart).caption.alt


def test_a_charts_alt_text_is_its_title_values_unit_and_remarks() -> None:
    assert alt('y=North unit="USD million"', "- 2007 -> 2008: sixteenfold") == (
        "Exports rose. 2007 82.5, 2008 1,294 (USD million). 2007 → 2008: sixteenfold"
    )


def test_of_several_series_each_is_named_and_what_is_missing_said() -> None:
    assert alt("", "- North 2008: the peak") == (
        "Exports rose. North: 2007 82.5, 2008 1,294; South: 2007 20, 2008 n/s. North 2008: the peak"
    )


def test_the_authors_own_alt_text_is_kept() -> None:
    assert alt('alt="Two columns, the second far taller"') == "Two columns, the second far taller"
