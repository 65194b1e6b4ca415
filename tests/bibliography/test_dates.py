"""Dates of works, as people type them."""

from __future__ import annotations

import pytest

from builder.bibliography.dates import Day, WorkDate, parse_date


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2012", WorkDate(Day(2012))),
        ("2012-10", WorkDate(Day(2012, 10))),
        ("2012-10-18", WorkDate(Day(2012, 10, 18))),
        ("2012-10-18/2012-10-20", WorkDate(Day(2012, 10, 18), Day(2012, 10, 20))),
        ("Fall 2012", WorkDate(Day(2012), season=3)),
        ("2012-21", WorkDate(Day(2012), season=1)),
        ("ca. 1927", WorkDate(Day(1927), circa=True)),
        ("n.d.", WorkDate(literal="n.d.")),
        ("October 18, 2012", WorkDate(literal="October 18, 2012")),
    ],
)
def test_a_date_is_read_by_its_parts_or_kept_as_it_is(typed: str, date: WorkDate) -> None:
    assert parse_date(typed) == date


@pytest.mark.parametrize("typed", ["2012-13", "2012-10-32", "2012-25-01"])
def test_a_day_that_no_calendar_has_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="no calendar has"):
        parse_date(typed)


def test_dates_sort_by_time_over_the_turn_of_the_era() -> None:
    typed = ["2012-10", "-44-03-15", "2012-10-18", "1927", "2012"]

    assert sorted(typed, key=lambda t: parse_date(t).sort_key) == [
        "-44-03-15",
        "1927",
        "2012",
        "2012-10",
        "2012-10-18",
    ]
