"""Places in works, as people type them."""

from __future__ import annotations

import pytest

from builder.bibliography.locators import Place, parse_locator


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("3", Place("page", "3")),
        ("p. 3", Place("page", "3")),
        ("pp. 3-5", Place("page", "3-5")),
        ("pp. 3 – 5", Place("page", "3-5")),
        ("pp. 3, 7", Place("page", "3, 7")),
        ("xii", Place("page", "xii")),
        ("ch. 2", Place("chapter", "2")),
        ("Chapter IV", Place("chapter", "IV")),
        ("vol. 2", Place("volume", "2")),
        ("sec. 8.49(b)", Place("section", "8.49(b)")),
        ("§ 12", Place("section", "12")),
        ("§12", Place("section", "12")),
        ("n. 47", Place("note", "47")),
        ("S. 12", Place("page", "12")),
        ("с. 12", Place("page", "12")),
    ],
)
def test_a_place_is_known_by_its_word(typed: str, place: Place) -> None:
    assert parse_locator(typed) == place


@pytest.mark.parametrize("typed", ["passim", "Introduction", "emphasis added", "MR 86-462", ""])
def test_other_words_are_no_place(typed: str) -> None:
    assert parse_locator(typed) is None
