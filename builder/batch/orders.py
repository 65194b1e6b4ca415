"""What a batch is to make: one order for each edition or row, named before anything starts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.diagnostics import (
    NOWHERE,
    Code,
    Diagnostic,
    Diagnostics,
    Severity,
    Span,
    did_you_mean,
)
from builder.job import FORMATS, Copy
from builder.readers.editions import Edition
from builder.readers.rows import csv_rows, csv_text

EDITION = "edition"
"""The column that chooses a row's edition."""

OWN = ("project", EDITION, "row")
_OWN = {"project": "the project's name", "row": "the number of the row"}
LONGEST_NAME, MOST_BYTES = 120, 220
"""Characters of a name, and its bytes: file systems take 255 with all endings."""

_NAMELESS = "cell {} holds something, and the first line has no name for it"
_UNUSED = "nothing uses cell {} of the rows: the first line has no name for it"
_PLACE = re.compile(r"\{([^{}]*)\}")
_ENDINGS = {"print": "-print.pdf", "slides-pdf": "-slides.pdf", "handout": "-handout.pdf"}
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True)
class Order:
    """One copy to be made."""

    name: str  # of its files, without their endings
    copy: Copy
    at: Span  # the row, or the edition


@dataclass(frozen=True, slots=True)
class Orders:
    """All copies to be made, and the rows that no copy can be made of."""

    good: tuple[Order, ...]
    bad: tuple[Diagnostic, ...] = ()
    columns: tuple[str, ...] = ()  # of the list; empty: editions
    head: Span = NOWHERE  # where they are named


@dataclass(frozen=True, slots=True)
class Naming:
    """How the files of copies are named."""

    project: str
    template: str  # "{project}-{edition}"; empty: the usual one
    formats: tuple[str, ...]  # empty: those of the edition, else the usual ones
    for_print: bool = False  # a PDF for the printing house besides


@dataclass(frozen=True, slots=True)
class _Row:
    number: int  # of all rows, good or bad: names stay when a row is mended
    values: Mapping[str, str]
    at: Span


@dataclass(frozen=True, slots=True)
class _List:
    """Rows to be named."""

    rows: Sequence[_Row]
    count: int  # of all rows, good or bad
    columns: tuple[str, ...] = ()  # empty: editions


def of_editions(
    editions: Sequence[Edition], names: Sequence[str], naming: Naming, log: Diagnostics
) -> Orders:
    """Order editions by their names, which have been found to be there.

    Their numbers are their places among all: one made alone never takes the file of another.
    """
    rows = [
        _Row(number, {EDITION: edition.name}, edition.at)
        for number, edition in enumerate(editions, start=1)
        if edition.name in names
    ]
    known = {edition.name: edition for edition in editions}
    asked = _List(rows, len(editions))
    return _named(asked, naming, naming.template or "{project}-{edition}", known, log)


def of_rows(path: Path, editions: Sequence[Edition], naming: Naming, log: Diagnostics) -> Orders:
    """Order a copy for each row of a CSV; its columns are variables."""
    text = csv_text(path, Code.BATCH_DATA, log)
    if text is None:
        return Orders(())
    lines = csv_rows(text)
    head = _head(lines, path, log)
    if head is None:
        return Orders(())
    columns, at = head
    good: list[_Row] = []
    bad: list[Diagnostic] = []
    known = {edition.name: edition for edition in editions}
    rows = list(_rows(lines, len(columns), path))
    idle = _idle(rows, columns)
    for number, (cells, place) in enumerate(rows, start=1):
        try:
            good.append(_checked(number, _values(cells, columns, idle), place, known))
        except ValueError as fault:
            bad.append(_refused(str(fault), place))
    if idle:
        log.warning(Code.BATCH_COLUMNS, _UNUSED.format(idle[0] + 1), at=at, hint="give it a name")
    if not good and not bad:
        log.error(Code.BATCH_DATA, "the list has no rows", at=at)
    named = tuple(name for name in columns if name)
    asked = _List(good, len(good) + len(bad), named)
    orders = _named(asked, naming, naming.template or "{project}-{row}", known, log)
    refused = tuple(sorted([*bad, *orders.bad], key=lambda d: d.at))
    return Orders(orders.good, refused, named, at)


def named_in(template: str) -> list[str]:
    """Give what a template of names has in braces."""
    return _PLACE.findall(template)


def files_of(name: str, formats: Sequence[str]) -> list[str]:
    """Give the names of a copy's files."""
    return [f"{name}{_ENDINGS.get(made, f'.{made}')}" for made in formats]


# ---------------------------------------------------------------- rows

_Line = tuple[int, list[str] | ValueError]
_Read = tuple[list[str] | ValueError, Span]


def _head(lines: Iterator[_Line], path: Path, log: Diagnostics) -> tuple[list[str], Span] | None:
    """Read the names of the columns; None, with an error, where there are none."""
    line, row = next(lines, (1, []))
    at = Span(str(path), line, 1)
    if isinstance(row, ValueError):
        log.error(Code.BATCH_DATA, str(row), at=at, hint="name the columns in the first line")
        return None
    names = [" ".join(cell.split()) for cell in row]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        log.error(Code.BATCH_DATA, f"the column {twice[0]!r} is there twice", at=at)
        return None
    return names, at


def _rows(lines: Iterator[_Line], width: int, path: Path) -> Iterator[_Read]:
    for line, row in lines:
        at = Span(str(path), line, 1)
        if isinstance(row, ValueError):
            yield row, at
        elif len(row) != width:
            yield ValueError(f"the row has {len(row)} cells, the first line {width}"), at
        else:
            yield [" ".join(cell.split()) for cell in row], at


def _idle(rows: Sequence[_Read], columns: Sequence[str]) -> list[int]:
    """Give the columns without a name that every row has filled: those number the rows, or such."""
    sound = [cells for cells, _ in rows if not isinstance(cells, ValueError)]
    nameless = [place for place, name in enumerate(columns) if not name]
    return [place for place in nameless if len(sound) > 1 and all(cells[place] for cells in sound)]


def _values(
    cells: list[str] | ValueError, columns: Sequence[str], idle: Sequence[int]
) -> Mapping[str, str]:
    """Give a row's cells by their columns. Raises ValueError where they may have been moved."""
    if isinstance(cells, ValueError):
        raise cells
    for place, (name, cell) in enumerate(zip(columns, cells, strict=True)):
        if cell and not name and place not in idle:
            raise ValueError(_NAMELESS.format(place + 1))
    return {name: cell for name, cell in zip(columns, cells, strict=True) if name}


def _checked(
    number: int, values: Mapping[str, str], at: Span, editions: Mapping[str, Edition]
) -> _Row:
    wanted = values.get(EDITION, "")
    if wanted and wanted not in editions:
        hint = did_you_mean(wanted, editions)
        raise ValueError(f"the briefing has no edition {wanted!r}" + (f"; {hint}" if hint else ""))
    return _Row(number, values, at)


def _refused(message: str, at: Span) -> Diagnostic:
    hint = "no copy is made of this row; mend it and run the batch with --resume"
    return Diagnostic(Severity.ERROR, Code.BATCH_ROW, message, at, hint)


# ---------------------------------------------------------------- names


def _named(
    asked: _List,
    naming: Naming,
    template: str,
    editions: Mapping[str, Edition],
    log: Diagnostics,
) -> Orders:
    """Name each copy's files; two copies of one name are an error, since one would be lost.

    So they are where their files differ in format: copies are known by their names.
    """
    if not _check_template(template, set(asked.columns if naming.template else ()), log):
        return Orders(())
    width = len(str(asked.count))
    good: list[Order] = []
    bad: list[Diagnostic] = []
    taken: dict[str, Order] = {}
    more = "{row} or another column" if asked.columns else "{edition} or {row}"
    apart = f"--name {template!r} does not tell them apart: add {more}"
    for row in asked.rows:
        edition = row.values.get(EDITION, "")
        own = {"project": naming.project, EDITION: edition, "row": f"{row.number:0{width}}"}
        name = _filled(template, {**row.values, **own})
        if not _can_name(name):
            bad.append(_refused(f"{name!r} cannot name a file (from {template!r})", row.at))
            continue
        values = tuple((k, v) for k, v in row.values.items() if k != EDITION)
        order = Order(name, Copy(edition, values, name), row.at)
        formats = editions[edition].formats if edition in editions else ()
        made = naming.formats or formats or FORMATS
        files = files_of(name, (*made, "print") if naming.for_print else made)
        for called in (*files, f"{name}/"):
            first = taken.setdefault(unicodedata.normalize("NFC", called).casefold(), order)
            if first is not order:
                _collided(called.rstrip("/"), order, first, apart, log)
                break
        good.append(order)
    return Orders(tuple(good), tuple(bad))


def _can_name(name: str) -> bool:
    is_short = len(name) <= LONGEST_NAME and len(name.encode()) <= MOST_BYTES
    return bool(name) and is_short and not _RESERVED.fullmatch(name)


def _check_template(template: str, columns: set[str], log: Diagnostics) -> bool:
    known = sorted({*columns, *OWN})
    wrong = [name for name in named_in(template) if name not in known]
    for name in wrong:
        log.error(
            Code.BATCH_NAME,
            f"--name {template!r}: there is no column {name!r}",
            hint=did_you_mean(name, known, otherwise=f"there are {', '.join(known)}"),
        )
    for name in sorted({"project", "row"} & columns & set(named_in(template))):
        log.error(
            Code.BATCH_NAME,
            f"--name {template!r}: {{{name}}} is not the list's column {name!r}",
            hint=f"it stands for {_OWN[name]}: give the column another name",
        )
        wrong.append(name)
    rest = _PLACE.sub("", template)
    if "{" in rest or "}" in rest:
        log.error(
            Code.BATCH_NAME,
            f"--name {template!r}: a brace is not closed",
            hint='write "{project}-{row}"',
        )
        return False
    return not wrong


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Fill in a name; what cannot stand in a file's name everywhere becomes a hyphen."""
    filled = _PLACE.sub(lambda place: values.get(place[1], ""), template)
    plain = unicodedata.normalize("NFC", filled)
    return re.sub(r"[^\w.-]+", "-", plain).strip("-.")


def _collided(called: str, order: Order, first: Order, hint: str, log: Diagnostics) -> None:
    log.error(
        Code.BATCH_NAME,
        f"{called!r} is the name of two copies; the other is that of line {first.at.line}",
        at=order.at,
        hint=hint,
    )
