"""A list in a `.chart` div in, remarks on the chart's data out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.document.nodes import (
    Annotation,
    Block,
    BulletList,
    Chart,
    Datum,
    Inlines,
    ListItem,
    Paragraph,
    Text,
)
from builder.document.walk import plain

_PLACE = re.compile(r"^\s*(.+?)\s*:(?:\s+|$)")
_ARROW = re.compile(r"\s+(?:-->|->|→)\s+")
HINT = "write '- 2009: words at one datum' or '- 2007 -> 2009: words on an arrow'"


@dataclass(frozen=True, slots=True)
class Unread(Exception):
    """Why a remark cannot be read."""

    message: str
    hint: str = HINT


def annotate(
    chart: Chart, blocks: tuple[Block, ...], log: Diagnostics
) -> tuple[tuple[Annotation, ...], tuple[Block, ...]]:
    """Read the remarks in a chart's lists; give them and the blocks that are no list."""
    found: list[Annotation] = []
    rest: list[Block] = []
    for block in blocks:
        if not isinstance(block, BulletList):
            rest.append(block)
            continue
        for item in block.items:
            try:
                found.append(_annotation(chart, item))
            except Unread as fault:
                log.error(Code.CHART_ANNOTATION, fault.message, at=item.at, hint=fault.hint)
    return tuple(found), tuple(rest)


def _annotation(chart: Chart, item: ListItem) -> Annotation:
    content = _content(item)
    match = _PLACE.match(content[0].value) if content and isinstance(content[0], Text) else None
    if match is None or not isinstance(first := content[0], Text):
        raise Unread(f"{plain(content)!r} names no datum of the chart")
    behind = first.value[match.end() :]
    text: Inlines = ((Text(behind, at=first.at),) if behind else ()) + content[1:]
    if not plain(text):
        raise Unread(f"{plain(content)!r} says nothing")
    names = _ARROW.split(match[1])
    if len(names) > 2:
        raise Unread(f"{match[1]!r} has more than one arrow")
    data = tuple(_datum(chart, name, item.at) for name in names)
    if len(data) == 1:
        return Annotation(data[0], text, at=item.at)
    if data[0] == data[1]:
        raise Unread(f"the arrow leads from {names[0]!r} to itself")
    return Annotation(data[1], text, data[0], at=item.at)


def _content(item: ListItem) -> Inlines:
    match item.blocks:
        case (Paragraph(content),):
            return content
    raise Unread("a remark on a chart's data is one paragraph")


def _datum(chart: Chart, name: str, at: Span) -> Datum:
    """Find a datum by its category, or by its series and category: "North 2011"."""
    found = None
    if name in chart.categories:
        found = Datum(name, _series_spoken_of(chart))
    for series in sorted((s.name for s in chart.series), key=len, reverse=True):
        rest = name.removeprefix(series).strip(" ,")
        if found is None and name.startswith(series) and rest in chart.categories:
            found = Datum(rest, series)
    if found is None:
        known = chart.categories
        hint = did_you_mean(name, known, otherwise=f"the chart has {', '.join(known[:12])}")
        raise Unread(f"the chart has no datum {name!r}", hint)
    if chart.value(found) is None:
        raise Unread(f"the value of {name!r} is missing", "say it in the text or the subtitle")
    return found


def _series_spoken_of(chart: Chart) -> str:
    names = [s.name for s in chart.series]
    return chart.highlight if chart.highlight in names else names[0]
