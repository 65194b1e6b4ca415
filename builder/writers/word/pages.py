"""On which page everything falls: an estimate from measured lines, for the contents.

Word counts anew when its reader asks; until then these are the numbers shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from builder.units import Length
from builder.writers.word.parting import floats, is_turned
from builder.writers.word.place import Writing
from builder.writers.word.table_styles import BOX
from builder.writers.word.xml import Element, qualified

P, TABLE, ROW, CELL = (qualified(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
EXTENT = qualified("wp:extent")
CONTENT_CONTROL = qualified("w:sdt")
BOX_STYLE = f"{qualified('w:tblPr')}/{qualified('w:tblStyle')}[@{qualified('w:val')}='{BOX}']"
BOOKMARK = qualified("w:bookmarkStart")
NAME, VALUE = qualified("w:name"), qualified("w:val")
EMU_PER_POINT = 12700
CLEAR = 7.5
"""Points between a side box and what spans the full block below it."""

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
    total: int = 0


def count_pages(
    leaves: Sequence[tuple[list[Element], bool]], notes: Sequence[Element], writing: Writing
) -> Counted:
    """Lay the document out roughly; each leaf begins a page."""
    counter = _Counter(writing, notes)
    for elements, bleeds in leaves:
        counter.begin(bleeds)
        counter.counted.starts.append(counter.page)
        for element in elements:
            counter.put(element)
        counter.settle()
    counter.counted.total = counter.page
    return counter.counted


class _Counter:
    """Goes through the document with the height that is used of the page at hand."""

    def __init__(self, writing: Writing, notes: Sequence[Element]) -> None:
        self.writing = writing
        self.known: dict[tuple[str, str, int], int] = {}
        self.notes = [sum(self._paragraph(p, None)[0] for p in n.iter(P)) for n in notes]
        self.counted = Counted()
        self.page, self.used, self.room = 0, 0.0, 0.0
        self.foot = 0.0
        self.box = 0.0  # height of the side box that the text has not yet passed
        self.held: list[Element] = []
        self.turned = False  # the page at hand is in landscape: what comes next begins another

    def begin(self, bleeds: bool) -> None:
        """Begin a page."""
        page = self.writing.page
        height = page.height if bleeds else page.height - page.top - page.bottom
        self.room = height / EMU_PER_POINT
        self._turn()

    def put(self, element: Element) -> None:
        """Take an element; what is kept with the next one waits for it."""
        if element.tag == CONTENT_CONTROL:
            for inner in element.iter(P):
                self.put(inner)
            return
        if is_turned(element):
            self._put_turned(element)
            return
        self.held.append(element)
        if self._keeps(element) if element.tag == P else _is_whole(element):
            return
        self.settle()

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
        if group and self.turned:
            self._turn()
        heights = [self._height(element) for element in group]
        needed = sum(heights[:-1]) + min(heights[-1], self._least(group[-1])) if group else 0.0
        gap = self.room - self.used - self.foot
        if needed > gap and self.used > 0:
            self.counted.gaps |= dict.fromkeys(_names(group[0]), gap)
            self._turn()
        for element, height in zip(group, heights, strict=True):
            self._place(element, height)

    def _place(self, element: Element, height: float) -> None:
        if floats(element):
            self._mark(element)
            self.box = sum(self._row(row) for row in element.iter(ROW))
        elif element.tag == TABLE:
            for row in element.iter(ROW):
                self._flow(row, self._row(row), whole=True)
        elif element.tag == P:
            if element.find(f".//{qualified('w:pageBreakBefore')}") is not None and self.used:
                self._turn()
            self._flow(element, height, whole=False)

    def _flow(self, element: Element, height: float, *, whole: bool) -> None:
        notes = self._notes(element)
        self.counted.heights |= dict.fromkeys(_names(element), height + notes)
        if self.used + self.foot + height + notes > self.room and self.used > 0:
            left = self.room - self.used - self.foot - notes
            style = self._style(element)
            leading = self.writing.sheet.text(style).leading.pt if style else 12.0
            splits = not whole and left >= 2 * leading and height - left >= 2 * leading
            self._mark(element) if splits else None
            self._turn()
            height = height - left if splits else height
        self._mark(element)
        wide = self._style(element) == "Caption" and _is_wide(element)
        if wide and self.box + CLEAR > self._before(element):
            self.counted.overlaps.append((element, self.box + CLEAR))
        self.box -= height
        self.used += height
        self.foot += notes
        while self.used + self.foot > self.room and self.used > self.room:
            rest = self.used - self.room
            self._turn()
            self.used = rest

    def _turn(self) -> None:
        self.page += 1
        self.turned = False
        self.used = self.foot = self.box = 0.0

    def _mark(self, element: Element) -> None:
        for name in _names(element):
            self.counted.pages.setdefault(name, self.page)

    def _height(self, element: Element) -> float:
        if element.tag == TABLE:
            return 0.0 if floats(element) else sum(self._row(row) for row in element.iter(ROW))
        if element.tag == P:
            return self._paragraph(element, None)[0]
        return 0.0

    def _least(self, element: Element) -> float:
        """Give the height of an element that must stand with what it is kept with."""
        if element.tag == TABLE:
            return sum(self._row(row) for row in list(element.iter(ROW))[:2])
        return min(self._height(element), 2 * self.writing.theme.styles["body"].leading.pt)

    def _row(self, row: Element) -> float:
        table = row.getparent()
        boxed = table is not None and table.find(BOX_STYLE) is not None
        pad = self.writing.theme.box_padding.pt
        across, down = (2 * pad, 1.8 * pad) if boxed else (12.0, 8.0)
        tallest = 0.0
        for cell in row.iter(CELL):
            width = cell.find(f"{qualified('w:tcPr')}/{qualified('w:tcW')}")
            measure = int(width.get(qualified("w:w"), "0")) / 20 if width is not None else 100.0
            height = sum(self._paragraph(p, measure - across)[0] for p in cell.iter(P))
            tallest = max(tallest, height + down)
        return tallest

    def _paragraph(self, paragraph: Element, measure: float | None) -> tuple[float, int]:
        """Give a paragraph's height with its spaces, and its lines."""
        style_id = self._style(paragraph)
        sheet = self.writing.sheet
        look, text = sheet.look(style_id), sheet.text(style_id)
        left, right = (look.left or Length(0)).pt, (look.right or Length(0)).pt
        if measure is None:
            measure = self.writing.page.block.pt - left - right
        extents = (inline.find(EXTENT) for inline in paragraph.iter(qualified("wp:inline")))
        drawn = [int(e.get("cy", "0")) / EMU_PER_POINT for e in extents if e is not None]
        lines = self._lines(paragraph, style_id, measure)
        leading = (look.leading or text.leading).pt
        height = max(drawn) if drawn and max(drawn) > leading else lines * leading
        rule = sheet.rule_above(style_id).pt
        return rule + height + self._before(paragraph) + (look.after or Length(0)).pt, lines

    def _before(self, paragraph: Element) -> float:
        """Give the space before a paragraph in points: its own, else its style's."""
        spacing = paragraph.find(f"{qualified('w:pPr')}/{qualified('w:spacing')}")
        own = None if spacing is None else spacing.get(qualified("w:before"))
        if own is not None:
            return int(own) / 20
        return (self.writing.sheet.look(self._style(paragraph)).before or Length(0)).pt

    def _lines(self, paragraph: Element, style_id: str, measure: float) -> int:
        words = "".join(_words(paragraph))
        width = Length.from_pt(max(measure, 20.0))
        key = (words, style_id, width)
        if key not in self.known:
            lines, text = self.writing.fonts.lines, self.writing.sheet.text(style_id)
            self.known[key] = sum(max(1, len(lines(p, text, width))) for p in words.split("\n"))
        return self.known[key]

    def _notes(self, element: Element) -> float:
        numbers = [
            int(call.get(qualified("w:id"), "0"))
            for call in element.iter(qualified("w:footnoteReference"))
        ]
        if not numbers:
            return 0.0
        heights = sum(self.notes[number - 1] for number in numbers)
        return heights + (0.0 if self.foot else SEPARATOR)

    def _style(self, element: Element) -> str:
        style = element.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
        return "Normal" if style is None else style.get(VALUE, "Normal")

    def _keeps(self, paragraph: Element) -> bool:
        return bool(self.writing.sheet.look(self._style(paragraph)).keep_next)


def _words(paragraph: Element) -> list[str]:
    kinds = {qualified("w:t"): None, qualified("w:br"): "\n", qualified("w:tab"): "  "}
    return [
        kinds[element.tag] or element.text or ""
        for element in paragraph.iter()
        if element.tag in kinds and not element.get(qualified("w:pos"))
    ]


def _names(element: Element) -> list[str]:
    return [mark.get(NAME, "") for mark in element.iter(BOOKMARK)]


def _is_whole(element: Element) -> bool:
    """Tell whether a table is kept on one page, and with what follows it."""
    if element.tag != TABLE or floats(element):
        return False
    rows = list(element.iter(ROW))
    kept = qualified("w:keepNext")
    return all(next(row.iter(kept), None) is not None for row in rows)


def _is_wide(caption: Element) -> bool:
    return caption.find(f"{qualified('w:pPr')}/{qualified('w:ind')}") is None
