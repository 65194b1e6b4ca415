"""Lists as CSV: each row with its line, and one that is none does not stop the others."""

from __future__ import annotations

import csv
import errno
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from builder.diagnostics import Code, Diagnostics, Span
from builder.plain_files import read_plain

MOST_BYTES = 64_000_000
MOST_LINES = 50
"""Over which one cell may go on."""

QUOTE = '"'
_UNCLOSED = "a quotation mark in this line has no other: the cell that it opens is never closed"
_SEPARATOR = re.compile(r"sep=([^\w\s\"]|\t)[ \t]*\r?\n?", re.IGNORECASE)


def csv_text(path: Path, code: Code, log: Diagnostics) -> str | None:
    """Give the text of a list; None, with an error, where it cannot be read."""
    at = Span(str(path))
    try:
        data = read_plain(path, MOST_BYTES)
    except OSError as fault:
        if fault.errno == errno.EFBIG:
            log.error(code, "the list is larger than 64 MB", at=at)
            return None
        log.error(
            Code.FILE_MISSING,
            f"the list cannot be opened: {fault.strerror}",
            at=at,
            hint="name a CSV file, from the folder where you type this",
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        log.error(
            Code.FILE_UNREADABLE,
            f"the list is no UTF-8 text (byte {data[fault.start]:#04x})",
            at=Span(str(path), line),
            hint="save it as CSV UTF-8",
        )
        return None


def csv_rows(text: str) -> Iterator[tuple[int, list[str] | ValueError]]:
    """Give each row that is not empty with the line where it begins, or what is wrong with it.

    A cell may go on over several lines. Where its quotation mark is not closed in a way that makes
    a row, that line alone is a bad row: the rows behind it are not lost in the cell.
    """
    lines = list(io.StringIO(text, newline=""))
    delimiter, place = _begin(lines)
    width: int | None = None  # of the first row, which names the columns
    while place < len(lines):
        end = _end(lines, place)
        row = _row(lines[place:end], delimiter, width, place + 1)
        if isinstance(row, ValueError) or any(cell.strip() for cell in row):
            yield place + 1, row
            width = width or (len(row) if isinstance(row, list) else None)
        place = end if isinstance(row, list) else place + 1


def _begin(lines: Sequence[str]) -> tuple[str, int]:
    """Give what parts cells, and the first line of the list itself.

    Spreadsheets of many countries write ";"; Excel may say so in a line of its own, `sep=;`.
    """
    said = _SEPARATOR.fullmatch(lines[0]) if lines else None
    if said is not None:
        return said[1], 1
    first = next((line for line in lines if line.strip()), "")
    return max(",;\t", key=first.count), 0


def _end(lines: Sequence[str], begin: int) -> int:
    """Give the line behind a row's: where all quotation marks are closed; else the next one."""
    is_open = False
    for place in range(begin, min(begin + MOST_LINES, len(lines))):
        is_open ^= lines[place].count(QUOTE) % 2 == 1
        if not is_open:
            return place + 1
    return begin + 1


def _row(
    lines: Sequence[str], delimiter: str, width: int | None, first: int
) -> list[str] | ValueError:
    """Read the lines of one row."""
    if QUOTE not in lines[0] and len(lines[0]) < csv.field_size_limit():
        return lines[0].rstrip("\r\n").split(delimiter)  # many times as fast
    if len(lines) == 1 and lines[0].count(QUOTE) % 2:
        return ValueError(_UNCLOSED)
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as fault:
        return ValueError(f"the row is no CSV: {fault}" if len(lines) == 1 else _UNCLOSED)
    if len(lines) == 1:
        return rows[0] if rows else []
    if len(rows) != 1 or (width is not None and len(rows[0]) > width):
        return ValueError(_UNCLOSED)
    if any(delimiter in cell and "\n" in cell.replace("\r", "\n") for cell in rows[0]):
        last = first + len(lines) - 1
        return ValueError(
            f"a cell goes on to line {last} and holds {delimiter!r}: a row may have been lost in it"
        )
    return rows[0]
