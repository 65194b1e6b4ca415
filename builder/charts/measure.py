"""Text measured in the theme's own fonts, so that labels never touch."""

from __future__ import annotations

from dataclasses import dataclass

from builder.theme.fonts import FontBook
from builder.theme.model import TextStyle
from builder.units import Length


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures and breaks text; all lengths in points."""

    book: FontBook

    def width(self, text: str, style: TextStyle, *, size: float = 0.0, bold: bool = False) -> float:
        """Give the width of one line; `size` 0: the style's own."""
        length = Length.from_pt(size) if size else style.size
        return sum(
            self.book.width(segment.text, segment.face, length, style.tracking).pt
            for segment in self.book.segments(text, style, bold=bold)
        )

    def lines(
        self, text: str, style: TextStyle, room: float, *, size: float = 0.0, bold: bool = False
    ) -> tuple[str, ...]:
        """Break text between words into lines of at most `room`; a longer word stays whole."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, style, size=size, bold=bold) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(lines)

    def widest(
        self, texts: tuple[str, ...], style: TextStyle, *, size: float = 0.0, bold: bool = False
    ) -> float:
        """Give the width of the widest of several lines; none: 0."""
        return max((self.width(t, style, size=size, bold=bold) for t in texts), default=0.0)
