"""Text measured in the theme's own fonts, so that labels never touch."""

from __future__ import annotations

from dataclasses import dataclass

from builder.theme.fonts import FontBook
from builder.theme.model import TextStyle
from builder.units import Length


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures and breaks text; all lengths in points, `size` 0: the style's own."""

    book: FontBook

    def width(self, text: str, style: TextStyle, *, size: float = 0.0) -> float:
        """Give the width of one line."""
        return self.book.width_of(text, style, _length(size)).pt

    def lines(
        self, text: str, style: TextStyle, room: float, *, size: float = 0.0
    ) -> tuple[str, ...]:
        """Break text into lines of at most `room`; a longer word stays whole."""
        return self.book.lines(text, style, Length.from_pt(room), _length(size))

    def hard_lines(
        self, text: str, style: TextStyle, room: float, *, size: float = 0.0
    ) -> tuple[str, ...]:
        """Break text into lines of at most `room`; a longer word is cut, letter by letter."""
        lines: list[str] = []
        for line in self.lines(text, style, room, size=size):
            rest = line
            while len(rest) > 1 and self.width(rest, style, size=size) > room:
                count = len(rest) - 1
                while count > 1 and self.width(rest[:count], style, size=size) > room:
                    count -= 1
                lines.append(rest[:count])
                rest = rest[count:]
            lines.append(rest)
        return tuple(lines)

    def widest(self, texts: tuple[str, ...], style: TextStyle, *, size: float = 0.0) -> float:
        """Give the width of the widest of several lines; none: 0."""
        return max((self.width(t, style, size=size) for t in texts), default=0.0)


def _length(size: float) -> Length | None:
    return Length.from_pt(size) if size else None
