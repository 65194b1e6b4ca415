"""Boxes: callouts in the main column, key points beside the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.document.nodes import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Heading,
    Inlines,
    KeyPoints,
    OrderedList,
    Paragraph,
)
from builder.document.walk import plain, text
from builder.units import Length
from builder.writers.word.box_parts import BoxLook, boxed
from builder.writers.word.captions import BELOW
from builder.writers.word.fields import run
from builder.writers.word.formats import Line, ParagraphFormat, RunFormat, TextFrame
from builder.writers.word.grid import Frame
from builder.writers.word.inlines import inlines
from builder.writers.word.paragraphs import (
    GAP,
    PARAGRAPH,
    PROPERTIES,
    bookmark_block,
    gap,
    paragraph,
    space_below,
)
from builder.writers.word.place import Place
from builder.writers.word.table_styles import BOX
from builder.writers.word.written import BOOKMARK, BOOKMARK_END, FRAME, TEXT, style_of
from builder.writers.word.xml import Element, w

MOST_BEFORE = 2
"""Paragraphs that a box is moved up by, where no text follows it."""

LOW_LINE = 0.75
"""Size of the line above a side box's long head, as a part of the box's padding."""

ABOVE = Length.from_pt(11.25)
"""Space between a callout and the text before it."""

URGENT = frozenset({"warning", "caution", "important"})
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
    bar = "accent_2" if node.kind in URGENT else "accent"
    return _box(title, node.blocks, place, ground="mist", bar=bar)


def stand_off(before: Element, place: Place) -> None:
    """Leave space below the paragraph before a callout: tables have none above them."""
    style = style_of(before)
    after = place.writing.sheet.look(style).after or Length(0)
    if style != GAP and before.find(FRAME) is None and after < ABOVE:
        space_below(before, ABOVE)


def _box(
    title: Inlines, blocks: Blocks, place: Place, *, ground: str = "sand", bar: str = "accent_2"
) -> list[Element]:
    """Write a box in the text, in parts where it holds tables: no table stands in another."""
    left, width = place.table_spot()
    inner = place.inside("BoxText", _inner(width, place))
    theme = place.theme
    look = BoxLook(theme.colour(ground), Line(theme.colour(bar), theme.box_bar), theme.box_padding)
    frame = Frame(BOX, (width,), left, plain(title), bidi=place.rtl, sourced=False)
    return [
        *boxed([_head(title, inner), *inner.blocks(blocks)], frame, look, place),
        gap(place, BELOW),
    ]


def key_points(node: KeyPoints, place: Place) -> list[Element]:
    """Write key points as a box in the side column, beside the text that follows.

    Where there is no side column, or more in the box than words, it stands in the text.
    """
    title = node.title or text(place.writing.word("key_points", "Key points"))
    return side_box(title, node.blocks, place)


def side_box(title: Inlines, blocks: Blocks, place: Place) -> list[Element]:
    """Write a box of the side column's width: framed paragraphs, which text flows around.

    A floating table would do as well for Word; LibreOffice 7.4 leaves that in the text where a
    footnote is near.
    """
    points = _points(blocks)
    grid = place.theme.grid
    if place.boxed or place.left < grid.side or points is None:
        return _box(title, blocks, place)
    left = None if place.mirrored else place.writing.page.left
    framed = ParagraphFormat(frame=TextFrame(grid.side, left, grid.gutter))
    point = place.styled("SideBoxText")
    return [
        _side_head(title, framed, place.styled("SideBoxHead")),
        *(_side_point(content, ids, framed, point) for content, ids in points),
    ]


def _side_point(
    content: Inlines, ids: Sequence[str], framed: ParagraphFormat, place: Place
) -> Element:
    written = paragraph(place, inlines(content, place), framed)
    for block_id in ids:
        bookmark_block([written], block_id, place)
    return written


def _side_head(title: Inlines, framed: ParagraphFormat, place: Place) -> Element:
    """Write a side box's head; its style's leading keeps the first line off the bar.

    Of several lines it would part each from the one before: they have the font's own leading, a
    low line above them.
    """
    theme, book, head = place.theme, place.writing.fonts, place.text
    edge = Length(round(theme.box_padding * 0.8))
    content = inlines(title, place)
    if len(book.lines(plain(title), head, Length(theme.grid.side - 2 * edge))) < 2:
        return paragraph(place, content, framed)
    part = head.leading / (head.size * sum(book.extents(head.face)))
    low = run(w("br"), look=RunFormat(size=Length(round(edge * LOW_LINE))))
    look = replace(framed, leading=Length.from_pt(12 * part), leading_rule="auto")
    return paragraph(place, [low, *content], look)


def marked_outside(elements: list[Element]) -> list[Element]:
    """Move the bookmarks of side boxes to the paragraphs before and behind them.

    LibreOffice drops those that stand inside, as it makes frames of its own.
    """
    at = 0
    while at < len(elements):
        end = at
        while end < len(elements) and elements[end].find(FRAME) is not None:
            end += 1
        before = elements[at - 1] if at else None
        behind = elements[end] if end < len(elements) else None
        if end > at:
            _mark_outside(elements[at:end], _bearer(before), _bearer(behind))
        at = end + 1
    return elements


def _mark_outside(box: list[Element], before: Element | None, behind: Element | None) -> None:
    """Put starts at the end of the paragraph before a box, ends where the one behind it begins."""
    marks = [mark for element in box for mark in element.iter(BOOKMARK, BOOKMARK_END)]
    at = 0 if behind is None or not len(behind) or behind[0].tag != PROPERTIES else 1
    for mark in marks:
        if before is not None and (mark.tag == BOOKMARK or behind is None):
            before.append(mark)
        elif behind is not None:
            behind.insert(at, mark)
            at += 1


def _bearer(element: Element | None) -> Element | None:
    """Give what can bear a bookmark: no table, and no empty paragraph, which LibreOffice drops."""
    if element is None or element.tag != PARAGRAPH:
        return None
    return element if next(element.iter(TEXT), None) is not None else None


def _points(blocks: Blocks) -> list[tuple[Inlines, tuple[str, ...]]] | None:
    """Give the words of paragraphs and list items, with the ids of what begins by each.

    None where there is more in the blocks than that.
    """
    made: list[tuple[Inlines, tuple[str, ...]]] = []
    for block in blocks:
        begun = len(made)
        match block:
            case Paragraph(content):
                made.append((content, ()))
            case BulletList(items):
                for item in items:
                    inner = _points(item.blocks)
                    if inner is None:
                        return None
                    made += _begun_by(item.id, inner)
            case _:
                return None
        made[begun:] = _begun_by(block.id, made[begun:])
    return made


def _begun_by(
    block_id: str, points: Sequence[tuple[Inlines, tuple[str, ...]]]
) -> list[tuple[Inlines, tuple[str, ...]]]:
    return [(content, ids if n else (block_id, *ids)) for n, (content, ids) in enumerate(points)]


def _head(title: Inlines, place: Place) -> Element:
    head = place.styled("BoxHead")
    return paragraph(head, inlines(title, head))


def _inner(width: Length, place: Place) -> Length:
    return Length(width - 2 * place.theme.box_padding)


def beside_text(blocks: Blocks) -> Blocks:
    """Move each side box to where text stands beside it.

    Before a heading it goes behind that, if text follows there; where no text follows, it goes
    before the text that it would follow otherwise.
    """
    made: list[Block] = []
    rest = list(blocks)
    while rest:
        block = rest.pop(0)
        if isinstance(block, KeyPoints) and not _is_text(rest[:1]):
            if rest[:1] and isinstance(rest[0], Heading) and _is_text(rest[1:2]):
                made.append(rest.pop(0))
            else:
                made.insert(_start_of_text(made), block)
                continue
        made.append(block)
    return tuple(made)


def _start_of_text(made: list[Block]) -> int:
    at = len(made)
    while at and len(made) - at < MOST_BEFORE and _is_text(made[at - 1 : at]):
        at -= 1
    return at


def _is_text(blocks: list[Block]) -> bool:
    """Tell whether the one block of a slice is there, and is text."""
    return any(isinstance(block, Paragraph | BulletList | OrderedList) for block in blocks)
