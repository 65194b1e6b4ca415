"""CSV files: numbers as editors type them, faults at their line in the CSV."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from builder.diagnostics import Diagnostics
from builder.readers.data import DataTable, parse_number, parse_table


def table(text: str) -> DataTable:
    log = Diagnostics()
    made = parse_table(text, PurePosixPath("data/x.csv"), log)
    assert made is not None and not list(log)
    return made


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("82.5", 82.5),
        ("-3", -3.0),
        ("−3", -3.0),
        ("1,250", 1250.0),
        ("1 250", 1250.0),
        ("12 %", 12.0),
        (".5", 0.5),
        ("n/s", None),
        ("", None),
        ("1,2,3", None),
        ("abc", None),
    ],
)
def test_numbers_are_read_as_editors_write_them(cell: str, value: float | None) -> None:
    assert parse_number(cell) == value


def test_a_file_with_semicolons_has_decimal_commas() -> None:
    made = table("Jahr;Wert\n2020;1.250,5\n2021;3,5\n")

    assert made.numbers(1, Diagnostics()) == (1250.5, 3.5)


def test_a_cell_that_is_no_number_is_reported_at_its_line_in_the_csv() -> None:
    made = table("Year,Value\n2007,82.5\n\n2008,abc\n2009,n/s\n")
    log = Diagnostics()

    assert made.numbers(1, log) == (82.5, None, None)
    assert [str(d.at) for d in log] == ["data/x.csv:4:6"]


def test_a_row_of_another_width_than_the_head_is_reported() -> None:
    log = Diagnostics()

    parse_table("a,b\n1,2,3\n", PurePosixPath("x.csv"), log)

    assert [d.message for d in log] == ["the row has 3 cells, the head 2"]


def test_quotation_marks_keep_a_separator_inside_a_cell() -> None:
    assert table('name,value\n"Smith, J.",3\n').cells(0) == ("Smith, J.",)
