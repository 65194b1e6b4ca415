"""How tall everything is: lines are broken as measured, and rows, rules and notes added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.units import Length
from builder.writers.word.place import Writing
from builder.writers.word.written import (
    BOX_STYLE,
    CELL,
    EXTENT,
    INLINE,
    KEEP_NEXT,
    MARK_SIZE,
    ROW,
    TABLE,
    VALUE,
    P,
    calls,
    own_spacing,
    style_of,
    words,
)
from builder.writers.word.xml import Element, qualified

LEAST_LINES = 2
"""Lines of a paragraph that do not stand on a page without the others."""

SINGLE = 12.0
"""What single leading is written as, where lines are as high as their font."""


@dataclass(frozen=True, slots=True)
class Block:
    """What an element takes of a page, in points; the spaces of neighbours are not added up."""

    before: float
    height: float
    after: float
    lines: int = 0  # of a paragraph of text; 0: it does not split
    leading: float = 0.0


class Heights:
    """Reckons what elements take of a page; it remembers, as they are laid out several times."""

    def __init__(self, writing: Writing, notes: Sequence[Element]) -> None:
        self.writing = writing
        self._paragraphs: dict[tuple[Element, float | None], Block] = {}
        self._rows: dict[Element, float] = {}
        self._calls: dict[Element, list[tuple[int, float]]] = {}
        paragraphs = ([self.paragraph(p) for p in note.iter(P)] for note in notes)
        self._notes = [stacked(blocks) for blocks in paragraphs]

    def forget(self, paragraph: Element) -> None:
        """Forget a paragraph of the main column whose spacing has been changed."""
        self._paragraphs.pop((paragraph, None), None)

    def block(self, element: Element) -> Block:
        """Give what a paragraph or table takes; other elements take nothing."""
        if element.tag == TABLE:
            return Block(0.0, sum(self.row(row) for row in element.iterchildren(ROW)), 0.0)
        if element.tag == P:
            return self.paragraph(element)
        return Block(0.0, 0.0, 0.0)

    def least(self, element: Element) -> Block:
        """Give what of an element must stand with what it is kept with."""
        if element.tag == TABLE:
            rows = list(element.iterchildren(ROW))[:2]
            return Block(0.0, sum(self.row(row) for row in rows), 0.0)
        block = self.block(element)
        least = min(block.height, LEAST_LINES * block.leading) if block.lines else block.height
        return replace(block, height=least)

    def row(self, row: Element) -> float:
        """Give the height of a table's row."""
        if row not in self._rows:
            self._rows[row] = self._row_height(row)
        return self._rows[row]

    def paragraph(self, paragraph: Element, measure: float | None = None) -> Block:
        """Give what a paragraph takes: set in the main column, or in a `measure` in points."""
        key = paragraph, measure
        if key not in self._paragraphs:
            self._paragraphs[key] = self._reckon(paragraph, measure)
        return self._paragraphs[key]

    def notes_of(self, element: Element, *, behind: float = 0.0, until: float = 1.0) -> float:
        """Give the height of the notes that a part of an element calls."""
        if element not in self._calls:
            self._calls[element] = calls(element)
        return sum(
            self._notes[number - 1]
            for number, share in self._calls[element]
            if (behind < share or not behind) and share <= until
        )

    def keeps(self, paragraph: Element) -> bool:
        """Tell whether a paragraph stands on a page with the next one."""
        own = paragraph.find(KEEP_NEXT)
        if own is not None:
            return own.get(VALUE) != "0"
        return bool(self.writing.sheet.look(style_of(paragraph)).keep_next)

    def rules(self, style_id: str) -> float:
        """Give what the rules above and below paragraphs of a style take."""
        sheet = self.writing.sheet
        return Length(sheet.rule(style_id, "top") + sheet.rule(style_id, "bottom")).pt

    def _row_height(self, row: Element) -> float:
        table = row.getparent()
        boxed = table is not None and table.find(BOX_STYLE) is not None
        pad = self.writing.theme.box_padding.pt
        across, down = (2 * pad, 1.8 * pad) if boxed else (12.0, 8.0)
        tallest = 0.0
        for cell in row.iterchildren(CELL):
            width = cell.find(f"{qualified('w:tcPr')}/{qualified('w:tcW')}")
            measure = int(width.get(qualified("w:w"), "0")) / 20 if width is not None else 100.0
            blocks = [self.paragraph(p, measure - across) for p in cell.iter(P)]
            tallest = max(tallest, stacked(blocks) + down)
        return tallest

    def _reckon(self, paragraph: Element, measure: float | None) -> Block:
        style_id = style_of(paragraph)
        look = self.writing.sheet.look(style_id)
        left, right = (look.left or Length(0)).pt, (look.right or Length(0)).pt
        if measure is None:
            measure = self.writing.page.block.pt - left - right
        extents = (inline.find(EXTENT) for inline in paragraph.iter(INLINE))
        drawn = [Length(int(e.get("cy", "0"))).pt for e in extents if e is not None]
        own = own_spacing(paragraph)
        leading = own.get("line") or self._leading(style_id)
        lines = self._line_count(paragraph, style_id, measure)
        picture = bool(drawn) and max(drawn) > leading
        height = max(drawn) if picture else lines * leading + self._number(paragraph, leading)
        return Block(
            own.get("before", (look.before or Length(0)).pt),
            self.rules(style_id) + height,
            own.get("after", (look.after or Length(0)).pt),
            0 if picture else lines,
            leading,
        )

    def _leading(self, style_id: str) -> float:
        sheet = self.writing.sheet
        look, text = sheet.look(style_id), sheet.text(style_id)
        leading = (look.leading or text.leading).pt
        if look.leading_rule != "auto":
            return leading
        return leading / SINGLE * sum(self.writing.fonts.extents(text.face)) * text.size.pt

    def _number(self, paragraph: Element, leading: float) -> float:
        """Give what a number that is larger than its title adds to the height of the first line."""
        mark = paragraph.find(MARK_SIZE)
        if mark is None:
            return 0.0
        role = self.writing.theme.styles["opener_num"]
        size = int(mark.get(VALUE, "0")) / 2
        part = (self.writing.sheet.look(style_of(paragraph)).leading or Length(0)).pt / SINGLE
        return max(0.0, part * sum(self.writing.fonts.extents(role.face)) * size - leading)

    def _line_count(self, paragraph: Element, style_id: str, measure: float) -> int:
        said = "".join(words(paragraph))
        width = Length.from_pt(max(measure, 20.0))
        text = self.writing.sheet.text(style_id)
        count = self.writing.fonts.line_count
        return sum(max(1, count(part, text, width)) for part in said.split("\n"))


def stacked(blocks: Sequence[Block]) -> float:
    """Give the height of blocks one above the other: of two spaces the larger one counts."""
    height, after = 0.0, 0.0
    for block in blocks:
        height += max(after, block.before) + block.height
        after = block.after
    return height + after
