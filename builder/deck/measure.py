"""How high text stands in a slot, in the theme's own fonts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from builder.deck.layout import Placeholder
from builder.deck.text import Run, SlideParagraph
from builder.theme.fonts import FontBook
from builder.theme.lines import Run as Measured
from builder.theme.model import FontFamily, TextStyle, Theme
from builder.units import Length

LIST_HANG = Length.from_inches(0.25)
NESTED_STEP = Length.from_pt(2)
SCRIPT_SIZE = 0.66
SAFETY = 0.99
NUMBER = 8
"""Letters that a big number may have; what is longer is words, and set smaller."""
WORDS = 0.63
GLYPH = 0.8  # of the size: what a line may lose where a word is broken anywhere


EM = Length.from_pt(100)
_Words = tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """What text takes up."""

    lines: int
    height: Length


class Ruler:
    """Measures slide text; paragraphs in, lines and heights out."""

    def __init__(self, theme: Theme, book: FontBook | None = None) -> None:
        self.theme = theme
        self.book = book or FontBook(theme)
        self._known: dict[tuple[tuple[Run, ...], int], tuple[TextStyle, _Words]] = {}

    def extent(
        self,
        paragraphs: Sequence[SlideParagraph],
        slot: Placeholder,
        size: Length,
        width: Length,
    ) -> Extent:
        """Measure paragraphs in a slot at a size, in lines of at most `width`."""
        lines, height = 0, 0.0
        for place, paragraph in enumerate(paragraphs):
            style, own = paragraph_look(paragraph, slot, size, self.theme)
            room = Length(width - indent(paragraph, slot))
            count = self.count(paragraph.runs, style, own, room)
            lines += count
            height += count * leading(style, own)
            if place < len(paragraphs) - 1:
                height += after(paragraph, style, own, slot)
        return Extent(lines, Length(math.ceil(height)))

    def count(self, runs: Sequence[Run], style: TextStyle, size: Length, width: Length) -> int:
        """Count the lines that runs take; a word wider than the line is broken anywhere."""
        return max(1, self._broken(runs, style, size, width, SAFETY)[0])

    def last_words(
        self, runs: Sequence[Run], style: TextStyle, size: Length, width: Length
    ) -> tuple[float, ...]:
        """Give the widths of the last word and the one before it, where the last has a line alone.

        Nothing where more than one word stands there, or where there is one line only. Lines are
        reckoned with and without the reserve: who shows the slide may break at either.
        """
        parts = self._words(tuple(runs), style)
        if not parts or len(parts[-1]) < 2:
            return ()
        reckoned = [self._broken(runs, style, size, width, share) for share in (SAFETY, 1.0)]
        if not any(alone and lines > 1 for lines, alone in reckoned):
            return ()
        before, last = parts[-1][-2:]
        return before[0] * size, last[1] * size

    def _broken(
        self, runs: Sequence[Run], style: TextStyle, size: Length, width: Length, share: float
    ) -> tuple[int, bool]:
        """Break runs into lines: how many, and whether the last is a single word."""
        room = width * share
        total, words = 0, 0
        for part in self._words(tuple(runs), style):
            total += 1
            used, words = 0.0, 0
            for advance, visible in part:
                if used and used + visible * size > room:
                    total += 1
                    used, words = 0.0, 0
                if visible * size > room:
                    total += math.ceil(visible * size / max(width - size * GLYPH, size)) - 1
                used += advance * size
                words += 1
        return total, words == 1

    def width(self, runs: Sequence[Run], style: TextStyle, size: Length) -> Length:
        """Give the width of runs on one line."""
        words = [word for part in self._words(tuple(runs), style) for word in part]
        spaces = sum(advance for advance, _ in words[:-1])
        return Length(round((spaces + (words[-1][1] if words else 0)) * size))

    def longest_word(self, runs: Sequence[Run], style: TextStyle, size: Length) -> Length:
        """Give the width of the widest word."""
        words = [word for part in self._words(tuple(runs), style) for word in part]
        return Length(round(max((visible for _, visible in words), default=0) * size))

    def _words(self, runs: tuple[Run, ...], style: TextStyle) -> _Words:
        """Give the widths of words, in em: with and without the space behind, by hard lines."""
        key = (runs, id(style))
        found = self._known.get(key)
        if found is None:
            made = tuple(self._measured_words(part, style) for part in _hard_lines(runs))
            self._known[key] = found = (style, made)
        return found[1]

    def _measured_words(
        self, runs: Sequence[Run], style: TextStyle
    ) -> tuple[tuple[float, float], ...]:
        made: list[tuple[float, float]] = []
        for word in self.book.wrap(self.measured(runs, style, EM), Length(1)):
            used, visible = self.advances(word)
            made.append((used / EM, visible / EM))
        return tuple(made)

    def measured(self, runs: Sequence[Run], style: TextStyle, size: Length) -> list[Measured]:
        """Give runs in the faces that will show them."""
        return [part for run in runs for part, _ in self.segments(run, style, size)]

    def segments(
        self, run: Run, style: TextStyle, size: Length
    ) -> tuple[tuple[Measured, FontFamily], ...]:
        """Give one run in the faces that will show it, each with its typeface."""
        look = self.theme.styles["code"] if run.code else style
        shown = Length(round(size * SCRIPT_SIZE)) if run.script else size
        text = run.text.upper() if style.caps else run.text
        return tuple(
            (Measured(part.text, part.face, shown, style.tracking), part.family)
            for part in self.book.segments(text, look, bold=run.bold, italic=run.italic)
        )

    def advances(self, parts: Sequence[Measured]) -> tuple[int, int]:
        """Give the width of text on one line, and the same without the spaces at its end."""
        whole = sum(self.book.width(r.text, r.face, r.size, r.tracking) for r in parts)
        return whole, whole - _trailing(parts, self.book)


def _hard_lines(runs: Sequence[Run]) -> list[list[Run]]:
    """Divide runs at hard line breaks."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    return lines


def paragraph_look(
    paragraph: SlideParagraph, slot: Placeholder, size: Length, theme: Theme
) -> tuple[TextStyle, Length]:
    """Give a paragraph's style and size, where the slot's text has `size`."""
    if paragraph.kind == "head" and slot.head is not None:
        if slot.head.size <= slot.style.size:
            return slot.head, slot.head.size
        ratio = min(1.0, size / slot.style.size)
        if sum(len(run.text) for run in paragraph.runs) > NUMBER:
            ratio *= WORDS
        scaled = Length(_whole(slot.head.size * ratio))
        return slot.head, max(scaled, slot.head.minimum)
    if paragraph.depth and paragraph.kind in ("bullet", "number"):
        least = min(size, slot.style.minimum or size)
        return slot.style, max(Length(size - NESTED_STEP), least)
    return slot.style, size


def leading(style: TextStyle, size: Length) -> Length:
    """Give the distance of lines at a size, to half a point."""
    points = style.leading.pt * size / style.size
    return Length.from_pt(math.ceil(points * 2 - 0.01) / 2)


def after(paragraph: SlideParagraph, style: TextStyle, size: Length, slot: Placeholder) -> Length:
    """Give the space below a paragraph, to half a point."""
    if paragraph.kind == "code":
        return Length(0)
    space = style.after.pt * size / style.size
    if paragraph.depth and not paragraph.ends:
        space /= 2
    return Length.from_pt(round(space * 2) / 2)


def indent(paragraph: SlideParagraph, slot: Placeholder) -> Length:
    """Give how far a paragraph's text stands from the slot's left edge."""
    hang = slot.bullet.hang if slot.bullet else LIST_HANG
    if paragraph.kind in ("bullet", "number"):
        return Length(hang * (paragraph.depth + 1))
    return Length(hang * paragraph.depth)


def _whole(size: float) -> int:
    return Length.from_pt(max(1, round(size / Length.from_pt(1))))


def _trailing(line: Sequence[Measured], book: FontBook) -> int:
    """Give the width of the spaces at a line's end."""
    if not line:
        return 0
    last = line[-1]
    shorter = last.text.rstrip(" \n")
    if shorter == last.text:
        return 0
    full = book.width(last.text, last.face, last.size, last.tracking)
    return full - book.width(shorter, last.face, last.size, last.tracking)
