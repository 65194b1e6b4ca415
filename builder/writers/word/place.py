"""What the functions that write share: the document's growing parts, and where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from builder.diagnostics import Diagnostics
from builder.document.nodes import Blocks, Document, Note
from builder.theme.fonts import FontBook
from builder.theme.model import Page, TextStyle, Theme
from builder.units import Length
from builder.writers.word.bookmarks import Bookmarks
from builder.writers.word.languages import right_to_left
from builder.writers.word.numbering import Numbering
from builder.writers.word.parts import Parts, TextPart
from builder.writers.word.styles import StyleSheet
from builder.writers.word.xml import Element


@dataclass(slots=True)
class Writing:
    """One document being written: what is given, and what grows."""

    document: Document
    theme: Theme
    page: Page
    sheet: StyleSheet
    fonts: FontBook
    log: Diagnostics
    read: Callable[[PurePosixPath], bytes]
    labels: frozenset[str]
    numbering: Numbering
    write: Callable[[Blocks, Place], list[Element]]  # writes blocks; boxes and lists hold some
    parts: Parts = field(default_factory=Parts)
    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    notes: list[Note] = field(default_factory=list)  # footnotes called so far, in order
    called_again: frozenset[tuple[str, str]] = frozenset()  # notes that are called twice or more
    calls: dict[tuple[str, str], int] = field(default_factory=dict)  # the first calls of these
    drawings: int = 0
    written: dict[int, list[Element]] = field(default_factory=dict)  # by the identity of blocks
    draft: bool = False  # a watermark on every page, and numbered lines

    def word(self, key: str, otherwise: str) -> str:
        """Give a fixed word in the document's language."""
        return self.document.words.get(key, otherwise)

    def next_drawing(self) -> int:
        """Give a number that no drawing of the document has yet."""
        self.drawings += 1
        return self.drawings


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks are being written: in which part, style and measure."""

    writing: Writing
    part: TextPart
    style: str = "BodyText"
    left: Length = Length(0)  # where the measure begins, from the container's edge
    width: Length = Length(0)  # the measure
    full: Length = Length(0)  # from the container's edge to its other edge
    list_left: Length = Length(0)  # where lists of the first level begin
    level: int = 0  # how deep in lists
    lang: str = ""
    in_note: bool = False
    boxed: bool = False  # inside a cell: nothing floats there, and what is wide is not wider

    @property
    def theme(self) -> Theme:
        """The theme."""
        return self.writing.theme

    @property
    def text(self) -> TextStyle:
        """The text style of the place's paragraphs."""
        return self.writing.sheet.text(self.style)

    @property
    def rtl(self) -> bool:
        """Whether paragraphs here run from right to left."""
        return right_to_left(self.lang or self.writing.document.meta.language)

    @property
    def mirrored(self) -> bool:
        """Whether the document runs from right to left, and its side column is at the right."""
        return right_to_left(self.writing.document.meta.language)

    @property
    def against(self) -> bool:
        """Whether paragraphs here run against the document's direction."""
        return self.rtl != self.mirrored

    def spot(self, *, wide: bool) -> tuple[Length, Length]:
        """Give where a table or figure begins, and its width: the measure, or the full block."""
        return (Length(0), self.full) if wide else (self.left, self.width)

    def table_spot(self, *, wide: bool = False) -> tuple[Length, Length]:
        """Give where a table begins, from the left, and its width.

        Tables from right to left span the full block: Word counts their indent from the right,
        LibreOffice from the left.
        """
        left, width = self.spot(wide=wide or self.rtl)
        return (Length(self.full - left - width) if self.against else left), width

    def blocks(self, blocks: Blocks) -> list[Element]:
        """Write blocks here."""
        return self.writing.write(blocks, self)

    def styled(self, style: str) -> Place:
        """Give the place with another style for its paragraphs."""
        return replace(self, style=style)

    def inside(self, style: str, width: Length, *, boxed: bool = True) -> Place:
        """Give the place in a cell or box of this width."""
        zero = Length(0)
        return replace(
            self,
            style=style,
            left=zero,
            width=width,
            full=width,
            list_left=zero,
            level=0,
            boxed=boxed,
        )
