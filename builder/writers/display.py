"""Words set large: no word stands alone on the last line, and lines are of like width."""

from __future__ import annotations

from collections.abc import Sequence

from builder.document.nodes import Inlines, Text
from builder.theme.fonts import FontBook
from builder.theme.model import TextStyle
from builder.units import Length

SIGNS = ("\u2212", "-", "+", "~", "\u2248", "<", ">")
"""What before a number is as large as its digits."""

LONE_WORDS = 3
LONGEST_LONE = 12
NEAR = Length.from_pt(4)
"""How near to the narrowest width lines are balanced."""


def bound(content: Inlines) -> Inlines:
    """Bind the last word to the one before it, where both are part of a longer text."""
    if not content or not isinstance(last := content[-1], Text):
        return content
    if len(last.value.split()) <= LONE_WORDS:
        return content
    before, _, word = last.value.rstrip().rpartition(" ")
    if len(word) >= LONGEST_LONE:
        return content
    return (*content[:-1], Text(f"{before}\u00a0{word}", at=last.at))


def ends_alone(lines: Sequence[str]) -> bool:
    """Tell whether a single word stands on the last of several lines."""
    return len(lines) > 1 and len(lines[-1].split()) == 1


def balanced_width(
    words: str, book: FontBook, style: TextStyle, size: Length, *, room: Length, count: int
) -> Length:
    """Give the narrowest width at which words take `count` lines, so that none stands alone.

    A single word may be wider than that.
    """
    low, high = 0, int(room)
    while high - low > NEAR:
        middle = (low + high) // 2
        if len(book.lines(words, style, Length(middle), size)) <= count:
            high = middle
        else:
            low = middle
    return Length(high)


def parted_number(value: str) -> tuple[str, str, str]:
    """Part a key number's digits, and what is between them, from the smaller signs around them.

    "$250m" gives "$", "250", "m"; "9 → 5" is all digits, and so is what holds none.
    """
    digits = [at for at, character in enumerate(value) if character.isdigit()]
    if not digits:
        return "", value, ""
    first, last = digits[0], digits[-1] + 1
    if value[:first] in SIGNS:
        first = 0
    return value[:first], value[first:last], value[last:]
