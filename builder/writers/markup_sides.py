"""Boxes in the side column: beside how much text they stand, so that no page break cuts them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from builder.document.nodes import (
    Block,
    Blocks,
    BulletList,
    Heading,
    KeyPoints,
    OrderedList,
    Paragraph,
    Quotation,
)
from builder.document.walk import plain
from builder.writers.markup_inlines import Setting, inlines

Write = Callable[[Block, Setting], Markup]

CHARACTER = 0.47
"""Mean width of a character, in em, of text faces; for guessing line counts."""

TALLEST_BOX = 330.0
"""Points; a box that is taller stands in the main column and may break."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block with its markup and the height, in points, that it is guessed to take."""

    node: Block | None  # None: the section's standfirst
    markup: Markup
    height: float


def arrange(nodes: Blocks, setting: Setting, write: Write, lead: Piece | None = None) -> Markup:
    """Write a section's blocks; each side box is kept on one page with the text beside it.

    A box that comes first stands beside `lead` already.
    """
    done: list[Markup | Piece] = [lead] if lead else []
    rest = list(nodes)
    while rest:
        node = rest.pop(0)
        if not isinstance(node, KeyPoints):
            done.append(Piece(node, write(node, setting), text_height(node, setting)))
            continue
        height = box_height(node, setting)
        if height > TALLEST_BOX:
            done.append(key_points_box(node, setting, write, beside=False))
            continue
        beside = _beside(done, rest, height, setting, write)
        box = key_points_box(node, setting, write, beside=True)
        lead = [p for p in beside if isinstance(p.node, Heading)][:1]
        start = 1 if lead and beside[0] is lead[0] else 0
        inner = [p.markup for p in beside]
        inner.insert(start, box)
        done.append(Markup('<div class="keep">{}</div>').format(Markup("\n").join(inner)))
    return Markup("\n").join(p.markup if isinstance(p, Piece) else p for p in done)


def _beside(
    done: list[Markup | Piece],
    rest: list[Block],
    height: float,
    setting: Setting,
    write: Write,
) -> list[Piece]:
    """Take the text beside a box: the heading before it, what follows, else what precedes."""
    beside: list[Piece] = []
    taken = 0.0
    while done and isinstance(last := done[-1], Piece) and _leads(last):
        done.pop()
        beside.insert(0, last)
        taken += last.height if last.node is None else 0.0
    while rest and taken < height and _is_text(rest[0]):
        node = rest.pop(0)
        piece = Piece(node, write(node, setting), text_height(node, setting))
        beside.append(piece)
        taken += piece.height
    while len(beside) > 1 and isinstance(beside[-1].node, Heading):
        heading = beside.pop().node
        rest.insert(0, heading) if heading else None
    while taken < height * 0.8 and done:
        last = done[-1]
        if not isinstance(last, Piece) or not _is_text(last.node):
            break
        done.pop()
        beside.insert(0, last)
        taken += last.height
    return beside


def _leads(piece: Piece) -> bool:
    return piece.node is None or isinstance(piece.node, Heading)


def _is_text(node: Block | None) -> bool:
    return isinstance(node, Paragraph | Heading | BulletList | OrderedList | Quotation)


def text_height(node: object, setting: Setting) -> float:
    """Guess the height in points of text set in the main column."""
    style = setting.theme.styles["body"]
    per_line = setting.measure.pt / (style.size.pt * CHARACTER)
    match node:
        case Heading():
            return 42.0
        case Paragraph():
            lines = 1 + int(len(plain(node)) / per_line)
            return lines * style.leading.pt + style.after.pt
        case BulletList(items=items) | OrderedList(items=items):
            return sum(
                (1 + int(len(plain(item)) / (per_line - 3))) * style.leading.pt + 3
                for item in items
            )
        case _:
            return (1 + int(len(plain(node)) / per_line)) * style.leading.pt


def box_height(node: KeyPoints, setting: Setting) -> float:
    """Guess the height in points of a box in the side column."""
    style = setting.theme.styles["box_text"]
    room = setting.theme.grid.side.pt - 2 * setting.theme.box_padding.pt
    per_line = room / (style.size.pt * CHARACTER)
    height = 60.0
    for block in node.blocks:
        texts = (
            [plain(item) for item in block.items]
            if isinstance(block, BulletList | OrderedList)
            else [plain(block)]
        )
        height += sum(
            (1 + int(len(text) / (per_line - 2))) * style.leading.pt + 10 for text in texts
        )
    return height


def key_points_box(node: KeyPoints, setting: Setting, write: Write, *, beside: bool) -> Markup:
    """Write a box; in the side column the points stand one below the other, ruled."""
    theme = setting.theme
    room = theme.grid.side if beside else setting.measure
    inner = setting.inside(type(room)(room - 2 * theme.box_padding))
    title = (
        inlines(node.title, setting)
        if node.title
        else Markup("{}").format(setting.word("key_points", "Key points"))
    )
    content = [line for block in node.blocks for line in _points(block, inner, write)]
    return Markup('<div class="key {}"><p class="boxhead">{}</p>{}</div>').format(
        "side" if beside else "inline", title, Markup("").join(content)
    )


def _points(block: Block, setting: Setting, write: Write) -> list[Markup]:
    """Write a list's items as ruled paragraphs; anything else as it is."""
    if isinstance(block, BulletList):
        return [
            Markup('<div class="point">{}</div>').format(
                Markup("").join(write(part, setting) for part in item.blocks)
            )
            for item in block.items
        ]
    return [Markup('<div class="point">{}</div>').format(write(block, setting))]
