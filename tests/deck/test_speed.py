"""Decks are quick, and twice the slides take twice the time."""

from __future__ import annotations

from benchmarks.deck import LIMIT, measure
from tests.deck.decks import theme


def test_25_slides_with_5_charts_stay_within_the_limit() -> None:
    found = measure(25, 5, theme())

    assert found.slides == 25
    assert found.seconds <= LIMIT


def test_time_grows_as_the_slides_do() -> None:
    few, many = measure(50, 10, theme()), measure(200, 40, theme())

    assert many.slides == 4 * few.slides
    assert many.seconds <= 6 * few.seconds
