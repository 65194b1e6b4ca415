"""A `.chart` div in, a chart with its numbers out."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from builder.diagnostics import Code, did_you_mean
from builder.document.days import parse_day
from builder.document.nodes import (
    Block,
    Chart,
    ChartType,
    FloatKind,
    Group,
    Inlines,
    Paragraph,
    Series,
)
from builder.readers.attributes import in_deck
from builder.readers.chart_annotations import annotate
from builder.readers.chart_checks import check_chart, no_date
from builder.readers.data import MISSING, DataTable, parse_number
from builder.readers.markdown import Div, MarkdownReader

KEYS = (
    "data",
    "type",
    "x",
    "y",
    "highlight",
    "unit",
    "decimals",
    "x-title",
    "y-title",
    "names",
    "log",
    "dates",
    "min",
    "subtitle",
    "source",
    "alt",
    "fig-alt",
    "deck",
)
TYPES: dict[str, ChartType] = {name: name for name in get_args(ChartType)}


def chart(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a chart; without usable data there is none, and a diagnostic says why."""
    attributes = div.attributes
    reader.known_keys(attributes, KEYS, "a chart", div.at)
    blocks = reader.blocks(div.children)
    title: Inlines = ()
    if blocks and isinstance(first := blocks[0], Paragraph):
        title, blocks = first.content, blocks[1:]
    kind = _type(div, reader)
    data = _data(div, reader)
    if kind is None or data is None:
        return (*_stand_in(div), *blocks)
    x = _columns(div, reader, data, "x", [data.head[0]])
    apart = {*x[:1], data.column(attributes.get("names"))}
    rest = [name for i, name in enumerate(data.head) if i not in apart]
    y = _columns(div, reader, data, "y", rest)
    if not x or not y:
        return (*_stand_in(div), *blocks)
    dates = _flag(div, reader, "dates")
    named = _columns(div, reader, data, "names", [data.head[x[0]]]) if kind == "scatter" else x
    if not named:
        return (*_stand_in(div), *blocks)
    categories = data.cells(named[0])
    xs = _across(div, data, x[0], reader, dates=dates) if kind == "scatter" else ()
    series = tuple(_series(data, i, xs, reader) for i in y)
    caption = reader.caption(attributes, FloatKind.FIGURE, title, div.at)
    made = Chart(
        kind,
        categories,
        series,
        _highlight(div, reader, categories, series),
        reader.words(div, "unit"),
        _decimals(div, reader),
        reader.words(div, "x-title"),
        reader.words(div, "y-title"),
        data.path,
        caption,
        in_deck=in_deck(attributes),
        log=_flag(div, reader, "log"),
        dates=dates,
        minimum=_minimum(div, reader),
        at=div.at,
    )
    annotations, blocks = annotate(made, blocks, reader.log)
    made = replace(made, annotations=annotations)
    check_chart(made, reader.log)
    return (made, *blocks)


def _stand_in(div: Div) -> tuple[Block, ...]:
    """Hold the label of a chart that cannot be made, so that nobody who refers to it is blamed."""
    label = div.attributes.label
    return (Group((), label=label, at=div.at),) if label else ()


def _across(
    div: Div, data: DataTable, column: int, reader: MarkdownReader, *, dates: bool
) -> tuple[float | None, ...]:
    """Give the horizontal values of a scatter plot: numbers, or days counted from year 1."""
    if not dates:
        return data.numbers(column, reader.log)
    days = [parse_day(cell) for cell in data.cells(column)]
    for cell, day in zip(data.cells(column), days, strict=True):
        if day is None and cell.casefold() not in MISSING:
            no_date(cell, div.place("dates"), reader.log)
    return tuple(float(day.toordinal()) if day else None for day in days)


def _series(
    data: DataTable, column: int, xs: tuple[float | None, ...], reader: MarkdownReader
) -> Series:
    """Make a series; a point without a horizontal value has no place and is missing."""
    values = data.numbers(column, reader.log)
    if not xs:
        return Series(data.head[column], values)
    placed = tuple(v if x is not None else None for x, v in zip(xs, values, strict=True))
    return Series(data.head[column], placed, tuple(x or 0.0 for x in xs))


def _type(div: Div, reader: MarkdownReader) -> ChartType | None:
    name = div.attributes.get("type", "column")
    if name not in TYPES:
        reader.log.error(
            Code.ATTRIBUTE_INVALID,
            f"{name!r} is no type of chart",
            at=div.place("type"),
            hint=did_you_mean(name, TYPES, otherwise=f"types are {', '.join(TYPES)}"),
        )
    return TYPES.get(name)


def _data(div: Div, reader: MarkdownReader) -> DataTable | None:
    name = div.attributes.get("data")
    if not name:
        reader.log.error(
            Code.DATA_MISSING,
            "a chart names no data",
            at=div.at,
            hint='add data="data/numbers.csv" to its braces',
        )
        return None
    return reader.table_data(name, div.place("data"))


def _columns(
    div: Div, reader: MarkdownReader, data: DataTable, key: str, default: list[str]
) -> list[int]:
    given = div.attributes.get(key)
    names = [n.strip() for n in given.split(",") if n.strip()] if given else default
    found: list[int] = []
    for name in names:
        index = data.column(name)
        if index is None:
            reader.log.error(
                Code.DATA_COLUMN,
                f"{data.path} has no column {name!r}",
                at=div.place(key),
                hint=did_you_mean(name, data.head, otherwise=f"it has {', '.join(data.head)}"),
            )
            return []
        found.append(index)
    return found


def _highlight(
    div: Div, reader: MarkdownReader, categories: tuple[str, ...], series: tuple[Series, ...]
) -> str:
    name = div.attributes.get("highlight")
    known = [*categories, *(s.name for s in series)]
    if name and name not in known:
        reader.log.error(
            Code.ATTRIBUTE_INVALID,
            f"highlight={name!r} is neither a category nor a series of the chart",
            at=div.place("highlight"),
            hint=did_you_mean(name, known, otherwise=f"the chart has {', '.join(known[:12])}"),
        )
        return ""
    return name


def _decimals(div: Div, reader: MarkdownReader) -> int | None:
    value = div.attributes.get("decimals")
    if not value:
        return None
    if value.isdigit() and int(value) <= 6:
        return int(value)
    reader.log.error(
        Code.ATTRIBUTE_INVALID,
        f"decimals={value!r} is no number from 0 to 6",
        at=div.place("decimals"),
        hint="write the digits after the point, such as decimals=1",
    )
    return None


def _flag(div: Div, reader: MarkdownReader, key: str) -> bool:
    value = div.attributes.get(key, "false")
    if value in ("true", "yes"):
        return True
    if value not in ("false", "no"):
        reader.log.error(
            Code.ATTRIBUTE_INVALID,
            f"{key}={value!r} is neither true nor false",
            at=div.place(key),
            hint=f"write {key}=true, or leave it out",
        )
    return False


def _minimum(div: Div, reader: MarkdownReader) -> float | None:
    value = div.attributes.get("min")
    number = parse_number(value) if value else None
    if value and number is None:
        reader.log.error(
            Code.ATTRIBUTE_INVALID,
            f"min={value!r} is no number",
            at=div.place("min"),
            hint="write where the value axis begins, such as min=50",
        )
    return number
