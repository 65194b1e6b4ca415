"""On which page everything falls: an estimate from measured lines, for the contents.

Word counts anew when its reader asks; until then these are the numbers shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from builder.units import Length
from builder.writers.word.parting import is_turned
from builder.writers.word.place import Writing
from builder.writers.word.table_styles import BOX
from builder.writers.word.xml import Element, qualified

P, TABLE, ROW, CELL = (qualified(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
FRAME = f"{qualified('w:pPr')}/{qualified('w:framePr')}"
EXTENT = qualified("wp:extent")
CONTENT_CONTROL = qualified("w:sdt")
BOX_STYLE = f"{qualified('w:tblPr')}/{qualified('w:tblStyle')}[@{qualified('w:val')}='{BOX}']"
BOOKMARK = qualified("w:bookmarkStart")
TEXT, NOTE = qualified("w:t"), qualified("w:footnoteReference")
NAME, VALUE = qualified("w:name"), qualified("w:val")
SPACING, STYLE = (f"{qualified('w:pPr')}/{qualified(f'w:{n}')}" for n in ("spacing", "pStyle"))
OWN = {name: qualified(f"w:{name}") for name in ("line", "before", "after")}
INLINE, PAGE_BREAK, POSITION = map(qualified, ("wp:inline", "w:pageBreakBefore", "w:pos"))
SAID = {qualified("w:t"): "", qualified("w:br"): "\n", qualified("w:tab"): "  "}
"""What stands for words, and its text where that is always the same."""

EMU_PER_POINT = 12700
CLEAR = 7.5
"""Points between a side box and what spans the full block below it."""

LEAST_LINES = 2
"""Lines of a paragraph that do not stand on a page without the others."""

SEPARATOR = 11.0
"""Points that the line above a page's first footnote takes."""


@dataclass(slots=True)
class Counted:
    """The page of every bookmark, how many pages there are, and what was left empty where.

    Heights and gaps are in points, by bookmark: of a paragraph with its notes, and of the room that
    was left on a page because what the bookmark is of had to go to the next one. Overlaps are
    captions over the full block that begin beside a box, with what is left of its height.
    """

    pages: dict[str, int] = field(default_factory=dict)
    heights: dict[str, float] = field(default_factory=dict)
    gaps: dict[str, float] = field(default_factory=dict)
    overlaps: list[tuple[Element, float]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # the page that each leaf begins
    filled: list[float] = field(default_factory=list)  # the part of each leaf's last page in use
    total: int = 0


def count_pages(
    leaves: Sequence[tuple[list[Element], bool]],
    notes: Sequence[Element],
    writing: Writing,
    reckoned: Reckoned,
) -> Counted:
    """Lay the document out roughly; each leaf begins a page."""
    counter = _Counter(writing, notes, reckoned)
    for elements, bleeds in leaves:
        counter.begin(bleeds)
        counter.counted.starts.append(counter.page)
        for element in elements:
            counter.put(element)
        counter.settle()
        counter.counted.filled.append((counter.used + counter.foot) / counter.room)
    counter.counted.total = counter.page
    return counter.counted


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

    def forget(self, paragraph: Element) -> None:
        """Forget a paragraph of the main column whose spacing has been changed."""
        self.paragraphs.pop((paragraph, None), None)


class _Counter:
    """Goes through the document with the height that is used of the page at hand."""

    def __init__(self, writing: Writing, notes: Sequence[Element], reckoned: Reckoned) -> None:
        self.writing = writing
        self.reckoned = reckoned
        self.notes = [_stacked([self._paragraph(p, None) for p in n.iter(P)]) for n in notes]
        self.counted = Counted()
        self.page, self.used, self.room = 0, 0.0, 0.0
        self.after = 0.0  # space behind what is on the page
        self.foot = 0.0  # height of the page's footnotes
        self.box = 0.0  # height of the side box that the text has not yet passed
        self.held: list[Element] = []
        self.opens = False  # nothing is on a page that was begun on purpose
        self.turned = False  # the page at hand is in landscape: what comes next begins another
        self.framing = False  # what came last is a part of a side box
        self._edge = float(round(writing.theme.box_padding.pt * 0.8))

    def begin(self, bleeds: bool) -> None:
        """Begin a page."""
        page = self.writing.page
        height = page.height if bleeds else page.height - page.top - page.bottom
        self.room = height / EMU_PER_POINT
        self._turn()
        self.opens = True

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
        if self._keeps(element) if element.tag == P else _is_whole(element):
            return
        self.settle()

    def _put_framed(self, element: Element) -> None:
        """Take a paragraph of a side box, which text flows around."""
        block = self._paragraph(element, self.writing.theme.grid.side.pt - 2 * self._edge)
        if not self.framing:
            self.box = 2 * self._edge
        self.framing = True
        self.box += block.before + block.height
        self._mark(element)

    def _put_turned(self, wrapper: Element) -> None:
        """Lay out pages in landscape between upright ones."""
        self.settle()
        page, upright = self.writing.page, self.room
        self.counted.gaps |= dict.fromkeys(_names(wrapper), upright - self.used - self.foot)
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
            self.counted.gaps |= dict.fromkeys(_names(group[0]), gap)
            self._turn()
        for element, block in zip(group, blocks, strict=True):
            self._place(element, block)

    def _place(self, element: Element, block: _Block) -> None:
        if element.tag == TABLE:
            for row in element.iterchildren(ROW):
                self._flow(row, _Block(0.0, self._row(row), 0.0))
        elif element.tag == P:
            if next(element.iter(PAGE_BREAK), None) is not None and self.used:
                self._turn()
            self._flow(element, block)

    def _flow(self, element: Element, block: _Block) -> None:
        space, notes = self._space(block.before), self._notes_of(element)
        names = dict.fromkeys(_names(element), block.height + block.after + notes)
        self.counted.heights |= names
        height = block.height
        if self.used + space + height + self.foot + notes > self.room and self.used > 0:
            stay = self._lines_that_stay(element, block)
            self._mark(element) if stay else None
            self._turn()
            height -= stay * block.leading
            space, notes = 0.0, self._notes_of(element, behind=stay / (block.lines or 1))
        self._mark(element)
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
        """Go down along a side box; a caption over the full block may not begin beside it."""
        wide = self._style(element) == "Caption" and _is_wide(element)
        below = self.after + self.box + CLEAR
        if wide and self.box > -CLEAR and below > space:
            self.counted.overlaps.append((element, below))
        self.box -= height + max(0.0, space - self.after)

    def _turn(self) -> None:
        self.page += 1
        self.used = self.after = self.foot = self.box = 0.0
        self.turned = self.opens = False

    def _mark(self, element: Element) -> None:
        for name in _names(element):
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
        look, text = sheet.look(style_id), sheet.text(style_id)
        left, right = (look.left or Length(0)).pt, (look.right or Length(0)).pt
        if measure is None:
            measure = self.writing.page.block.pt - left - right
        extents = (inline.find(EXTENT) for inline in paragraph.iter(INLINE))
        drawn = [int(e.get("cy", "0")) / EMU_PER_POINT for e in extents if e is not None]
        own = _own_spacing(paragraph)
        leading = own.get("line") or (look.leading or text.leading).pt
        lines = self._lines(paragraph, style_id, measure)
        picture = bool(drawn) and max(drawn) > leading
        return _Block(
            own.get("before", (look.before or Length(0)).pt),
            sheet.rule_above(style_id).pt + (max(drawn) if picture else lines * leading),
            own.get("after", (look.after or Length(0)).pt),
            0 if picture else lines,
            leading,
        )

    def _lines(self, paragraph: Element, style_id: str, measure: float) -> int:
        words = "".join(_words(paragraph))
        width = Length.from_pt(max(measure, 20.0))
        text = self.writing.sheet.text(style_id)
        key, known = (words, text.role, text.size, width), self.writing.lines
        if key not in known:
            lines = self.writing.fonts.lines
            known[key] = sum(max(1, len(lines(p, text, width))) for p in words.split("\n"))
        return known[key]

    def _notes_of(self, element: Element, *, behind: float = 0.0, until: float = 1.0) -> float:
        """Give the height of the notes that a part of an element calls, with the line above."""
        heights = [
            self.notes[number - 1]
            for number, share in _calls(element)
            if (behind < share or not behind) and share <= until
        ]
        if not heights:
            return 0.0
        return sum(heights) + (0.0 if self.foot else SEPARATOR)

    def _style(self, element: Element) -> str:
        style = element.find(STYLE)
        return "Normal" if style is None else style.get(VALUE, "Normal")

    def _keeps(self, paragraph: Element) -> bool:
        return bool(self.writing.sheet.look(self._style(paragraph)).keep_next)


def _own_spacing(paragraph: Element) -> dict[str, float]:
    """Give what a paragraph itself says of its spacing."""
    spacing = paragraph.find(SPACING)
    if spacing is None:
        return {}
    said = {name: spacing.get(attribute) for name, attribute in OWN.items()}
    return {name: int(value) / 20 for name, value in said.items() if value is not None}


def _stacked(blocks: Sequence[_Block]) -> float:
    """Give the height of blocks one above the other: of two spaces the larger one counts."""
    height, after = 0.0, 0.0
    for block in blocks:
        height += max(after, block.before) + block.height
        after = block.after
    return height + after


def _calls(element: Element) -> list[tuple[int, float]]:
    """Give the footnotes called in an element, each with the share of the text before it."""
    made: list[tuple[int, int]] = []
    passed = 0
    for inner in element.iter(TEXT, NOTE):
        if inner.tag == NOTE:
            made.append((int(inner.get(qualified("w:id"), "0")), passed))
        else:
            passed += len(inner.text or "")
    return [(number, at / (passed or 1)) for number, at in made]


def _words(paragraph: Element) -> list[str]:
    return [
        SAID[element.tag] or element.text or ""
        for element in paragraph.iter(*SAID)
        if not element.get(POSITION)
    ]


def _names(element: Element) -> list[str]:
    return [mark.get(NAME, "") for mark in element.iter(BOOKMARK)]


def _is_whole(element: Element) -> bool:
    """Tell whether a table is kept on one page, and with what follows it."""
    if element.tag != TABLE:
        return False
    rows = list(element.iter(ROW))
    kept = qualified("w:keepNext")
    return all(next(row.iter(kept), None) is not None for row in rows)


def _is_wide(caption: Element) -> bool:
    return caption.find(f"{qualified('w:pPr')}/{qualified('w:ind')}") is None
