"""Tables on slides as HTML: every cell at its place, rules as thin bars."""

from __future__ import annotations

from markupsafe import Markup

from builder.deck.layout import Box, Layout
from builder.deck.lines import set_label
from builder.deck.model import TablePlan
from builder.deck.rows import CellLook, RowLook, RowRule, row_looks
from builder.deck.tables import edges, padding
from builder.document.nodes import Table
from builder.units import Length
from builder.writers.slides.stage import Stage
from builder.writers.slides.text import Frame, text_box


def table(node: Table, plan: TablePlan, layout: Layout, box: Box, stage: Stage) -> Markup:
    """Write a table with its upper corner where the box has it; from right to left: turned."""
    rows = tuple(row_looks(node, plan, layout, stage.theme))
    parts: list[Markup] = []
    y = int(box.y)
    for row in rows:
        parts.append(_row(row, Length(y), plan, layout, box, stage))
        y += row.height
    heads = int(bool(node.head))
    head, body = parts[:heads], parts[heads:]
    inner = Markup("<thead>{}</thead>").format(Markup("").join(head)) if head else Markup("")
    inner += Markup("<tbody>{}</tbody>").format(Markup("").join(body))
    return Markup("<table>{}</table>{}").format(inner, _rules(rows, plan, box, stage))


def _row(
    row: RowLook, y: Length, plan: TablePlan, layout: Layout, box: Box, stage: Stage
) -> Markup:
    cells = Markup("").join(_cell(cell, row, y, plan, layout, box, stage) for cell in row.cells)
    return Markup("<tr>{}</tr>").format(cells)


def _cell(
    cell: CellLook,
    row: RowLook,
    y: Length,
    plan: TablePlan,
    layout: Layout,
    box: Box,
    stage: Stage,
) -> Markup:
    count, down = len(plan.widths), padding(layout)[1]
    last = cell.column + cell.span - 1
    left = edges(layout, cell.column, count)[0]
    right = edges(layout, cell.column, count)[1]
    x = sum(plan.widths[: cell.column])
    width = sum(plan.widths[cell.column : last + 1])
    start = x + left
    if stage.rtl:
        start = sum(plan.widths) - x - width + right
    room = Length(width - left - right)
    place = Box(Length(box.x + start), Length(y + down), room, Length(row.height - 2 * down))
    text = (cell.runs, cell.style, cell.size)
    said = [set_label(text, width=room, ruler=stage.ruler)] if cell.runs else []
    content = text_box(said, Frame(place, cell.align, cell.anchor, in_table=True), stage)
    name = Markup("th" if row.is_head else "td")
    wide = Markup(' colspan="{}"').format(cell.span) if cell.span > 1 else Markup("")
    return Markup("<{}{}>{}</{}>").format(name, wide, content, name)


def _rules(rows: tuple[RowLook, ...], plan: TablePlan, box: Box, stage: Stage) -> Markup:
    parts: list[Markup] = []
    y = int(box.y)
    for row in rows:
        if row.above:
            parts.append(_rule(row.above, y, plan, box, stage))
        y += row.height
        parts.append(_rule(row.below, y, plan, box, stage))
    return Markup("").join(parts)


def _rule(rule: RowRule, y: int, plan: TablePlan, box: Box, stage: Stage) -> Markup:
    """Draw a line whose middle is where two rows meet."""
    line = Box(box.x, Length(y - rule.width // 2), Length(sum(plan.widths)), rule.width)
    return Markup('<div class="shape" style="{};background:{}"></div>').format(
        stage.place(line), rule.colour.css
    )
