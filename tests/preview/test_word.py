"""The Word pane's places: each block reaches to the next one on its page."""

from __future__ import annotations

from builder.preview.notices import Spot
from builder.preview.word import _spots


def test_each_block_reaches_to_the_next_one_and_the_last_to_the_foot() -> None:
    found = list(_spots([(75.0, "a.md:1"), (25.0, "a.md:9")], 100.0))

    assert found == [Spot("a.md:1", 0.0, 0.25, 1.0, 0.5), Spot("a.md:9", 0.0, 0.75, 1.0, 0.25)]


def test_a_page_on_which_no_block_begins_has_no_places() -> None:
    assert list(_spots([], 100.0)) == []
