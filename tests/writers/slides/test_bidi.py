"""Phrases that read against their line's direction."""

from __future__ import annotations

import pytest

from builder.deck.lines import set_lines
from builder.deck.measure import Ruler
from builder.deck.text import Run
from builder.units import Length
from builder.writers.slides.bidi import direction_of, phrases
from tests.deck.decks import layouts, theme

BODY = layouts()["bullets"].slots["body"].style


def divided(*words: str, rtl: bool) -> list[tuple[str, str]]:
    """Divide a line whose pieces are plain and strong by turns."""
    runs = [Run(text, bold=bool(turn % 2)) for turn, text in enumerate(words)]
    line = set_lines([(runs, BODY, BODY.size)], Length.from_inches(11), Ruler(theme()))[0]
    return [(way, "".join(p.text for p in phrase)) for way, phrase in phrases(line, rtl=rtl)]


@pytest.mark.parametrize(
    ("text", "direction"), [("one", "ltr"), ("מים", "rtl"), ("מים one", "both"), (" 12 – ", "")]
)
def test_letters_tell_the_direction(text: str, direction: str) -> None:
    assert direction_of(text) == direction


def test_an_english_phrase_on_a_hebrew_line_keeps_its_order() -> None:
    assert divided("Measuring ", "came first. ", "Then", rtl=True) == [
        ("ltr", "Measuring came first. Then")
    ]


def test_the_space_behind_a_phrase_is_the_lines_own() -> None:
    found = divided("one ", "two ", "מים", rtl=True)

    assert found == [("ltr", "one two"), ("", " "), ("", "מים")]


def test_a_line_in_one_direction_is_left_alone() -> None:
    assert divided("one ", "two ", "three", rtl=False) == [
        ("", "one "),
        ("", "two "),
        ("", "three"),
    ]
