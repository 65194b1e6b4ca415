"""Slide text broken into lines as a reader of the deck breaks it, each stretch in its font.

Fitting reckons with a little less than a slot's width, so that no reader's lines run over; here all
of it counts, as it does for the program that shows the deck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.deck.layout import Placeholder
from builder.deck.measure import Ruler, after, indent, leading, paragraph_look
from builder.deck.text import Run, SlideParagraph
from builder.theme.lines import Run as Measured
from builder.theme.model import Face, FontFamily, TextStyle
from builder.units import Length


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line in one font and one look."""

    text: str
    face: Face
    family: FontFamily
    size: Length
    style: TextStyle
    run: Run

    @property
    def measured(self) -> Measured:
        """The piece as the fonts measure it."""
        return Measured(self.text, self.face, self.size, self.style.tracking)


NONE = Length(0)
Line = tuple[Piece, ...]
Span = tuple[Sequence[Run], TextStyle, Length]
"""Runs in a style and a size."""


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """A paragraph with its lines."""

    paragraph: SlideParagraph
    lines: tuple[Line, ...]
    style: TextStyle
    size: Length
    leading: Length
    indent: Length
    after: Length  # the space below it

    @property
    def height(self) -> Length:
        """The height of its lines."""
        return Length(self.leading * len(self.lines))


def set_paragraphs(
    given: Sequence[SlideParagraph],
    slot: Placeholder,
    size: Length,
    width: Length,
    ruler: Ruler,
    *,
    spread: Length = NONE,
) -> tuple[SetParagraph, ...]:
    """Break a slot's paragraphs into lines; `spread` is added below each of them."""
    made = []
    for paragraph in given:
        style, own = paragraph_look(paragraph, slot, size, ruler.theme)
        room = Length(width - indent(paragraph, slot))
        below = Length(after(paragraph, style, own, slot) + spread)
        lines = set_lines([(paragraph.runs, style, own)], room, ruler)
        distance = leading(style, own)
        made.append(
            SetParagraph(paragraph, lines, style, own, distance, indent(paragraph, slot), below)
        )
    return tuple(made)


def set_label(first: Span, *more: Span, width: Length, ruler: Ruler) -> SetParagraph:
    """Break the text of a label or table cell into lines; their distance is the first span's."""
    lines = set_lines((first, *more), width, ruler)
    zero = Length(0)
    said, style, size = first
    paragraph = SlideParagraph(tuple(said))
    return SetParagraph(paragraph, lines, style, size, leading(style, size), zero, zero)


def text_height(paragraphs: Sequence[SetParagraph]) -> Length:
    """Give the height of paragraphs with the spaces between them."""
    total = sum(p.height + p.after for p in paragraphs)
    return Length(total - paragraphs[-1].after) if paragraphs else Length(0)


def set_lines(spans: Sequence[Span], width: Length, ruler: Ruler) -> tuple[Line, ...]:
    """Break text into lines of at most `width`; a word wider than a line is broken anywhere.

    Spaces at a line's end stay with it. No text: one empty line.
    """
    made: list[Line] = []
    for pieces in _hard_lines(spans, ruler):
        made += [_cut(pieces, start, end) for start, end in _ends(pieces, width, ruler)]
    return tuple(made)


def _hard_lines(spans: Sequence[Span], ruler: Ruler) -> list[list[Piece]]:
    """Give the text as pieces, divided at hard line breaks."""
    lines: list[list[Piece]] = [[]]
    for runs, style, size in spans:
        for run in runs:
            if run.text == "\n":
                lines.append([])
                continue
            for part, family in ruler.segments(run, style, size):
                lines[-1].append(Piece(part.text, part.face, family, part.size, style, run))
    return lines


def _ends(pieces: Sequence[Piece], width: Length, ruler: Ruler) -> list[tuple[int, int]]:
    """Give where each line begins and ends, counted in characters."""
    lines: list[tuple[int, int]] = []
    start = end = 0
    used = 0.0
    for word in ruler.book.wrap([piece.measured for piece in pieces], Length(1)):
        length = sum(len(run.text) for run in word)
        advance, visible = ruler.advances(word)
        if used and used + visible > width:
            lines.append((start, end))
            start, used = end, 0.0
        while visible > width and length > 1:
            count = _fitting(pieces, end, length, width, ruler)
            lines.append((start, end + count))
            start = end = end + count
            length -= count
            rest = [piece.measured for piece in _cut(pieces, end, end + length)]
            advance, visible = ruler.advances(rest)
        end += length
        used += advance
    lines.append((start, end))
    return lines


def _fitting(pieces: Sequence[Piece], start: int, length: int, width: Length, ruler: Ruler) -> int:
    """Count the characters of a long word that fit on a line; one at least."""
    count = 1
    while count < length - 1:
        part = [piece.measured for piece in _cut(pieces, start, start + count + 1)]
        if ruler.advances(part)[1] > width:
            break
        count += 1
    return count


def _cut(pieces: Sequence[Piece], start: int, end: int) -> Line:
    """Give the pieces between two characters."""
    made: list[Piece] = []
    place = 0
    for piece in pieces:
        first, last = max(start - place, 0), min(end - place, len(piece.text))
        if first < last:
            made.append(replace(piece, text=piece.text[first:last]))
        place += len(piece.text)
    return tuple(made)
