"""Tables for the web: real heads with their scope, in a frame that scrolls where it must."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup, escape

from builder.charts.numbers import format_number
from builder.document.dates import shown_date
from builder.document.nodes import Cell, Chart, Row, RowKind, Table
from builder.document.walk import plain
from builder.writers.html.captions import framed, head
from builder.writers.html.web import Web, joined
from builder.writers.markup_figures import LONGEST_WORD, MISSING_MARKS, column_class

MANY = 4
"""Columns; such a table is not squeezed into a telephone, but scrolls."""


def table(node: Table, web: Web) -> Markup:
    """Write a table with its caption."""
    shares = any(column.share for column in node.columns)
    columns = Markup("").join(
        Markup('<col style="width: {}%">').format(round(column.share * 100, 3))
        if column.share
        else Markup("<col>")
        for column in node.columns
    )
    above = head(node.caption, web)
    body = Markup('<table class="data{}"><colgroup>{}</colgroup>{}{}</table>').format(
        (" shares" if shares else "") + (" many" if len(node.columns) >= MANY else ""),
        columns,
        _head(node, web),
        _bodies(node, web),
    )
    name = plain(node.caption.title) or node.caption.alt or web.setting.word("table", "Table")
    return framed(
        node, above, scrolled(body, name), web, "table wide" if node.spans_block else "table"
    )


def scrolled(content: Markup, name: str) -> Markup:
    """Put a table into a frame that a keyboard can scroll, should it be wider than the screen."""
    return Markup('<div class="scroll" role="region" tabindex="0" aria-label="{}">{}</div>').format(
        name, content
    )


def _head(node: Table, web: Web) -> Markup:
    if not node.head:
        return Markup("")
    cells = []
    for index, cell in enumerate(node.head):
        words, kind = web.words(cell.content), column_class(node, index)
        name = "th" if words else "td"  # an empty head would be read as one
        scope = Markup(' scope="col"') if words else Markup("")
        cells.append(Markup('<{}{} class="{}">{}</{}>').format(name, scope, kind, words, name))
    return Markup("<thead><tr>{}</tr></thead>").format(Markup("").join(cells))


def _bodies(node: Table, web: Web) -> Markup:
    """Write the rows, those below a group's head in a body of their own."""
    bodies: list[list[Markup]] = [[]]
    for row in node.rows:
        if row.kind is RowKind.GROUP and bodies[-1]:
            bodies.append([])
        bodies[-1].append(_row(row, node, web))
    return Markup("").join(Markup("<tbody>{}</tbody>").format(joined(rows)) for rows in bodies)


def _row(row: Row, node: Table, web: Web) -> Markup:
    source = web.marks(row)
    if row.kind is RowKind.GROUP:
        return Markup('<tr class="grp"{}><th scope="rowgroup" colspan="{}">{}</th></tr>').format(
            source, len(node.columns), web.words(row.cells[0].content)
        )
    cells = [_cell(cell, node, index, web) for index, cell in enumerate(row.cells)]
    kind = Markup(' class="total"') if row.kind is RowKind.TOTAL else Markup("")
    return Markup("<tr{}{}>{}</tr>").format(kind, source, Markup("").join(cells))


def _cell(cell: Cell, node: Table, index: int, web: Web) -> Markup:
    words = plain(cell.content)
    missing = " ns" if words in MISSING_MARKS else ""
    endless = " endless" if max(map(len, words.split()), default=0) > LONGEST_WORD else ""
    classes = column_class(node, index) + missing + endless
    content = web.words(cell.content)
    if node.row_heads and index == 0 and len(node.columns) > 1 and cell.content:
        return Markup('<th scope="row" class="{}">{}</th>').format(classes, content)
    return Markup('<td class="{}">{}</td>').format(classes, content)


def chart_table(node: Chart, web: Web) -> Markup:
    """Write the data of a chart: a row a category, a column a series."""

    def value(number: float | None) -> str:
        return format_number(number, node.decimals, web.setting.language)

    def category(name: str) -> str:
        return shown_date(name, web.setting.language) if node.dates else name

    def across(number: float) -> str:
        if not node.dates:
            return value(number)
        return shown_date(date.fromordinal(int(number)).isoformat(), web.setting.language)

    rows: list[list[str | Markup]] = []
    if node.type == "scatter":
        for series in node.series:
            of = f" ({series.name})" if len(node.series) > 1 else ""
            for name, x, y in zip(node.categories, series.xs, series.values, strict=True):
                if y is not None:
                    rows.append([name + of, across(x), value(y)])
        return plain_table(["", node.x_title or "x", node.y_title or "y"], rows)
    for index, name in enumerate(node.categories):
        rows.append([category(name), *(value(series.values[index]) for series in node.series)])
    names = [series.name for series in node.series]
    heads = [f"{name} ({node.unit})" if node.unit else name for name in names]
    return plain_table(["", *heads], rows)


def plain_table(
    heads: list[str], rows: list[list[str | Markup]], *, numeric: bool = True
) -> Markup:
    """Write a table of plain values, as it stands behind a drawing."""
    kind = "num" if numeric else "l"
    top = [
        Markup('<th scope="col" class="{}">{}</th>').format(kind if index else "l", words)
        if words
        else Markup("<td></td>")
        for index, words in enumerate(heads)
    ]
    lines = []
    for first, *rest in rows:
        cells = [Markup('<td class="{}">{}</td>').format(kind, words) for words in rest]
        lines.append(
            Markup('<tr><th scope="row" class="l">{}</th>{}</tr>').format(
                escape(first), Markup("").join(cells)
            )
        )
    above = Markup("<thead><tr>{}</tr></thead>").format(Markup("").join(top)) if top else ""
    return Markup('<table class="data">{}<tbody>{}</tbody></table>').format(above, joined(lines))
