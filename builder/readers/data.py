"""CSV files: the numbers behind charts, each complaint at its line in the CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from builder.addresses import shown
from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.plain_files import NoContent
from builder.readers.files import ProjectFiles

MISSING = frozenset({"", "n/s", "n/a", "na", "nan", "-", "–", "—", "..", "…"})
MOST_ROWS, MOST_COLUMNS = 5000, 200
LEAST, MOST = 1e-12, 1e15
"""Values that axes can be drawn for; zero is another."""

LONGEST_NUMBER = 60
_SPACES = re.compile(r"[\s\u00a0\u202f'’](?=\d{3}(?:\D|$))")


@dataclass(frozen=True, slots=True)
class DataTable:
    """A CSV file: its head and its rows, with the line of each row."""

    path: PurePosixPath
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    decimal_comma: bool  # the file separates by semicolons

    def column(self, name: str) -> int | None:
        """Give a column's index, by exact name or else regardless of case."""
        if name in self.head:
            return self.head.index(name)
        folded = [h.casefold() for h in self.head]
        return folded.index(name.casefold()) if name.casefold() in folded else None

    def cells(self, index: int) -> tuple[str, ...]:
        """Give a column's cells."""
        return tuple(row[index] for row in self.rows)

    def numbers(self, index: int, log: Diagnostics) -> tuple[float | None, ...]:
        """Give a column as numbers; None where a value is missing. Others are diagnosed."""
        values: list[float | None] = []
        for row, line in zip(self.rows, self.lines, strict=True):
            cell = row[index].strip()
            value = parse_number(cell, decimal_comma=self.decimal_comma)
            if value and not LEAST <= abs(value) <= MOST:
                log.error(
                    Code.DATA_NUMBER,
                    f"{shown(cell)} in column {self.head[index]!r} is beyond what a chart can show",
                    at=Span(str(self.path), line, 1),
                    hint="write the figures in another unit, such as millions",
                )
                value = 0.0
            if value is None and cell.casefold() not in MISSING:
                column = 1 + sum(len(other) + 1 for other in row[:index])
                log.error(
                    Code.DATA_NUMBER,
                    f"{shown(cell)} in column {self.head[index]!r} is no number",
                    at=Span(str(self.path), line, column),
                    hint="write digits with a point, such as 1250.5; leave a missing value empty",
                )
            values.append(value)
        return tuple(values)


def parse_number(cell: str, *, decimal_comma: bool = False) -> float | None:
    """Read a number; thousands may be set apart by spaces, apostrophes or commas."""
    if len(cell) > LONGEST_NUMBER:
        return None
    text = _SPACES.sub("", cell.strip()).replace("−", "-").removesuffix("%").strip()
    if decimal_comma:
        text = text.replace(".", "").replace(",", ".") if "," in text else text
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text):
        return None
    return float(text)


def read_table(name: str, files: ProjectFiles, at: Span, log: Diagnostics) -> DataTable | None:
    """Read a CSV of the project; `at` is where the content asks for it."""
    path = find_data(name, files)
    if path is None:
        known = files.names((".csv", ".tsv"))
        log.error(
            Code.DATA_MISSING,
            f"there is no data file {name!r}",
            at=at,
            hint=did_you_mean(
                name,
                [*known, *(k.removeprefix("data/") for k in known)],
                otherwise="put a CSV into data/",
            ),
        )
        return None
    text = files.text(path, log)
    if text is None:
        return None
    return parse_table(text, path, log)


def find_data(name: str, files: ProjectFiles) -> PurePosixPath | None:
    """Give the path of a CSV, named from the project's folder or from its `data/`."""
    for candidate in (PurePosixPath(name), PurePosixPath("data") / name):
        try:
            if files.resolve(candidate).is_file():
                return candidate
        except NoContent:  # it is refused where it is read
            if (files.root / candidate).is_file():
                return candidate
        except (OSError, ValueError):
            continue
    return None


def parse_table(text: str, path: PurePosixPath, log: Diagnostics) -> DataTable | None:
    """Read CSV text; the separator is what its first line has most of."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(text.split("\n"), delimiter=separator, strict=True)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    try:
        line = 1
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(tuple(cell.strip() for cell in row))
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as fault:
        log.error(
            Code.DATA_SHAPE,
            f"the CSV cannot be read: {fault}",
            at=Span(str(path), line, 1),
            hint="an opening quotation mark needs a closing one",
        )
        return None
    if len(rows) < 2:
        log.error(
            Code.DATA_SHAPE,
            "the CSV has no row of data",
            at=Span(str(path), 1, 1),
            hint="the first line names the columns, each further line is a row",
        )
        return None
    head = rows[0]
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        log.error(
            Code.DATA_SHAPE,
            f"the CSV has {len(rows):,} rows of up to {max(map(len, rows)):,} cells",
            at=Span(str(path), 1, 1),
            hint=f"keep what is shown: {MOST_ROWS:,} rows, {MOST_COLUMNS} columns are the most",
        )
        return None
    _check_widths(head, rows[1:], lines[1:], path, log)
    full = tuple((row + ("",) * len(head))[: len(head)] for row in rows[1:])
    return DataTable(path, head, full, tuple(lines[1:]), decimal_comma=separator == ";")


def _check_widths(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    path: PurePosixPath,
    log: Diagnostics,
) -> None:
    for row, line in zip(rows, lines, strict=True):
        if len(row) != len(head):
            log.error(
                Code.DATA_SHAPE,
                f"the row has {len(row)} cells, the head {len(head)}",
                at=Span(str(path), line, 1),
                hint="put a cell that holds a separator into quotation marks"
                if len(row) > len(head)
                else "write a separator for each cell, for an empty one too",
            )
