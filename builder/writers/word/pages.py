"""On which page everything falls: an estimate from measured lines, for the contents.

Word counts anew when its reader asks; until then these are the numbers shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields

from builder.units import Length
from builder.writers.word.heights import LEAST_LINES, Block, Heights, stacked
from builder.writers.word.parting import is_turned
from builder.writers.word.written import (
    CONTENT_CONTROL,
    FRAME,
    PAGE_BREAK,
    ROW,
    TABLE,
    P,
    is_whole,
    is_wide,
    names,
    style_of,
)
from builder.writers.word.xml import Element

CLEAR = 7.5
"""Points between a side box and what spans the full block below it."""

NO_BOX = -math.inf
"""What is left of a side box where there is none."""

ACROSS = ("Caption", "Rule")
"""Styles of paragraphs that span the full block, and may not begin beside a side box."""

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
    ends: list[float] = field(default_factory=list)  # the part in use of each leaf's last page
    forms: list[list[Element]] = field(default_factory=list)  # what each leaf is made of in the end
    running_on: list[Element] = field(default_factory=list)  # rules of sections that begin no page
    total: int = 0

    def copy(self) -> Counted:
        """Give a copy that does not change with this one."""
        parts = {f.name: getattr(self, f.name) for f in fields(self)}
        return Counted(**{n: v if n == "total" else v.copy() for n, v in parts.items()})


class Counter:
    """Goes through the document with the height that is used of the page at hand."""

    def __init__(self, heights: Heights) -> None:
        self.heights = heights
        self.writing = heights.writing
        self.counted = Counted()
        self.page, self.used, self.room = 0, 0.0, 0.0
        self.filled = 0.0  # height of everything that was put; what pages leave empty is not in it
        self.after = 0.0  # space behind what is on the page
        self.foot = 0.0  # height of the page's footnotes
        self.box = NO_BOX  # height of the side box that the text has not yet passed
        self.held: list[Element] = []
        self.opens = False  # nothing is on a page that was begun on purpose
        self.turned = False  # the page at hand is in landscape: what comes next begins another
        self.framing = False  # what came last is a part of a side box
        self.current: Element | None = None  # what is being placed
        self.heads: dict[int, Element] = {}  # what stands at the top of each page
        self.overfull: set[int] = set()  # pages whose side box does not end on them
        self.left: dict[int, float] = {}  # the room that was left at the foot of each page
        self._edge = float(round(self.writing.theme.box_padding.pt * 0.8))

    def begin(self, bleeds: bool) -> None:
        """Begin a page."""
        page = self.writing.page
        height = page.height if bleeds else page.height - page.top - page.bottom
        self.room = Length(height).pt
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
        self.overfull = {p for p in self.overfull if p <= page}

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
        if self.heights.keeps(element) if element.tag == P else is_whole(element):
            return
        self.settle()

    def _put_framed(self, element: Element) -> None:
        """Take a paragraph of a side box, which text flows around."""
        measure = self.writing.theme.grid.side.pt - 2 * self._edge
        block = self.heights.paragraph(element, measure)
        edges = self.heights.rules(style_of(element))
        if not self.framing:  # its paragraphs have one edge together
            self.box = edges
        self.framing = True
        self.box += block.before + block.height - edges
        if self.used + self.after + self.box > self.room:  # notes stand beside it
            self.overfull.add(self.page)
        self._mark(element)

    def _put_turned(self, wrapper: Element) -> None:
        """Lay out pages in landscape between upright ones."""
        self.settle()
        page, upright = self.writing.page, self.room
        self.counted.gaps |= dict.fromkeys(names(wrapper), upright - self.used - self.foot)
        self.room = Length(page.width - page.top - page.bottom).pt
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
        blocks = [self.heights.block(element) for element in group]
        last = self.heights.least(group[-1])
        needed = self._space(blocks[0].before) - blocks[0].before
        needed += stacked([*blocks[:-1], last]) - last.after
        needed += sum(self._notes_of(element) for element in group[:-1])
        gap = self.room - self.used - self.foot
        if needed > gap and self.used > 0:
            self.counted.gaps |= dict.fromkeys(names(group[0]), gap)
            self._turn()
        for element, block in zip(group, blocks, strict=True):
            self._place(element, block)

    def _place(self, element: Element, block: Block) -> None:
        self.current = element
        if element.tag == TABLE:
            for row in element.iterchildren(ROW):
                self._flow(row, Block(0.0, self.heights.row(row), 0.0))
        elif element.tag == P:
            if next(element.iter(PAGE_BREAK), None) is not None and self.used:
                self._turn()
                self.opens = True
            self._flow(element, block)

    def _flow(self, element: Element, block: Block) -> None:
        space, notes = self._space(block.before), self._notes_of(element)
        height = block.height + block.after + notes
        self.counted.heights |= dict.fromkeys(names(element), height)
        self.filled += space + block.height + notes
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

    def _lines_that_stay(self, element: Element, block: Block) -> int:
        """Give how many lines of a paragraph the page still takes with their notes."""
        for lines in range(block.lines - LEAST_LINES, LEAST_LINES - 1, -1):
            notes = self._notes_of(element, until=lines / block.lines)
            needed = self._space(block.before) + lines * block.leading + notes
            if self.used + self.foot + needed <= self.room:
                return lines
        return 0

    def _pass_box(self, element: Element, space: float, height: float) -> None:
        """Go down along a side box; what spans the full block may not begin beside it."""
        wide = style_of(element) in ACROSS and is_wide(element)
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

    def _notes_of(self, element: Element, *, behind: float = 0.0, until: float = 1.0) -> float:
        """Give the height of the notes that a part of an element calls, with the line above."""
        height = self.heights.notes_of(element, behind=behind, until=until)
        return height + SEPARATOR if height and not self.foot else height
