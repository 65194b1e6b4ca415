"""Pieces of a line that read against the line's direction: they stay in their own order.

WeasyPrint sets each piece by itself, so an English phrase with a strong word in it would fall apart
on a line that is read from right to left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.deck.lines import Piece

FROM_RIGHT, FROM_LEFT = frozenset({"R", "AL"}), frozenset({"L"})


def direction_of(text: str) -> str:
    """Give "ltr" or "rtl" where all letters agree, "both" where not, "" where there are none."""
    kinds = {unicodedata.bidirectional(character) for character in text}
    left, right = bool(kinds & FROM_LEFT), bool(kinds & FROM_RIGHT)
    if left and right:
        return "both"
    return "ltr" if left else "rtl" if right else ""


def phrases(line: Sequence[Piece], *, rtl: bool) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Divide a line: each stretch with the direction that it is set in, "" for the line's own.

    A stretch against the line's direction begins and ends with letters of its own; what has none
    stands inside one or belongs to the line.
    """
    against = "ltr" if rtl else "rtl"
    rest = list(line)
    while rest:
        count = _reach(rest, against)
        if count > 1:
            *first, last = rest[:count]
            words = last.text.rstrip()
            yield against, (*first, replace(last, text=words))
            if words != last.text:  # the space behind a phrase is the line's own
                yield "", (replace(last, text=last.text[len(words) :]),)
        count = max(count, 1)
        if count == 1:
            yield "", (rest[0],)
        del rest[:count]


def _reach(pieces: Sequence[Piece], against: str) -> int:
    """Count the pieces of the stretch that begins here; 0: none does."""
    reach = 0
    for place, piece in enumerate(pieces, start=1):
        direction = direction_of(piece.text)
        if direction == against:
            reach = place
        elif direction or not reach:
            break
    return reach
