"""Tables on slides: columns as wide as their content asks, rows over as many slides as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.deck.layout import Box, Layout
from builder.deck.measure import Ruler, leading
from builder.deck.model import TablePlan
from builder.deck.search import largest
from builder.deck.split import divide
from builder.deck.text import runs
from builder.document.nodes import Cell, Row, RowKind, Table
from builder.theme.model import TextStyle
from builder.units import Length

PADDING = (Length.from_inches(0.08), Length.from_inches(0.075))
RAISED = Length.from_inches(0.4)  # what a table without a subtitle has more room
FEW, AIRY = 5, 11  # rows up to which a table may stand far more, and more loosely
AIR = 0.55  # how much of its room a table may fill whose text is larger than usual
AGENDA = "agenda"


def table_box(layout: Layout, *, below_subtitle: bool) -> Box:
    """Give the room for a table: without a subtitle it begins where the subtitle would."""
    box = layout.slots["table"].box
    if below_subtitle or "subtitle" not in layout.slots:
        return box
    return Box(box.x, Length(box.y - RAISED), box.width, Length(box.height + RAISED))


def plan_table(table: Table, layout: Layout, ruler: Ruler, room: Length) -> TablePlan | None:
    """Measure a table at the largest size at which it stands in a room's height; None: at none.

    A table of few rows may be larger than the layout's size, as long as there is air around it.
    """
    slot = layout.slots["table"]

    def fits(size: Length) -> bool:
        plan = measure_table(table, layout, ruler, size)
        share = 1.0 if size <= slot.style.size else AIR
        return plan.head + sum(plan.rows) <= room * share

    size = largest(max(slot.grow, slot.style.size), slot.style.minimum, fits)
    if size is None:
        return None
    return _loosened(measure_table(table, layout, ruler, size), room, layout)


def split_table(
    table: Table, layout: Layout, ruler: Ruler, height: Length
) -> tuple[tuple[Table, TablePlan], ...] | None:
    """Divide a table's rows over slides, the head repeated; None where one row is too high."""
    slot = layout.slots["table"]
    size = slot.style.minimum
    whole = measure_table(table, layout, ruler, size)
    room = height - whole.head
    heights = dict(enumerate(whole.rows))
    blocks = _kept_together(table.rows)

    def used(part: Sequence[tuple[int, ...]]) -> int:
        return sum(heights[row] for block in part for row in block)

    if any(used((block,)) > room for block in blocks):
        blocks = tuple((row,) for row in heights)
    if any(heights[row] > room for row in heights):
        return None
    parts = divide(blocks, lambda part: used(part) <= room, used)
    tables = [
        replace(table, rows=tuple(table.rows[row] for block in part for row in block))
        for part in parts
    ]

    def fit_at(size: Length) -> bool:
        widths = column_widths(table, layout, ruler, size)
        return all(_fits(part, layout, ruler, size, widths, height) for part in tables)

    best = largest(slot.style.size, size, fit_at) or size
    widths = column_widths(table, layout, ruler, best)
    return tuple((part, measure_table(part, layout, ruler, best, widths=widths)) for part in tables)


def _fits(
    part: Table,
    layout: Layout,
    ruler: Ruler,
    size: Length,
    widths: tuple[Length, ...],
    room: Length,
) -> bool:
    plan = measure_table(part, layout, ruler, size, widths=widths)
    return plan.head + sum(plan.rows) <= room


def measure_table(
    table: Table,
    layout: Layout,
    ruler: Ruler,
    size: Length,
    *,
    widths: tuple[Length, ...] = (),
) -> TablePlan:
    """Measure a table at a size of text."""
    slot = layout.slots["table"]
    down = padding(layout)[1]
    widths = widths or column_widths(table, layout, ruler, size)
    rows = tuple(_row_height(row, widths, layout, ruler, size, down) for row in table.rows)
    head_style = layout.styles.get("head", slot.style)
    head = (
        _height(
            table.head, [head_style] * len(widths), widths, ruler, head_size(layout, size), layout
        )
        if table.head
        else 0
    )
    return TablePlan(size, widths, Length(head + 2 * down if head else 0), rows)


def padding(layout: Layout) -> tuple[Length, Length]:
    """Give the room inside a cell, across and down."""
    return layout.padding if any(layout.padding) else PADDING


def edges(layout: Layout, column: int, count: int) -> tuple[Length, Length]:
    """Give the room at a cell's left and right; a table's outer edges are flush with the title."""
    across = padding(layout)[0]
    left = Length(0) if column == 0 else Length(across // 2)
    right = Length(0) if column == count - 1 else across
    return left, right


def head_size(layout: Layout, size: Length) -> Length:
    """Give the head's size of text beside rows of a size."""
    head = layout.styles.get("head", layout.slots["table"].style)
    return max(head.minimum, min(head.size, size))


def cell_look(layout: Layout, row: Row, column: int, size: Length) -> tuple[TextStyle, Length]:
    """Give a body cell's style and size."""
    slot = layout.slots["table"]
    if layout.name == AGENDA:
        name = {0: "number", 2: "aside"}.get(column, "")
        style = layout.styles.get(name, slot.style)
        scaled = Length.from_pt(round(style.size.pt * size / slot.style.size))
        return style, max(style.minimum, scaled)
    if row.kind is RowKind.GROUP:
        head = layout.styles.get("head", slot.style)
        return replace(head, size=slot.style.size, leading=slot.style.leading), size
    return slot.style, size


def column_widths(table: Table, layout: Layout, ruler: Ruler, size: Length) -> tuple[Length, ...]:
    """Divide the width among the columns: by the author's shares, else by content."""
    room = layout.slots["table"].box.width
    count = len(table.columns)
    if any(column.share for column in table.columns):
        given = [column.share for column in table.columns]
        rest = max(0.0, 1 - sum(given)) / max(1, sum(not share for share in given))
        shares = [share or rest for share in given]
        return _exact([room * share / sum(shares) for share in shares], room)
    head_style = layout.styles.get("head", layout.slots["table"].style)
    natural, least = [0.0] * count, [0.0] * count
    for place, cell in enumerate(table.head):
        across = sum(edges(layout, place, count)) + Length.from_pt(1)
        _widen(natural, least, place, cell, head_style, head_size(layout, size), ruler, across)
    for row in table.rows:
        if row.kind is RowKind.GROUP:
            continue
        for place, cell in enumerate(row.cells[:count]):
            style, own = cell_look(layout, row, place, size)
            across = sum(edges(layout, place, count)) + Length.from_pt(1)
            _widen(natural, least, place, cell, style, own, ruler, across)
    return _exact(_shared(natural, least, room), room)


def _widen(
    natural: list[float],
    least: list[float],
    place: int,
    cell: Cell,
    style: TextStyle,
    size: Length,
    ruler: Ruler,
    across: int,
) -> None:
    found = runs(cell.content)
    natural[place] = max(natural[place], ruler.width(found, style, size) / 0.985 + across)
    least[place] = max(least[place], ruler.longest_word(found, style, size) / 0.985 + across)


def _shared(natural: list[float], least: list[float], room: int) -> list[float]:
    """Give each column what it asks; what is over or missing is divided by need."""
    if sum(natural) <= room:
        return [width + (room - sum(natural)) * width / sum(natural) for width in natural]
    narrow = sum(least) >= room  # even single words must be broken, in the widest columns
    widths = [0.0] * len(least) if narrow else list(least)
    left = room - sum(widths)
    wanted = least if narrow else natural
    wanting = [max(0.0, n - w) for n, w in zip(wanted, widths, strict=True)]
    order = sorted(range(len(widths)), key=lambda i: wanting[i])
    for done, place in enumerate(order):  # small wishes first, each with a fair share
        fair = left / (len(order) - done)
        given = min(wanting[place], fair)
        widths[place] += given
        left -= given
    return widths


def _exact(widths: Sequence[float], room: int) -> tuple[Length, ...]:
    """Round widths so that they add up to the room."""
    rounded = [int(width) for width in widths]
    rounded[-1] += room - sum(rounded)
    return tuple(Length(width) for width in rounded)


def _row_height(
    row: Row,
    widths: tuple[Length, ...],
    layout: Layout,
    ruler: Ruler,
    size: Length,
    down: Length,
) -> Length:
    if row.kind is RowKind.GROUP:
        style, own = cell_look(layout, row, 0, size)
        return Length(
            _height(row.cells, [style], (Length(sum(widths)),), ruler, own, layout) + 2 * down
        )
    highest = 0
    for place, cell in enumerate(row.cells[: len(widths)]):
        style, own = cell_look(layout, row, place, size)
        bold = row.kind is RowKind.TOTAL
        found = runs(cell.content)
        if bold:
            found = tuple(replace(run, bold=True) for run in found)
        room = Length(widths[place] - sum(edges(layout, place, len(widths))))
        count = ruler.count(found, style, own, room)
        highest = max(highest, count * leading(style, own))
    return Length(highest + 2 * down)


def _height(
    cells: Sequence[Cell],
    styles: Sequence[TextStyle],
    widths: tuple[Length, ...],
    ruler: Ruler,
    size: Length,
    layout: Layout,
) -> int:
    heights = [
        ruler.count(
            runs(cell.content), style, size, Length(width - sum(edges(layout, place, len(widths))))
        )
        * leading(style, size)
        for place, (cell, style, width) in enumerate(zip(cells, styles, widths, strict=False))
    ]
    return max(heights, default=0)


def _loosened(plan: TablePlan, room: Length, layout: Layout) -> TablePlan:
    """Give the rows of a short table more room; those of the agenda all there is."""
    free = room - plan.head - sum(plan.rows)
    count = len(plan.rows)
    if not count or (count > AIRY and layout.name != AGENDA):
        return plan
    most = Length.from_pt(26 if layout.name == AGENDA or count <= FEW else 14)
    extra = Length(min(free // count, most))
    return replace(plan, rows=tuple(Length(row + extra) for row in plan.rows))


def _kept_together(rows: Sequence[Row]) -> tuple[tuple[int, ...], ...]:
    """Give rows that must not be parted: a group's head and first row, the total and last."""
    blocks: list[tuple[int, ...]] = []
    open_group = False
    for place, row in enumerate(rows):
        if blocks and (open_group or row.kind is RowKind.TOTAL):
            blocks[-1] = (*blocks[-1], place)
        else:
            blocks.append((place,))
        open_group = row.kind is RowKind.GROUP
    return tuple(blocks)
