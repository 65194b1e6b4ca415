"""Boxes: callouts in the main column, key points beside the text."""

from __future__ import annotations

from builder.document.nodes import (
    Blocks,
    BulletList,
    Callout,
    Inlines,
    KeyPoints,
    ListItem,
    Paragraph,
)
from builder.document.walk import plain, text
from builder.units import Length
from builder.writers.word.grid import Frame, GridCell, GridRow, table
from builder.writers.word.inlines import inlines
from builder.writers.word.paragraphs import gap, paragraph
from builder.writers.word.place import Place
from builder.writers.word.table_styles import BOX
from builder.writers.word.xml import Element

KINDS = {
    "note": "Note",
    "tip": "Tip",
    "warning": "Warning",
    "caution": "Caution",
    "important": "Important",
}


def callout(node: Callout, place: Place) -> list[Element]:
    """Write a remark as a box as wide as the text."""
    title = node.title or text(place.writing.word(node.kind, KINDS[node.kind]))
    inner = place.inside("BoxText", _inner(place.width, place))
    content = [_head(title, inner), *inner.blocks(node.blocks)]
    frame = Frame(BOX, (place.width,), place.left, title=plain(title), bidi=place.rtl)
    box = table(frame, [GridRow((GridCell(content),), keep_whole=False)])
    return [box, gap(place), gap(place)]


def key_points(node: KeyPoints, place: Place) -> list[Element]:
    """Write key points as a box in the side column, beside the text that follows.

    Where there is no side column the box stands in the text.
    """
    title = node.title or text(place.writing.word("key_points", "Key points"))
    return side_box(title, node.blocks, place)


def side_box(title: Inlines, blocks: Blocks, place: Place) -> list[Element]:
    """Write a box of 42 mm with its points parted by hair rules."""
    grid = place.theme.grid
    floats = not place.boxed and place.left >= grid.side
    width = grid.side if floats else place.width
    inner = place.inside("BoxText", _inner(width, place))
    content = [_head(title, inner), *_points(blocks, inner)]
    frame = Frame(
        BOX,
        (width,),
        Length(0) if floats else place.left,
        title=plain(title),
        bidi=place.rtl,
        floating=floats,
        gap=Length(round(grid.gutter * 0.6)),
    )
    box = table(frame, [GridRow((GridCell(content),))])
    return [box] if floats else [box, gap(place), gap(place)]


def _points(blocks: Blocks, place: Place) -> list[Element]:
    """Write each item of a lone list as a point of its own; anything else as it is."""
    match blocks:
        case (BulletList(items),):
            return [element for item in items for element in _point(item, place)]
        case _:
            return place.blocks(blocks)


def _point(item: ListItem, place: Place) -> list[Element]:
    match item.blocks:
        case (Paragraph(content), *rest):
            point = place.styled("BoxPoint")
            return [paragraph(point, inlines(content, point)), *place.blocks(tuple(rest))]
        case _:
            return place.blocks(item.blocks)


def _head(title: Inlines, place: Place) -> Element:
    head = place.styled("BoxHead")
    return paragraph(head, inlines(title, head))


def _inner(width: Length, place: Place) -> Length:
    return Length(width - 2 * place.theme.box_padding)
