"""The decks that the benchmark measures are what it says they are."""

from __future__ import annotations

import pytest

from benchmarks.deck import deck, measure
from builder.document.nodes import Chart
from builder.document.walk import every
from tests.deck.decks import theme


@pytest.mark.parametrize(("count", "charts"), [(25, 5), (50, 10)])
def test_a_deck_has_the_slides_and_charts_that_are_asked_for(count: int, charts: int) -> None:
    assert len(list(every(deck(count, charts), Chart))) == charts
    assert measure(count, charts, theme()).slides == count
