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
_CLOSED = re.compile(r'"[^"]*"')
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
    a row, that line alone is a bad row: the rows behind it are not lost in the cell. A bad row of
    several lines that look like none by themselves is one row: its number is that of when it is
    mended.
    """
    lines = list(io.StringIO(text, newline=""))
    delimiter, place = _begin(lines)
    width: int | None = None  # of the first row, which names the columns
    while place < len(lines):
        end = _end(lines, place)
        if end == place + 1:
            row, count = _row(lines[place], delimiter), 1
        else:
            row, count = _long_row(lines, place, delimiter, width)
        if isinstance(row, ValueError) or any(cell.strip() for cell in row):
            yield place + 1, row
            width = width or (len(row) if isinstance(row, list) else None)
        place += count


def _begin(lines: Sequence[str]) -> tuple[str, int]:
    """Give what parts cells, and the first line of the list itself.

    Spreadsheets of many countries write ";"; Excel may say so in a line of its own, `sep=;`.
    """
    said = _SEPARATOR.fullmatch(lines[0]) if lines else None
    if said is not None:
        return said[1], 1
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    head = _CLOSED.sub("", "".join(lines[first : _end(lines, first)]))
    return max(",;\t", key=head.count), 0


def _end(lines: Sequence[str], begin: int) -> int:
    """Give the line behind a row's: where all quotation marks are closed; else the next one."""
    is_open = False
    for place in range(begin, min(begin + MOST_LINES, len(lines))):
        is_open ^= lines[place].count(QUOTE) % 2 == 1
        if not is_open:
            return place + 1
    return begin + 1


def _row(line: str, delimiter: str) -> list[str] | ValueError:
    """Read a row of one line."""
    if QUOTE not in line and len(line) < csv.field_size_limit():
        return line.rstrip("\r\n").split(delimiter)  # many times as fast
    if line.count(QUOTE) % 2:
        return ValueError(_UNCLOSED)
    try:
        rows = _read([line], delimiter)
    except csv.Error as fault:
        return ValueError(f"the row is no CSV: {fault}")
    return rows[0] if rows else []


def _read(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    return list(csv.reader(lines, delimiter=delimiter, strict=True))


def _long_row(
    all_lines: Sequence[str], begin: int, delimiter: str, width: int | None
) -> tuple[list[str] | ValueError, int]:
    """Read a row of several lines, and count them; else the first of them alone is a bad row."""
    last = _end(all_lines, begin)
    lines = all_lines[begin:last]
    are_rows = _are_rows(lines, delimiter, width)
    try:
        rows = _read(lines, delimiter)
    except csv.Error as fault:
        if len(lines) > 2 or are_rows or _is_whole(all_lines, begin + 1, delimiter, width):
            return ValueError(_UNCLOSED), 1
        return ValueError(f"the row, which goes on to line {last}, is no CSV: {fault}"), 2
    if len(rows) != 1:
        return ValueError(_UNCLOSED), 1
    (row,) = rows
    if len(lines) == 2 and len(row) == width:
        are_rows = False  # it has all its cells, and no other row would be between its lines
    if width is not None and len(row) > width and are_rows:
        return ValueError(_UNCLOSED), 1
    if any(delimiter in cell and "\n" in cell.replace("\r", "\n") for cell in row):
        why = f"a cell goes on to line {last} and holds {delimiter!r}"
        lost = ValueError(f"{why}: a row may have been lost in it")
        return lost, 1 if are_rows else len(lines)
    return row, len(lines)


def _are_rows(lines: Sequence[str], delimiter: str, width: int | None) -> bool:
    """Tell whether lines that quotation marks make one row of look like rows by themselves.

    They do where each has as many cells as the list has columns. The last one, in which the mark
    of another was taken for the closing one, counts where there is none between.
    """
    counts = [_CLOSED.sub("", line).count(delimiter) + 1 for line in lines if line.strip()]
    first, *between, last = counts
    return first == width and all(count == width for count in between or [last])


def _is_whole(lines: Sequence[str], begin: int, delimiter: str, width: int | None) -> bool:
    """Tell whether a good row begins in a line."""
    try:
        rows = _read(lines[begin : _end(lines, begin)], delimiter)
    except csv.Error:
        return False
    return len(rows) == 1 and len(rows[0]) == width
