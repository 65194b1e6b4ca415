"""A box in the text as tables of one cell, with the tables that it holds between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from builder.theme.model import Colour
from builder.units import Length
from builder.writers.word.formats import Line, ParagraphFormat, shade
from builder.writers.word.grid import Frame, GridCell, GridRow, table
from builder.writers.word.paragraphs import paragraph
from builder.writers.word.place import Place
from builder.writers.word.written import BOOKMARK, BOOKMARK_END
from builder.writers.word.xml import Element, qualified, w, x

TABLE, ROW, CELL = qualified("w:tbl"), qualified("w:tr"), qualified("w:tc")
PROPERTIES, CELL_PROPERTIES = qualified("w:tblPr"), qualified("w:tcPr")
WIDTH, MARGINS, GROUND = qualified("w:tcW"), qualified("w:tcMar"), qualified("w:shd")
SIDES = ("w:top", "w:left", "w:bottom", "w:right")
BEHIND_MARGINS = {qualified(f"w:{name}") for name in ("tcFitText", "vAlign", "hideMark")}
TEXT = qualified("w:t")
SHOWN = (TEXT, qualified("wp:inline"))
MOST_WHOLE = 1500
"""Characters of a box that may stand on one page as a whole."""

SEAM = Length.from_pt(1)
"""Height of the paragraph that parts two tables; it has the box's ground."""


@dataclass(frozen=True, slots=True)
class BoxLook:
    """What a box looks like."""

    ground: Colour
    bar: Line
    padding: Length


def boxed(content: Sequence[Element], frame: Frame, look: BoxLook, place: Place) -> list[Element]:
    """Put content into a box; a table in it becomes a part of the box as wide as this."""
    made: list[Element] = []
    for is_table, group in groupby(content, key=lambda element: element.tag == TABLE):
        written = list(group)
        if made and not any(next(element.iter(*SHOWN), None) is not None for element in written):
            made.append(_seam(look, place, look.padding))
            # What is left out shows nothing, but a bookmark may begin or end in it.
            marks = [m for element in written for m in element.iter(BOOKMARK, BOOKMARK_END)]
            made[-1].extend(marks)
            continue
        for part in _tables(written, frame, look) if is_table else [_words(written, frame, look)]:
            if made and made[-1].tag == TABLE:
                made.append(_seam(look, place))
            made.append(part)
        frame = replace(frame, title="")
        look = replace(look, bar=Line(look.ground, look.bar.width))
    return made


def _words(written: list[Element], frame: Frame, look: BoxLook) -> Element:
    length = sum(len(text.text or "") for element in written for text in element.iter(TEXT))
    cell = GridCell(written, borders=(("top", look.bar),), shade=look.ground)
    return table(frame, [GridRow((cell,), keep_whole=length <= MOST_WHOLE)])


def _tables(group: Sequence[Element], frame: Frame, look: BoxLook) -> Iterator[Element]:
    """Widen tables to the box; their cells get its ground, the outer ones its padding."""
    pad = look.padding
    for inner in group:
        properties = inner.find(PROPERTIES)
        if properties is not None:
            _set(properties, "w:tblW", frame.columns[0])
            _set(properties, "w:tblInd", frame.left)
        grid = list(inner.iter(qualified("w:gridCol")))
        for column in dict.fromkeys((grid[0], grid[-1])):
            sides = (column is grid[0]) + (column is grid[-1])
            _widen(column, Length(sides * pad))
        for row in inner.iterchildren(ROW):
            cells = list(row.iterchildren(CELL))
            for cell in cells:
                _ground(cell, look, first=cell is cells[0], last=cell is cells[-1])
        yield inner


def _set(properties: Element, name: str, length: Length) -> None:
    found = properties.find(qualified(name))
    if found is not None:
        found.set(qualified("w:w"), str(length.twips))


def _widen(element: Element, more: Length) -> None:
    key = qualified("w:w")
    element.set(key, str(int(element.get(key, "0")) + more.twips))


def _ground(cell: Element, look: BoxLook, *, first: bool, last: bool) -> None:
    """Give a cell the box's ground, and at the box's edges its padding."""
    properties = cell.find(CELL_PROPERTIES)
    if properties is None:
        return
    width = properties.find(WIDTH)
    if width is not None:
        _widen(width, Length((first + last) * look.padding))
    own = properties.find(MARGINS)
    sides = {} if own is None else {str(side.tag): side for side in own}
    if own is not None:
        properties.remove(own)
    at = next(
        (i for i, child in enumerate(properties) if child.tag in BEHIND_MARGINS), len(properties)
    )
    for name, is_edge in (("w:left", first), ("w:right", last)):
        if is_edge:
            sides[qualified(name)] = x(name, w__w=look.padding.twips, w__type="dxa")
    ordered = (sides[key] for key in map(qualified, SIDES) if key in sides)
    properties.insert(at, w("tcMar", *ordered))
    if properties.find(GROUND) is None:
        properties.insert(at, shade(look.ground))


def _seam(look: BoxLook, place: Place, height: Length = SEAM) -> Element:
    """Part two tables of a box: without a paragraph between them they would grow together."""
    left, width = place.spot(wide=place.rtl)
    right = Length(place.full - left - width)
    shaded = ParagraphFormat(
        keep_next=True, shade=look.ground, left=left, right=right, leading=height
    )
    return paragraph(place.styled("Gap"), (), shaded)
