"""Captions of tables, and the braces at their ends that say how a table is set."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.diagnostics import Code, Span
from builder.document.nodes import Column, FloatKind, Table
from builder.readers.attributes import Attributes, BraceError, in_deck, parse_braces
from builder.readers.origin import origin_of_value
from builder.readers.tables import with_total

if TYPE_CHECKING:
    from builder.readers.markdown import MarkdownReader

KEYS = ("subtitle", "source", "widths", "total", "wide", "row-heads", "deck", "alt")


def captioned(table: Table, text: str, at: Span, reader: MarkdownReader) -> Table:
    """Give a table its caption, and what the braces at the caption's end say of it."""
    attributes, title = Attributes(), text
    brace = _last_brace(text)
    if brace >= 0:
        parsed = parse_braces(text, brace)
        if isinstance(parsed, BraceError):
            reader.brace_fault(parsed, replace(at, column=at.column + 2 + brace))
        else:
            attributes, title = parsed[0], text[:brace].rstrip()
    reader.known_keys(attributes, KEYS, "a table", at)
    content = reader.inlines.parse(title, origin_of_value(title, at))
    caption = reader.caption(attributes, FloatKind.TABLE, content, at)
    table = replace(
        table,
        caption=caption,
        wide=attributes.get("wide") == "true",
        row_heads=attributes.get("row-heads") != "false",
        in_deck=in_deck(attributes),
        columns=_shares(table, attributes, at, reader),
    )
    return with_total(table) if attributes.get("total") == "true" else table


def _shares(
    table: Table, attributes: Attributes, at: Span, reader: MarkdownReader
) -> tuple[Column, ...]:
    widths = attributes.get("widths")
    if not widths:
        return table.columns
    parts = [p.strip().removesuffix("%") for p in widths.split(",")]
    good = all(re.fullmatch(r"\d+(\.\d+)?", p) for p in parts)
    if not good or len(parts) != len(table.columns) or sum(map(float, parts)) <= 0:
        reader.log.error(
            Code.ATTRIBUTE_INVALID,
            f"widths={widths!r} does not fit a table of {len(table.columns)} columns",
            at=at,
            hint='write one number a column, such as widths="30,70"',
        )
        return table.columns
    whole = sum(map(float, parts))
    return tuple(
        replace(column, share=float(part) / whole)
        for column, part in zip(table.columns, parts, strict=True)
    )


def _last_brace(text: str) -> int:
    """Give where the braces begin that end a caption, or -1; braces inside quotes do not count."""
    start = text.find("{")
    while start >= 0:
        parsed = parse_braces(text, start)
        if isinstance(parsed, BraceError):
            if re.match(r"\{\s*[#.\w]", text[start:]) and not text[start:].startswith("{{<"):
                return start
        elif not text[parsed[1] :].strip():
            return start
        start = text.find("{", start + 1)
    return -1
