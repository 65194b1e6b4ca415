"""Boxes in the side column: beside how much text they stand, so that no page break cuts them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from builder.document.nodes import (
    Block,
    BlockNode,
    Blocks,
    BulletList,
    Heading,
    KeyPoints,
    ListItem,
    OrderedList,
    Paragraph,
    PullQuote,
    Quotation,
)
from builder.document.walk import CAPTIONED, every, plain
from builder.units import Length
from builder.writers.markup_inlines import Setting, inlines

Write = Callable[[Block, Setting], Markup]

CHARACTER = 0.47
"""Mean width of a character, in em, of text faces; for guessing line counts."""

TALLEST_BOX = 420.0
"""Points; a box that is taller stands in the main column and may break."""

NARROW = (Paragraph, BulletList, OrderedList, ListItem)
"""What may stand in the side column."""

GUARD_SLACK = 12.0
BOX_EDGES = 32.0
"""Points; bar, paddings and margins of a box."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block with its markup and the height, in points, that it is guessed to take."""

    node: Block | None  # None: the section's standfirst
    markup: Markup
    height: float


def arrange(
    nodes: Blocks,
    setting: Setting,
    write: Write,
    lead: Piece | None = None,
    kept: frozenset[str] = frozenset(),
) -> Markup:
    """Write a section's blocks, side boxes beside the text that follows them.

    A box that comes first stands beside `lead` already, one before a heading goes below it. Before
    each box there is a guard, which moves it to the next page, with its heading, where it has no
    room; boxes named in `kept` are tied to their text instead, which may leave more empty.
    """
    done: list[Markup | Piece] = [lead] if lead else []
    rest = list(nodes)
    while rest:
        node = rest.pop(0)
        if not isinstance(node, KeyPoints):
            done.append(Piece(node, write(node, setting), text_height(node, setting)))
            continue
        height = box_height(node, setting)
        if height > TALLEST_BOX or not _is_narrow(node):
            done.append(key_points_box(node, setting, write, beside=False))
            continue
        box = key_points_box(node, setting, write, beside=True)
        before = _before(done, _room_beside(rest, setting), height)
        if not before and rest and isinstance(rest[0], Heading):  # the box goes below it
            heading = rest.pop(0)
            before = [Piece(heading, write(heading, setting), text_height(heading, setting))]
        if node.id in kept:
            inner = [*_with_box(before, [box]), *_following(rest, before, height, setting, write)]
            done.append(Markup('<div class="keep">{}</div>').format(Markup("\n").join(inner)))
        else:
            done += _with_box(before, [guard(height + GUARD_SLACK), box])
    return Markup("\n").join(p.markup if isinstance(p, Piece) else p for p in done)


def guard(height: float) -> Markup:
    """Write a block that takes no room but moves to the next page where `height` does not fit."""
    points = round(height, 2)
    return Markup('<div class="guard" style="height: {}pt; margin-bottom: -{}pt"></div>').format(
        points, points
    )


def _before(done: list[Markup | Piece], room: float, height: float) -> list[Piece]:
    """Take what goes with a box: its heading, and text before it where too little follows."""
    taken: list[Piece] = []
    while done and isinstance(last := done[-1], Piece):
        short = room < height * 0.8 and _is_text(last.node)
        if not (_leads(last) or short):
            break
        done.pop()
        taken.insert(0, last)
        room += 0.0 if isinstance(last.node, Heading) else last.height
    return taken


def _with_box(pieces: list[Piece], box: list[Markup]) -> list[Markup]:
    """Put the box behind the first heading, or before everything."""
    markups = [piece.markup for piece in pieces]
    first = 1 if pieces and isinstance(pieces[0].node, Heading) else 0
    return [*markups[:first], *box, *markups[first:]]


def _room_beside(rest: list[Block], setting: Setting) -> float:
    """Guess how tall the text is that follows, up to what takes the full width."""
    room = 0.0
    for node in rest:
        if isinstance(node, (*CAPTIONED, PullQuote, KeyPoints)):
            break
        room += text_height(node, setting)
    return room


def _following(
    rest: list[Block], before: list[Piece], height: float, setting: Setting, write: Write
) -> list[Markup]:
    """Take from what follows as much text as stands beside a box."""
    taken = sum(p.height for p in before if not isinstance(p.node, Heading))
    found: list[Piece] = []
    while rest and taken < height and _is_text(rest[0]):
        node = rest.pop(0)
        found.append(Piece(node, write(node, setting), text_height(node, setting)))
        taken += found[-1].height
    while found and isinstance(heading := found[-1].node, Heading):
        rest.insert(0, heading)
        found.pop()
    return [piece.markup for piece in found]


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


def _is_narrow(node: KeyPoints) -> bool:
    """Tell whether a box holds nothing but text: charts, tables and code have no room beside."""
    return all(isinstance(block, NARROW) for block in every(node.blocks, BlockNode))


def box_height(node: KeyPoints, setting: Setting) -> float:
    """Measure the height in points of a box in the side column."""
    style, head = setting.theme.styles["box_text"], setting.theme.styles["box_head"]
    room = Length(setting.theme.grid.side - 2 * setting.theme.box_padding)
    title = plain(node.title) or setting.word("key_points", "Key points")
    height = BOX_EDGES + len(setting.book.lines(title, head, room)) * head.leading.pt
    for block in node.blocks:
        texts = (
            [plain(item) for item in block.items]
            if isinstance(block, BulletList | OrderedList)
            else [plain(block)]
        )
        for text in texts:
            height += len(setting.book.lines(text, style, room)) * style.leading.pt + 10.5
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
    return Markup('<div class="key {}" id="{}"><p class="boxhead">{}</p>{}</div>').format(
        "side" if beside else "inline", node.id, title, Markup("").join(content)
    )


def _points(block: Block, setting: Setting, write: Write) -> list[Markup]:
    """Write a list's items as ruled paragraphs; anything else as it is."""
    if isinstance(block, BulletList):
        return [
            Markup('<div class="point item">{}</div>').format(
                Markup("").join(write(part, setting) for part in item.blocks)
            )
            for item in block.items
        ]
    return [Markup('<div class="point">{}</div>').format(write(block, setting))]
