"""Sides next to each other: comparisons, and columns of any blocks."""

from __future__ import annotations

from builder.document.nodes import Columns, Comparison, Side
from builder.document.walk import plain
from builder.units import Length
from builder.writers.word.captions import captioned
from builder.writers.word.formats import Line, RunFormat
from builder.writers.word.grid import Frame, GridCell, GridRow, table
from builder.writers.word.inlines import Voice, inlines
from builder.writers.word.paragraphs import bookmark_block, gap, paragraph
from builder.writers.word.place import Place
from builder.writers.word.table_styles import PLAIN
from builder.writers.word.xml import Element

ABOVE = Length.from_pt(6)
"""Space between a side's line and its head."""


def comparison(node: Comparison, place: Place) -> list[Element]:
    """Write two or three sides below a line each, a gutter between them."""
    left, width = place.spot(wide=True)
    count = len(node.sides)
    gutter = place.theme.grid.gutter
    side = Length((width - gutter * (count - 1)) // count)
    widths = tuple(length for n in range(count) for length in ((gutter, side) if n else (side,)))
    cells: list[GridCell] = []
    for number, one in enumerate(node.sides):
        if number:
            cells.append(GridCell([gap(place)]))
        cells.append(_side(one, side, place, first=not number))
    frame = Frame(PLAIN, widths, left, title=plain(node.caption.title), alt=node.caption.alt,
                  bidi=place.rtl)  # fmt: skip
    made = table(frame, [GridRow(tuple(cells))])
    return captioned(node.caption, node.id, [made], place, left, ruled=True)


def _side(side: Side, width: Length, place: Place, *, first: bool) -> GridCell:
    """Write one side; its line and its head tell it from the others."""
    theme = place.theme
    colour, zero = theme.colour("accent" if first else "accent_2"), Length(0)
    inner = place.inside("BoxText", width)
    head = inner.styled("SideHead")
    voice = Voice(head.text, lang=place.lang, look=RunFormat(colour=colour))
    title = paragraph(head, inlines(side.title, head, voice))
    return GridCell(
        bookmark_block([title, *inner.blocks(side.blocks)], side.id, place),
        borders=(("top", Line(colour, theme.strong)),),
        margins=(ABOVE, zero, zero, zero),
    )


def columns(node: Columns, place: Place) -> list[Element]:
    """Write columns as a table without lines, as wide as the text."""
    count = len(node.columns)
    left, whole = place.table_spot()
    gutter = Length(min(place.theme.grid.gutter, whole // (4 * count)))
    room = whole - gutter * (count - 1)
    open_share = (1 - sum(c.share for c in node.columns)) / max(
        sum(1 for c in node.columns if not c.share), 1
    )
    cells: list[GridCell] = []
    widths: list[Length] = []
    for number, column in enumerate(node.columns):
        if number:
            cells.append(GridCell([gap(place)]))
            widths.append(gutter)
        width = Length(round(room * (column.share or max(open_share, 0.1))))
        inner = place.inside("Normal" if place.style == "BodyText" else place.style, width)
        cells.append(GridCell(bookmark_block(inner.blocks(column.blocks), column.id, place)))
        widths.append(width)
    frame = Frame(PLAIN, tuple(widths), left, bidi=place.rtl, sourced=False)
    return [table(frame, [GridRow(tuple(cells), keep_whole=False)]), gap(place)]
