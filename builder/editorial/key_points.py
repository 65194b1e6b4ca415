"""Key points: five at most, of two lines at most."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import (
    BulletList,
    Inlines,
    KeyPoints,
    ListItem,
    Node,
    OrderedList,
    Paragraph,
)
from builder.document.walk import every, plain
from builder.editorial.rule import Finding, Manuscript

MOST = 5
LINES = 2


def key_points_many(manuscript: Manuscript) -> Iterator[Finding]:
    """Find lists of more than five key points."""
    for points in _lists(manuscript):
        if len(points) > MOST:
            yield Finding(
                Code.KEY_POINTS_MANY,
                f"there are {len(points)} key points",
                points[MOST][0].at,
                f"keep the {MOST} that matter most",
            )


def key_point_long(manuscript: Manuscript) -> Iterator[Finding]:
    """Find key points that fill more than two lines of a slide, at its smallest size."""
    from builder.deck.layouts import load_layouts
    from builder.deck.measure import Ruler
    from builder.deck.text import paragraphs

    layouts = load_layouts(manuscript.theme, Diagnostics())
    if layouts is None:
        return
    slot = layouts["bullets"].slots["body"]
    ruler = Ruler(manuscript.theme)
    for section in manuscript.document.sections:
        for point in section.key_points:
            item = BulletList((ListItem((Paragraph(point),)),))
            extent = ruler.extent(paragraphs((item,)), slot, slot.style.minimum, slot.room.width)
            if extent.lines > LINES:
                yield Finding(
                    Code.KEY_POINT_LONG,
                    f"the key point fills {extent.lines} lines of a slide",
                    point[0].at,
                    f"say it in {LINES} lines; what explains it belongs into the text",
                )


def _lists(manuscript: Manuscript) -> Iterator[tuple[Inlines, ...]]:
    for section in manuscript.document.sections:
        yield section.key_points
    for box in every(manuscript.document.sections, KeyPoints):
        for block in box.blocks:
            if isinstance(block, BulletList | OrderedList):
                yield tuple(_words(item) for item in block.items)


def _words(item: Node) -> Inlines:
    first = next(every(item, Paragraph), None)
    return first.content if first and plain(first.content) else ()
