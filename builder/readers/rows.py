"""Lists as CSV: each row with its line, and one that is none does not stop the others."""

from __future__ import annotations

import csv
import errno
import io
from collections.abc import Iterator
from pathlib import Path

from builder.diagnostics import Code, Diagnostics, Span
from builder.plain_files import read_plain

MOST_BYTES = 64_000_000


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
    """Give each row that is not empty with the line where it begins, or what is wrong with it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            last = reader.line_num
            where = f"lines {line} to {last} are" if last > line else "the row is"
            yield line, ValueError(f"{where} no CSV: {fault}")
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def _delimiter(text: str) -> str:
    """Take what stands most often in the first line: spreadsheets of many countries write ";"."""
    first = text.lstrip("\r\n ").split("\n", 1)[0]
    return max(",;\t", key=first.count)
