"""Font files at hand: what they can show, and how wide text is in one of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz

MOST_WIDTHS = 50_000
"""How many texts' widths are kept of one font, in a process."""


@dataclass(frozen=True, slots=True)
class OpenedFont:
    """A font file at hand, with the widths measured so far in its own units."""

    name: str  # of the file as it is now: no other one has it
    font: uharfbuzz.Font
    em: int
    characters: frozenset[int]
    shown: frozenset[str]  # the same characters
    widths: dict[str, int]

    def advance(self, text: str) -> int:
        """Give a text's width in the font's units; it is measured once."""
        known = self.widths.get(text)
        if known is None:
            if len(self.widths) >= MOST_WIDTHS:  # a process that builds for days stays small
                self.widths.clear()
            known = self.widths[text] = _shape(text, self.font)
        return known


@lru_cache(maxsize=64)
def open_font(path: Path, index: int, changed: int) -> OpenedFont:
    """Open a font file; `changed` is its time, so that another file of its name is opened anew."""
    import uharfbuzz

    blob = uharfbuzz.Blob.from_file_path(str(path))
    font = uharfbuzz.Font(uharfbuzz.Face(blob, index))
    characters = frozenset(font.face.unicodes)
    name = f"{path}:{index}:{changed}"
    return OpenedFont(name, font, font.face.upem, characters, frozenset(map(chr, characters)), {})


def _shape(text: str, font: uharfbuzz.Font) -> int:
    """Give a text's advance width in the font's units, with kerning and ligatures."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"kern": True, "liga": True})
    return sum(position.x_advance for position in buffer.glyph_positions or ())
