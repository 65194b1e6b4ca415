"""On which page everything falls: an estimate from measured lines, for the contents.

Word counts anew when its reader asks; until then these are the numbers shown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

from builder.units import Length
from builder.writers.word.parting import is_turned
from builder.writers.word.place import Writing
from builder.writers.word.written import (
    BOX_STYLE,
    CELL,
    CONTENT_CONTROL,
    EXTENT,
    FRAME,
    INLINE,
    KEEP_NEXT,
    MARK_SIZE,
    PAGE_BREAK,
    ROW,
    STYLE,
    TABLE,
    VALUE,
    P,
    calls,
    is_whole,
    is_wide,
    names,
    own_spacing,
    words,
)
from builder.writers.word.xml import Element, qualified

EMU_PER_POINT = 12700
CLEAR = 7.5
"""Points between a side box and what spans the full block below it."""

NO_BOX = -math.inf
"""What is left of a side box where there is none."""

ACROSS = ("Caption", "Rule")
"""Styles of paragraphs that span the full block, and may not begin beside a side box."""

LEAST_LINES = 2
"""Lines of a paragraph that do not stand on a page without the others."""

SINGLE = 12.0
"""What single leading is written as, where lines are as high as their font."""

SEPARATOR = 11.0
"""Points that the line above a page's first footnote takes."""


@dataclass(slots=True)
class Counted:
    """The page of every bookmark, how many pages there are, and what was left empty where.

    Heights and gaps are in points, by bookmark: of a paragraph with its notes, and of the room that
    was left on a page because what the bookmark is of had to go to the next one. Overlaps are
    captions and rules over the full block that begin beside a box, with what is left of its height.
    """

    pages: dict[str, int] = field(default_factory=dict)
    heights: dict[str, float] = field(default_factory=dict)
    gaps: dict[str, float] = field(default_factory=dict)
    overlaps: list[tuple[Element, float]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # the page that each leaf begins on
    lengths: list[float] = field(default_factory=list)  # of what each leaf holds, in pages
    forms: list[list[Element]] = field(default_factory=list)  # what each leaf is made of in the end
    running_on: list[Element] = field(default_factory=list)  # rules of sections that begin no page
    total: int = 0

    def copy(self) -> Counted:
        """Give a copy that does not change with this one."""
        parts = {f.name: getattr(self, f.name) for f in fields(self)}
        return Counted(**{n: v if n == "total" else v.copy() for n, v in parts.items()})


@dataclass(frozen=True, slots=True)
class _Block:
    """What an element takes of a page, in points; the spaces of neighbours are not added up."""

    before: float
    height: float
    after: float
    lines: int = 0  # of a paragraph of text; 0: it does not split
    leading: float = 0.0


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What has been reckoned of elements that are laid out several times."""

    paragraphs: dict[tuple[Element, float | None], _Block] = field(default_factory=dict)
    rows: dict[Element, float] = field(default_factory=dict)
    calls: dict[Element, list[tuple[int, float]]] = field(default_factory=dict)
    notes: list[float] = field(default_factory=list)

    def forget(self, paragraph: Element) -> None:
        """Forget a paragraph of the main column whose spacing has been changed."""
        self.paragraphs.pop((paragraph, None), None)


class Counter:
    """Goes through the document with the height that is used of the page at hand."""

    def __init__(self, writing: Writing, notes: Sequence[Element], reckoned: Reckoned) -> None:
        self.writing = writing
        self.reckoned = reckoned
        if not reckoned.notes:
            paragraphs = ([self._paragraph(p, None) for p in note.iter(P)] for note in notes)
            reckoned.notes.extend(map(_stacked, paragraphs))
        self.notes = reckoned.notes
        self.counted = Counted()
        self.page, self.used, self.room = 0, 0.0, 0.0
        self.after = 0.0  # space behind what is on the page
        self.foot = 0.0  # height of the page's footnotes
        self.box = NO_BOX  # height of the side box that the text has not yet passed
        self.held: list[Element] = []
        self.opens = False  # nothing is on a page that was begun on purpose
        self.turned = False  # the page at hand is in landscape: what comes next begins another
        self.framing = False  # what came last is a part of a side box
        self.current: Element | None = None  # what is being placed
        self.heads: dict[int, Element] = {}  # what stands at the top of each page
        self.left: dict[int, float] = {}  # the room that was left at the foot of each page
        self._edge = float(round(writing.theme.box_padding.pt * 0.8))

    def begin(self, bleeds: bool) -> None:
        """Begin a page."""
        page = self.writing.page
        height = page.height if bleeds else page.height - page.top - page.bottom
        self.room = height / EMU_PER_POINT
        self._turn()
        self.opens = True

    def run_on(self, space: float) -> None:
        """Leave a space on the page at hand, at least."""
        self.after = max(self.after, space)
        self.box = NO_BOX

    def go_back(self, counted: Counted, page: int) -> None:
        """Take back everything that was put since then."""
        self.counted, self.page, self.held = counted.copy(), page, []
        for kept in (self.heads, self.left):
            for later in [p for p in kept if p > page]:
                del kept[later]

    def place(self) -> float:
        """Give how far into the document the counter is, in pages."""
        return self.page + (self.used + self.foot) / self.room

    def put(self, element: Element) -> None:
        """Take an element; what is kept with the next one waits for it."""
        if element.tag == CONTENT_CONTROL:
            for inner in element.iter(P):
                self.put(inner)
            return
        if is_turned(element):
            self._put_turned(element)
            return
        if element.find(FRAME) is not None:
            self.settle()
            self._put_framed(element)
            return
        self.framing = False
        self.held.append(element)
        if self.keeps(element) if element.tag == P else is_whole(element):
            return
        self.settle()

    def _put_framed(self, element: Element) -> None:
        """Take a paragraph of a side box, which text flows around."""
        theme, style = self.writing.theme, self._style(element)
        block = self._paragraph(element, theme.grid.side.pt - 2 * self._edge)
        edges = self.writing.sheet.rule(style, "top") + self.writing.sheet.rule(style, "bottom")
        if not self.framing:  # its paragraphs have one edge together
            self.box = Length(edges).pt
        self.framing = True
        self.box += block.before + block.height - Length(edges).pt
        self._mark(element)

    def _put_turned(self, wrapper: Element) -> None:
        """Lay out pages in landscape between upright ones."""
        self.settle()
        page, upright = self.writing.page, self.room
        self.counted.gaps |= dict.fromkeys(names(wrapper), upright - self.used - self.foot)
        self.room = (page.width - page.top - page.bottom) / EMU_PER_POINT
        self._turn()
        for element in wrapper:
            self.put(element)
        self.settle()
        self.room = upright
        self.turned = True

    def settle(self) -> None:
        """Place what waits, together on one page where that is possible."""
        group, self.held = self.held, []
        if not group:
            return
        if self.turned:
            self._turn()
        blocks = [self._block(element) for element in group]
        last = self._least(group[-1], blocks[-1])
        needed = self._space(blocks[0].before) + _stacked([*blocks[:-1], last]) - blocks[0].before
        needed += sum(self._notes_of(element) for element in group[:-1])
        gap = self.room - self.used - self.foot
        if needed > gap and self.used > 0:
            self.counted.gaps |= dict.fromkeys(names(group[0]), gap)
            self._turn()
        for element, block in zip(group, blocks, strict=True):
            self._place(element, block)

    def _place(self, element: Element, block: _Block) -> None:
        self.current = element
        if element.tag == TABLE:
            for row in element.iterchildren(ROW):
                self._flow(row, _Block(0.0, self._row(row), 0.0))
        elif element.tag == P:
            if next(element.iter(PAGE_BREAK), None) is not None and self.used:
                self._turn()
                self.opens = True
            self._flow(element, block)

    def _flow(self, element: Element, block: _Block) -> None:
        space, notes = self._space(block.before), self._notes_of(element)
        height = block.height + block.after + notes
        self.counted.heights |= dict.fromkeys(names(element), height)
        height = block.height
        if self.used + space + height + self.foot + notes > self.room and self.used > 0:
            stay = self._lines_that_stay(element, block)
            self._mark(element) if stay else None
            self._turn()
            height -= stay * block.leading
            space, notes = 0.0, self._notes_of(element, behind=stay / (block.lines or 1))
        self._mark(element)
        if self.current is not None:
            self.heads.setdefault(self.page, self.current)
        self._pass_box(element, space, height + block.after)
        self.used += space + height
        self.after, self.opens = block.after, False
        self.foot += notes
        while self.used + self.foot > self.room and self.used > self.room:
            rest = self.used - self.room
            self._turn()
            self.used = rest

    def _lines_that_stay(self, element: Element, block: _Block) -> int:
        """Give how many lines of a paragraph the page still takes with their notes."""
        for lines in range(block.lines - LEAST_LINES, LEAST_LINES - 1, -1):
            notes = self._notes_of(element, until=lines / block.lines)
            needed = self._space(block.before) + lines * block.leading + notes
            if self.used + self.foot + needed <= self.room:
                return lines
        return 0

    def _pass_box(self, element: Element, space: float, height: float) -> None:
        """Go down along a side box; what spans the full block may not begin beside it."""
        wide = self._style(element) in ACROSS and is_wide(element)
        below = self.after + self.box + CLEAR
        if wide and self.box > -CLEAR and below > space:
            self.counted.overlaps.append((element, below))
        self.box -= height + max(0.0, space - self.after)

    def _turn(self) -> None:
        self.left[self.page] = self.room - self.used - self.foot
        self.page += 1
        self.used = self.after = self.foot = 0.0
        self.box = NO_BOX
        self.turned = self.opens = False

    def _mark(self, element: Element) -> None:
        for name in names(element):
            self.counted.pages.setdefault(name, self.page)

    def _space(self, before: float) -> float:
        """Give the space above what comes next; there is none at the head of a page."""
        if self.used == 0 and not self.opens:
            return 0.0
        return max(self.after, before)

    def _block(self, element: Element) -> _Block:
        if element.tag == TABLE:
            return _Block(0.0, sum(self._row(row) for row in element.iterchildren(ROW)), 0.0)
        if element.tag == P:
            return self._paragraph(element, None)
        return _Block(0.0, 0.0, 0.0)

    def _least(self, element: Element, block: _Block) -> _Block:
        """Give what of an element must stand with what it is kept with."""
        if element.tag == TABLE:
            rows = list(element.iterchildren(ROW))[:2]
            return _Block(0.0, sum(self._row(row) for row in rows), 0.0)
        least = min(block.height, LEAST_LINES * block.leading) if block.lines else block.height
        return replace(block, height=least)

    def _row(self, row: Element) -> float:
        known = self.reckoned.rows
        if row not in known:
            known[row] = self._row_height(row)
        return known[row]

    def _row_height(self, row: Element) -> float:
        table = row.getparent()
        boxed = table is not None and table.find(BOX_STYLE) is not None
        pad = self.writing.theme.box_padding.pt
        across, down = (2 * pad, 1.8 * pad) if boxed else (12.0, 8.0)
        tallest = 0.0
        for cell in row.iterchildren(CELL):
            width = cell.find(f"{qualified('w:tcPr')}/{qualified('w:tcW')}")
            measure = int(width.get(qualified("w:w"), "0")) / 20 if width is not None else 100.0
            blocks = [self._paragraph(p, measure - across) for p in cell.iter(P)]
            tallest = max(tallest, _stacked(blocks) + down)
        return tallest

    def _paragraph(self, paragraph: Element, measure: float | None) -> _Block:
        key, known = (paragraph, measure), self.reckoned.paragraphs
        if key not in known:
            known[key] = self._reckon(paragraph, measure)
        return known[key]

    def _reckon(self, paragraph: Element, measure: float | None) -> _Block:
        style_id = self._style(paragraph)
        sheet = self.writing.sheet
        look = sheet.look(style_id)
        left, right = (look.left or Length(0)).pt, (look.right or Length(0)).pt
        if measure is None:
            measure = self.writing.page.block.pt - left - right
        extents = (inline.find(EXTENT) for inline in paragraph.iter(INLINE))
        drawn = [int(e.get("cy", "0")) / EMU_PER_POINT for e in extents if e is not None]
        own = own_spacing(paragraph)
        leading = own.get("line") or self._leading(style_id)
        lines = self._lines(paragraph, style_id, measure)
        picture = bool(drawn) and max(drawn) > leading
        rules = sheet.rule(style_id, "top") + sheet.rule(style_id, "bottom")
        height = max(drawn) if picture else lines * leading + self._number(paragraph, leading)
        return _Block(
            own.get("before", (look.before or Length(0)).pt),
            Length(rules).pt + height,
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
        part = (self.writing.sheet.look(self._style(paragraph)).leading or Length(0)).pt / SINGLE
        return max(0.0, part * sum(self.writing.fonts.extents(role.face)) * size - leading)

    def _lines(self, paragraph: Element, style_id: str, measure: float) -> int:
        said = "".join(words(paragraph))
        width = Length.from_pt(max(measure, 20.0))
        text = self.writing.sheet.text(style_id)
        key, known = (said, text.role, text.size, width), self.writing.lines
        if key not in known:
            lines = self.writing.fonts.lines
            known[key] = sum(max(1, len(lines(p, text, width))) for p in said.split("\n"))
        return known[key]

    def _notes_of(self, element: Element, *, behind: float = 0.0, until: float = 1.0) -> float:
        """Give the height of the notes that a part of an element calls, with the line above."""
        heights = [
            self.notes[number - 1]
            for number, share in self._calls(element)
            if (behind < share or not behind) and share <= until
        ]
        if not heights:
            return 0.0
        return sum(heights) + (0.0 if self.foot else SEPARATOR)

    def _calls(self, element: Element) -> list[tuple[int, float]]:
        known = self.reckoned.calls
        if element not in known:
            known[element] = calls(element)
        return known[element]

    def _style(self, element: Element) -> str:
        style = element.find(STYLE)
        return "Normal" if style is None else style.get(VALUE, "Normal")

    def keeps(self, paragraph: Element) -> bool:
        """Tell whether a paragraph stands on a page with the next one."""
        own = paragraph.find(KEEP_NEXT)
        if own is not None:
            return own.get(VALUE) != "0"
        return bool(self.writing.sheet.look(self._style(paragraph)).keep_next)


def _stacked(blocks: Sequence[_Block]) -> float:
    """Give the height of blocks one above the other: of two spaces the larger one counts."""
    height, after = 0.0, 0.0
    for block in blocks:
        height += max(after, block.before) + block.height
        after = block.after
    return height + after
