"""Who wrote a briefing, and when: the same words on every cover, in the briefing's language."""

from __future__ import annotations

import pytest

from builder.document.byline import byline
from builder.document.dates import shown_date
from builder.document.nodes import Metadata


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "24 November 2026", "November 2026"),
        ("en-GB", "24 November 2026", "November 2026"),
        ("de", "24. November 2026", "November 2026"),
        ("fr", "24 novembre 2026", "novembre 2026"),
        ("ru", "24 ноября 2026", "ноябрь 2026"),
        ("tr", "24 Kasım 2026", "Kasım 2026"),
        ("az", "24 noyabr 2026", "noyabr 2026"),
        ("he", "24 בנובמבר 2026", "נובמבר 2026"),
        ("nl", "2026-11-24", "2026-11"),
    ],
)
def test_a_date_is_written_as_its_language_has_it(language: str, day: str, month: str) -> None:
    assert shown_date("2026-11-24", language) == day
    assert shown_date("2026-11", language) == month
    assert shown_date("2026", language) == "2026"


def test_the_first_of_a_month_is_an_ordinal_in_french_alone() -> None:
    assert shown_date("2026-05-01", "fr") == "1er mai 2026"
    assert shown_date("2026-05-01", "en") == "1 May 2026"


def test_the_byline_stands_for_the_authors_and_the_date_below_it() -> None:
    meta = Metadata("x", "T", authors=("One Author", "Two Author"), date="2026-11")

    assert byline(meta) == ("One Author, Two Author", "November 2026")
    assert byline(Metadata("x", "T", byline="By us", authors=("One",), date="")) == ("By us",)
    assert byline(Metadata("x", "T")) == ()
