"""Tables of data: the house's style, repeated heads, group and total rows."""

from __future__ import annotations

from builder.document.nodes import Cell, Column, Inlines, Row, RowKind, Table
from builder.document.walk import plain
from builder.theme.model import TextStyle
from builder.units import Length
from builder.writers.word.captions import captioned
from builder.writers.word.formats import Line, ParagraphFormat
from builder.writers.word.grid import Frame, GridCell, GridRow, table
from builder.writers.word.inlines import Voice, inlines
from builder.writers.word.page_setup import landscape_block
from builder.writers.word.paragraphs import paragraph
from builder.writers.word.parting import turned
from builder.writers.word.place import Place
from builder.writers.word.table_styles import TABLE
from builder.writers.word.xml import Element

SHORTEST_SHARE = 0.08
LONGEST_SHARE = 0.55
MOST_KEPT = 8
"""Rows that a table may have to be kept on one page."""


def data_table(node: Table, place: Place) -> list[Element]:
    """Write a table with its caption; a wide one spans the full block.

    One whose longest words do not stand side by side even there gets a page in landscape.
    """
    lies = not place.boxed and not place.in_note and _needs_landscape(node, place)
    left, width = place.table_spot(wide=node.spans_block)
    if lies:
        left, width = Length(0), landscape_block(place.writing.page)
    has_total = bool(node.rows) and node.rows[-1].kind is RowKind.TOTAL
    frame = Frame(
        TABLE,
        column_widths(node, width, place),
        left,
        title=plain(node.caption.title),
        alt=node.caption.alt,
        head=bool(node.head),
        total=has_total,
        first_column=node.row_heads,
        whole=len(node.rows) <= MOST_KEPT,
        bidi=place.rtl,
    )
    rows = [*_head(node, place), *(_row(row, node, place) for row in node.rows)]
    made = table(frame, rows) if rows else None
    whole = captioned(node.caption, node.id, [] if made is None else [made], place, left)
    return [turned(whole)] if lies else whole


def _needs_landscape(node: Table, place: Place) -> bool:
    if any(column.share for column in node.columns):
        return False
    return sum(least for least, _ in _wishes(node, place.full, place)) > place.full


def _head(node: Table, place: Place) -> list[GridRow]:
    if not node.head:
        return []
    cells = tuple(
        _cell(cell.content, index, node, place.styled("TableHead"))
        for index, cell in enumerate(node.head[: len(node.columns)])
    )
    return [GridRow(cells, head=True)]


def _row(row: Row, node: Table, place: Place) -> GridRow:
    match row.kind:
        case RowKind.GROUP:
            return _group(row, node.columns, place)
        case RowKind.TOTAL:
            return GridRow(_cells(row, node, place, "TableRowHead"))
        case RowKind.BODY:
            return GridRow(_cells(row, node, place, "TableText"))


def _cells(row: Row, node: Table, place: Place, style: str) -> tuple[GridCell, ...]:
    cells = (*row.cells, *(Cell(()) for _ in range(len(node.columns) - len(row.cells))))
    first = "TableRowHead" if node.row_heads else style
    return tuple(
        _cell(cell.content, index, node, place.styled(style if index else first), row.kind)
        for index, cell in enumerate(cells)
    )


def _cell(
    content: Inlines, index: int, node: Table, place: Place, kind: RowKind = RowKind.BODY
) -> GridCell:
    """Write a cell; words at the table's edges stand on these, unless the row has a ground."""
    column, look = node.columns[index], place.theme.table
    align = column.align if column.align != "left" else None
    written = _content(content, place)
    side, zero = look.pad_horizontal, Length(0)
    first, last = (
        kind is not RowKind.TOTAL and index == edge for edge in (0, len(node.columns) - 1)
    )
    if place.rtl:  # Word turns the two around, LibreOffice does not
        first = last = first or last
    margins = (
        look.pad_vertical,
        zero if first else side,
        look.pad_vertical,
        zero if last else side,
    )
    return GridCell(
        [paragraph(place, written, ParagraphFormat(align=align))],
        margins=margins if margins != (look.pad_vertical, side, look.pad_vertical, side) else None,
        bottom=place.style == "TableHead",
    )


def _content(content: Inlines, place: Place) -> list[Element]:
    """Write a cell's words; a missing value is told apart by its colour."""
    if plain(content).casefold() == place.theme.table.missing.casefold():
        return inlines(content, place, Voice(place.text, "Missing", lang=place.lang))
    return inlines(content, place)


def _group(row: Row, columns: tuple[Column, ...], place: Place) -> GridRow:
    grouped = place.styled("TableGroup")
    line = Line(place.theme.colour("muted"), place.theme.table.row_rule)
    look = place.theme.table
    cell = GridCell(
        [paragraph(grouped, inlines(row.cells[0].content, grouped))],
        span=len(columns),
        borders=(("bottom", line),),
        margins=(look.pad_vertical, Length(0), look.pad_vertical, look.pad_horizontal),
    )
    return GridRow((cell,))


def column_widths(node: Table, width: Length, place: Place) -> tuple[Length, ...]:
    """Share a table's width out: as the author says, else by what stands in the columns."""
    given = [column.share for column in node.columns]
    if any(given):
        rest = max(0.0, 1.0 - sum(given))
        open_columns = given.count(0.0) or 1
        shares = [share or max(rest / open_columns, SHORTEST_SHARE) for share in given]
    else:
        shares = _shares_by_content(node, width, place)
    whole = sum(shares)
    made = [Length(round(width * share / whole)) for share in shares]
    made[-1] = Length(width - sum(made[:-1]))
    return tuple(made)


def _shares_by_content(node: Table, width: Length, place: Place) -> list[float]:
    """Give each column its longest word, and of what is left as much as its text asks for."""
    wishes = _wishes(node, width, place)
    room = width - sum(least for least, _ in wishes)
    wanted = sum(most - least for least, most in wishes)
    if room <= 0:
        return [float(least) for least, _ in wishes]
    if wanted <= room:
        return [float(most) for _, most in wishes]
    return [least + room * (most - least) / wanted for least, most in wishes]


def _wishes(node: Table, width: Length, place: Place) -> list[tuple[int, int]]:
    """Give what each column needs for its longest word, and what for all words on one line."""
    head, body = place.theme.styles["table_head"], place.writing.sheet.text("TableRowHead")
    pad = 2 * place.theme.table.pad_horizontal
    made: list[tuple[int, int]] = []
    for index in range(len(node.columns)):
        texts = [(plain(row.cells[index].content), body) for row in node.rows
                 if row.kind is not RowKind.GROUP and index < len(row.cells)]  # fmt: skip
        if index < len(node.head):
            texts.append((plain(node.head[index].content), head))
        words = [(word, style) for text, style in texts for word in text.split()]
        least = _widest(words, place) + pad
        most = min(_widest(texts, place) + pad, round(width * LONGEST_SHARE))
        made.append((least, max(least, most)))
    return made


def _widest(texts: list[tuple[str, TextStyle]], place: Place) -> int:
    book = place.writing.fonts
    return max((book.width_of(text, style) for text, style in texts if text), default=0)
