"""Tables as XML: rows and cells in the order that the schema asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.theme.model import Colour
from builder.units import Length
from builder.writers.word.formats import Line, ParagraphFormat, shade
from builder.writers.word.table_styles import cell_margins
from builder.writers.word.xml import Element, qualified, w

PARAGRAPH = qualified("w:p")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is said of a table as a whole."""

    style: str
    columns: tuple[Length, ...]
    left: Length = Length(0)
    title: str = ""
    alt: str = ""
    head: bool = False
    total: bool = False
    first_column: bool = False
    bidi: bool = False
    whole: bool = False  # all rows stay on one page
    sourced: bool = True  # the last row stays on the page of what follows, as of its source


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its paragraphs, and what differs from the table's style."""

    content: list[Element]
    span: int = 1
    borders: tuple[tuple[str, Line | None], ...] = ()
    shade: Colour | None = None
    margins: tuple[Length, Length, Length, Length] | None = None  # top, left, bottom, right
    bottom: bool = False
    merge: str = ""  # "restart" or "continue": down the rows


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row; `kind` says what the style is to do with it."""

    cells: tuple[GridCell, ...]
    head: bool = False
    keep_whole: bool = True


def table(frame: Frame, rows: Sequence[GridRow]) -> Element:
    """Make a table of fixed layout."""
    return w(
        "tbl",
        _properties(frame),
        w("tblGrid", *(w("gridCol", w=c.twips) for c in frame.columns)),
        *(
            _kept(_row(row, frame))
            if frame.whole or (frame.sourced and row is rows[-1])
            else _row(row, frame)
            for row in rows
        ),
    )


def _kept(row: Element) -> Element:
    """Keep a row on the page of the next one, the last row on that of the source."""
    for properties in row.iter(qualified("w:pPr")):
        old = properties.find(qualified("w:keepNext"))
        if old is None:
            properties.insert(1, w("keepNext"))
    return row


def _properties(frame: Frame) -> Element:
    width = Length(sum(frame.columns))
    return w(
        "tblPr",
        w("tblStyle", val=frame.style),
        w("bidiVisual") if frame.bidi else None,
        w("tblW", w=width.twips, type="dxa"),
        w("tblInd", w=frame.left.twips, type="dxa"),
        w("tblLayout", type="fixed"),
        w(
            "tblLook",
            val=_look_bits(frame),
            firstRow=int(frame.head),
            lastRow=int(frame.total),
            firstColumn=int(frame.first_column),
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
        w("tblCaption", val=frame.title) if frame.title else None,
        w("tblDescription", val=frame.alt) if frame.alt else None,
    )


def _look_bits(frame: Frame) -> str:
    bits = 0x0600 | 0x20 * frame.head | 0x40 * frame.total | 0x80 * frame.first_column
    return f"{bits:04X}"


def _row(row: GridRow, frame: Frame) -> Element:
    properties = w(
        "trPr",
        w("cantSplit") if row.keep_whole else None,
        w("tblHeader") if row.head else None,
    )
    cells: list[Element] = []
    column = 0
    for cell in row.cells:
        width = Length(sum(frame.columns[column : column + cell.span]))
        cells.append(_cell(cell, width))
        column += cell.span
    return w("tr", properties if len(properties) else None, *cells)


def _cell(cell: GridCell, width: Length) -> Element:
    ordered = ("top", "left", "bottom", "right")
    given = dict(cell.borders)
    borders = [
        line.element(side) if (line := given[side]) else w(side, val="nil")
        for side in ordered
        if side in given
    ]
    properties = w(
        "tcPr",
        w("tcW", w=width.twips, type="dxa"),
        w("gridSpan", val=cell.span) if cell.span > 1 else None,
        w("vMerge", val=cell.merge) if cell.merge else None,
        w("tcBorders", *borders) if borders else None,
        shade(cell.shade) if cell.shade else None,
        cell_margins("tcMar", *cell.margins) if cell.margins else None,
        w("vAlign", val="bottom") if cell.bottom else None,
    )
    return w("tc", properties, *_ended(cell.content))


def _ended(content: list[Element]) -> list[Element]:
    """End a cell by a paragraph, as Word demands; an empty cell has one, too."""
    if content and content[-1].tag == PARAGRAPH:
        return content
    return [*content, w("p", ParagraphFormat(style="Gap").element())]
