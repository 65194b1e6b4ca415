"""Pipe tables in, tables out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from builder.diagnostics import Code, Diagnostics, Span
from builder.document.nodes import Cell, Column, Inlines, Row, RowKind, Table
from builder.document.walk import plain
from builder.readers.block_rules import RawCell, RawRow, RawTable
from builder.readers.data import MISSING

_NUMERIC = re.compile(
    r"^[~≈<>c.\s]*[+\-−–±]?\s*(?:[$€£]|USD|EUR)?\s?\d[\d\s\u00a0\u202f.,’']*\s*"
    r"(?:%|per cent|bn|m|million|billion|x)?\s*[a-z*†]?$"
)
MOST_COLUMNS = 63
MOST_ROWS = 5000
MOST_CELLS = 20_000
LONGEST_NUMBER = 60
CellReader = Callable[[RawCell, int], Inlines]  # cell and line, from 1


def make_table(raw: RawTable, file: str, read: CellReader, log: Diagnostics, at: Span) -> Table:
    """Make a table; rows with too many or too few cells are diagnosed where they stand."""
    raw = _within(raw, log, at)
    width = len(raw.aligns)
    head = _cells(raw.head, width, file, read, log) if raw.head.cells else ()
    rows = tuple(_row(row, width, file, read, log) for row in raw.rows)
    columns = tuple(_column(index, align, rows) for index, align in enumerate(raw.aligns))
    return Table(columns, head, rows, at=at)


def _within(raw: RawTable, log: Diagnostics, at: Span) -> RawTable:
    """Cut a table that no output could show; Word knows no table of more than 63 columns."""
    columns, rows = len(raw.aligns), len(raw.rows)
    if columns <= MOST_COLUMNS and rows <= MOST_ROWS and columns * rows <= MOST_CELLS:
        return raw
    log.error(
        Code.TABLE_CELLS,
        f"the table has {columns:,} columns and {rows:,} rows",
        at=at,
        hint=f"part it: {MOST_COLUMNS} columns, {MOST_ROWS:,} rows and {MOST_CELLS:,} cells are"
        " the most",
    )
    head = RawRow(raw.head.line, raw.head.cells[:1], spans=False)
    return RawTable(head, raw.aligns[:1], ())


def with_total(table: Table) -> Table:
    """Mark the last row as the total; where it looked like a group's, it has all cells again."""
    if not table.rows:
        return table
    last = table.rows[-1]
    missing = len(table.columns) - len(last.cells)
    cells = last.cells + (Cell(()),) * missing
    return replace(table, rows=(*table.rows[:-1], replace(last, kind=RowKind.TOTAL, cells=cells)))


def _row(raw: RawRow, width: int, file: str, read: CellReader, log: Diagnostics) -> Row:
    at = Span(file, raw.line + 1, raw.cells[0].column if raw.cells else 1)
    filled = [cell for cell in raw.cells if cell.text]
    lone = len(filled) == 1 and raw.cells[0].text != "" and width > 1
    if lone and (raw.spans or len(raw.cells) == width):
        return Row((_cell(raw.cells[0], raw.line, file, read),), RowKind.GROUP, at=at)
    return Row(_cells(raw, width, file, read, log), at=at)


def _cells(
    raw: RawRow, width: int, file: str, read: CellReader, log: Diagnostics
) -> tuple[Cell, ...]:
    if len(raw.cells) != width:
        where = raw.cells[min(width, len(raw.cells) - 1)].column if raw.cells else 1
        many = "more" if len(raw.cells) > width else "fewer"
        log.error(
            Code.TABLE_CELLS,
            f"the row has {len(raw.cells)} cells, {many} than the table's {width} columns",
            at=Span(file, raw.line + 1, where),
            hint="a pipe that belongs to the text is written \\|"
            if many == "more"
            else "write a pipe for each cell, for an empty one too: | a | | |",
        )
    cells = tuple(_cell(cell, raw.line, file, read) for cell in raw.cells[:width])
    return cells + tuple(
        Cell((), at=Span(file, raw.line + 1, 1)) for _ in range(width - len(cells))
    )


def _cell(raw: RawCell, line: int, file: str, read: CellReader) -> Cell:
    return Cell(read(raw, line + 1), at=Span(file, line + 1, raw.column))


def _column(index: int, align: str, rows: tuple[Row, ...]) -> Column:
    texts = [plain(r.cells[index].content) for r in rows if r.kind is not RowKind.GROUP]
    values = [text for text in texts if text.casefold() not in MISSING]
    numeric = bool(values) and all(
        len(value) <= LONGEST_NUMBER and _NUMERIC.match(value) for value in values
    )
    if align == "right":
        return Column("right", numeric=numeric)
    if align == "center":
        return Column("center", numeric=numeric)
    return Column("left", numeric=False)
