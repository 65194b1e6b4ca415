"""Who gets the mail, from a CSV: each row is checked before anything goes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.addresses import Address, check_line, parse_address, shown
from builder.diagnostics import Code, Diagnostic, Diagnostics, Severity, Span, did_you_mean
from builder.readers.editions import Edition
from builder.readers.rows import csv_rows, csv_text

COLUMNS = ("address", "name", "edition", "language")
ALIASES = {"e-mail": "address", "email": "address", "mail": "address"}
LONGEST_NAME = 200
LONGEST_CELL = 10_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_VARIABLE = re.compile(r"[a-z_][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One reader of a list."""

    address: Address
    edition: str = ""
    language: str = ""  # empty: the briefing's
    values: Mapping[str, str] = field(default_factory=dict)  # further columns, for the text
    at: Span = Span()


@dataclass(frozen=True, slots=True)
class People:
    """The rows of a list that can be used, and what is wrong with the others."""

    good: tuple[Recipient, ...]
    bad: tuple[Diagnostic, ...]


def read_people(path: Path, log: Diagnostics) -> People:
    """Read a CSV of recipients; a file that is none is an error in `log`, a bad row is in `bad`."""
    text = csv_text(path, Code.MAIL_RECIPIENT, log)
    if text is None:
        return People((), ())
    good: dict[str, Recipient] = {}
    bad: list[Diagnostic] = []
    header: tuple[str, ...] | None = None
    for line, row in csv_rows(text):
        at = Span(str(path), line)
        if header is None:
            header = _header(row if isinstance(row, list) else [], path, log)
            if header is None:
                return People((), ())
            continue
        try:
            recipient = _recipient(row, header, at)
            _check_new(recipient, good)
        except ValueError as fault:
            bad.append(refused(str(fault), at))
        else:
            good[recipient.address.key] = recipient
    if header is None:
        log.error(Code.MAIL_RECIPIENT, "the list is empty", at=Span(str(path)))
    return People(tuple(good.values()), tuple(bad))


def refused(message: str, at: Span) -> Diagnostic:
    """Say that a row gets no mail."""
    return Diagnostic(
        Severity.ERROR,
        Code.MAIL_RECIPIENT,
        message,
        at,
        "this row gets no mail; mend it and run the same command again",
    )


def by_edition(
    people: People, editions: Sequence[Edition], chosen: str
) -> tuple[dict[str, People], tuple[Diagnostic, ...]]:
    """Give the readers of each edition, and the rows that get no mail: no edition is guessed.

    Where one is `chosen` for all, or the briefing has none, everybody gets the same.
    """
    if chosen or not editions:
        return {chosen: People(people.good, ())}, people.bad
    names = [edition.name for edition in editions]
    good: dict[str, list[Recipient]] = {name: [] for name in ("", *names)}
    bad = list(people.bad)
    for reader in people.good:
        if reader.edition in good:
            good[reader.edition].append(reader)
        else:
            hint = did_you_mean(reader.edition, names, otherwise=f"there are {', '.join(names)}")
            message = f"the briefing has no edition {shown(reader.edition)}; {hint}"
            bad.append(refused(message, reader.at))
    groups = {name: People(tuple(readers), ()) for name, readers in good.items() if readers}
    return groups or {"": People((), ())}, tuple(bad)


def _header(row: list[str], path: Path, log: Diagnostics) -> tuple[str, ...] | None:
    written = [cell.strip().lower().replace(" ", "_") for cell in row]
    names = tuple(ALIASES.get(name, name) for name in written)
    at = Span(str(path), 1)
    if "address" not in names:
        found = ", ".join(map(shown, row)) or "nothing"
        hint = did_you_mean("address", written, otherwise="name the columns in the first line")
        log.error(
            Code.MAIL_RECIPIENT,
            f"the list has no column 'address'; its first line names {found}",
            at=at,
            hint=hint if hint.startswith("name") else f"rename the column to 'address' ({hint})",
        )
        return None
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        log.error(Code.MAIL_RECIPIENT, f"the column {min(twice)!r} is there twice", at=at)
        return None
    return names


def _recipient(row: list[str] | ValueError, header: tuple[str, ...], at: Span) -> Recipient:
    if isinstance(row, ValueError):
        raise row
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        raise ValueError(f"the row has {len(row)} cells, the first line names {len(header)}")
    cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
    for column, cell in cells.items():
        if len(cell) > LONGEST_CELL:
            raise ValueError(f"the column {column!r} has {len(cell)} characters")
    given = cells.get("address", "")
    if not given:
        raise ValueError("the row has no address")
    address = parse_address(given)
    name = cells.get("name", "") or address.name
    check_line(name, "a name")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"the name {shown(name)} has {len(name)} characters")
    language = cells.get("language", "")
    if language and not _LANGUAGE.fullmatch(language):
        raise ValueError(f"{shown(language)} is no language; write a code such as en, de or en-GB")
    values = {k: v for k, v in cells.items() if k not in COLUMNS and _VARIABLE.fullmatch(k)}
    edition = cells.get("edition", "")
    check_line(edition, "an edition")
    named = Address(address.local, address.domain, " ".join(name.split()))
    return Recipient(named, edition, language, values, at)


def _check_new(recipient: Recipient, known: Mapping[str, Recipient]) -> None:
    first = known.get(recipient.address.key)
    if first is not None:
        raise ValueError(
            f"{recipient.address.spec} is in the list already, in line {first.at.line}"
        )
