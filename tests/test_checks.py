"""The cover's bars: which series can make them, and what is said where one cannot."""

from __future__ import annotations

import pytest

from builder.checks import check_cover
from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Metadata
from builder.document.walk import FALLBACK_MOTIF, lead_series
from tests.support.reading import read


def document(values: str, cover_data: str = "") -> Document:
    rows = "".join(f"{n},{v}\n" for n, v in enumerate(values.split()))
    meta = Metadata("t", "T", date="2026-01-02", cover_data=cover_data)
    text = "::: {#fig-x .chart data=d.csv type=line}\nT\n:::\n"
    return read(text, files={"d.csv": "n,v\n" + rows}, meta=meta)


def test_a_series_of_three_to_nine_values_makes_the_cover() -> None:
    assert lead_series(document("4 2 8")) == (4, 2, 8)


@pytest.mark.parametrize("values", ["-4 0 6", "-1 -5 -3", "0 5 0 2", "-3 -3 -3"])
def test_zero_and_negative_values_make_bars_as_well_in_the_same_order(values: str) -> None:
    numbers = [float(v) for v in values.split()]

    bars = lead_series(document(values))

    assert all(bar > 0 for bar in bars)
    order = sorted(range(len(numbers)), key=lambda i: numbers[i])
    assert [bars[i] for i in order] == sorted(bars)


@pytest.mark.parametrize("values", ["1 2", "1 2 3 4 5 6 7 8 9 10", "0 0 0"])
def test_without_a_usable_series_there_is_a_cover_all_the_same(values: str) -> None:
    assert lead_series(document(values)) == FALLBACK_MOTIF


@pytest.mark.parametrize(
    ("values", "cover_data", "found"),
    [
        ("1 2 3", "fig-x", []),
        ("1 2 3", "fig-y", ["cover-data: no chart is labelled 'fig-y'"]),
        ("1 2", "fig-x", ["cover-data: 'fig-x' has 2 values; the cover shows 3 to 9"]),
    ],
)
def test_a_cover_that_cannot_be_made_of_what_is_named_is_reported(
    values: str, cover_data: str, found: list[str]
) -> None:
    log = Diagnostics()

    check_cover(document(values, cover_data), log)

    assert [d.message for d in log] == found
