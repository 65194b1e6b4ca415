"""Figures that are written as lists, tables and headings: a function a class of div."""

from __future__ import annotations

import re
from dataclasses import replace

from builder.diagnostics import Code, Span, did_you_mean
from builder.document.nodes import (
    Actor,
    Arrow,
    Block,
    Comparison,
    DefinitionList,
    Diagram,
    Event,
    FloatKind,
    Heading,
    Inlines,
    KeyNumber,
    KeyNumbers,
    Side,
    Table,
    Text,
    Timeline,
)
from builder.document.nodes import BulletList as Bullets
from builder.document.walk import plain
from builder.readers.attributes import in_deck
from builder.readers.div_content import captioned, paragraphs, say_unfit
from builder.readers.markdown import Div, MarkdownReader

CAPTION_KEYS = ("subtitle", "source", "alt", "fig-alt", "deck")
_ARROW = re.compile(r"^\s*(.+?)\s*(<->|<-->|-->|->|--|→|↔|—|–)\s*([^:]+?)\s*(?::\s*|$)")
_FURTHER = re.compile(r"<->|<-->|-->|->|→|↔|\s(?:--|—|–)\s")

MOST_EVENTS, MOST_ARROWS = 500, 100
"""Of a timeline and of a diagram: nobody reads more in one figure, and each is set by itself."""


def key_numbers(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make key numbers of a definition list: number, what it counts, a remark."""
    reader.known_keys(div.attributes, (*CAPTION_KEYS, "highlight"), "a div of key numbers", div.at)
    title, rest = captioned(div, reader)
    lists = [b for b in rest if isinstance(b, DefinitionList)]
    if len(lists) != 1 or len(rest) != 1:
        say_unfit(
            div,
            reader,
            "key numbers are one definition list",
            "write the number on a line, and ': what it counts' on the next",
        )
        return rest
    chosen = _highlight(div, reader, len(lists[0].items))
    items = tuple(
        KeyNumber(
            plain(item.term),
            paragraphs(item.meanings[0]),
            paragraphs(item.meanings[1]) if len(item.meanings) > 1 else (),
            highlight=index == chosen,
            at=item.at,
        )
        for index, item in enumerate(lists[0].items, start=1)
    )
    caption = reader.caption(div.attributes, FloatKind.FIGURE, title, div.at)
    return (KeyNumbers(items, caption, in_deck=in_deck(div.attributes), at=div.at),)


def _highlight(div: Div, reader: MarkdownReader, count: int) -> int:
    value = div.attributes.get("highlight")
    if not value:
        return 0
    if value.isdigit() and 1 <= int(value) <= count:
        return int(value)
    reader.log.error(
        Code.ATTRIBUTE_INVALID,
        f"highlight={value!r} is none of the {count} numbers",
        at=div.place("highlight"),
        hint="count the numbers from 1",
    )
    return 0


def timeline(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a timeline of a table Date, Lane, Event, Detail."""
    keys = (*CAPTION_KEYS, "left", "right", "step")
    reader.known_keys(div.attributes, keys, "a timeline", div.at)
    title, rest = captioned(div, reader)
    if (
        len(rest) != 1
        or not isinstance(table := rest[0], Table)
        or len(table.columns) not in (3, 4)
    ):
        say_unfit(
            div,
            reader,
            "a timeline is one table of dates, lanes, events and details",
            "write | Date | Lane | Event | Detail | with a lane left, right or step",
        )
        return rest
    if len(table.rows) > MOST_EVENTS:
        reader.log.error(
            Code.DIV_CONTENT,
            f"the timeline has {len(table.rows):,} events, more than {MOST_EVENTS}",
            at=div.at,
            hint="show those that matter, or make several timelines",
        )
        return ()
    events = tuple(e for row in table.rows if (e := _event(row.cells, row.at, reader)) is not None)
    attributes = div.attributes
    caption = reader.caption(attributes, FloatKind.FIGURE, title, div.at)
    return (
        Timeline(
            events,
            reader.words(div, "left"),
            reader.words(div, "right"),
            reader.words(div, "step"),
            caption,
            in_deck=in_deck(attributes),
            at=div.at,
        ),
    )


def _event(cells: tuple[object, ...], at: Span, reader: MarkdownReader) -> Event | None:
    contents: list[Inlines] = [getattr(cell, "content", ()) for cell in cells]
    if len(contents) < 3:
        reader.log.error(
            Code.DIV_CONTENT,
            "an event of a timeline needs a date, a lane and words",
            at=at,
            hint="write | 1993 | step | Embassy opens | |",
        )
        return None
    lane = plain(contents[1]).casefold()
    known = {"left": "left", "right": "right", "step": "step"}
    if lane not in known:
        reader.log.error(
            Code.DIV_CONTENT,
            f"{plain(contents[1])!r} is no lane of a timeline",
            at=getattr(cells[1], "at", at),
            hint=did_you_mean(lane, known, otherwise="lanes are left, right and step"),
        )
        return None
    detail = contents[3] if len(contents) > 3 else ()
    match lane:
        case "left":
            return Event(plain(contents[0]), "left", contents[2], detail, at=at)
        case "right":
            return Event(plain(contents[0]), "right", contents[2], detail, at=at)
        case _:
            return Event(plain(contents[0]), "step", contents[2], detail, at=at)


def comparison(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a comparison: each heading begins a side."""
    reader.known_keys(div.attributes, CAPTION_KEYS, "a comparison", div.at)
    title, rest = captioned(div, reader, headings=True)
    sides: list[Side] = []
    for block in rest:
        if isinstance(block, Heading):
            sides.append(Side(block.content, (), at=block.at))
        elif sides:
            sides[-1] = replace(sides[-1], blocks=(*sides[-1].blocks, block))
    if len(sides) not in (2, 3) or not isinstance(rest[0], Heading):
        say_unfit(
            div,
            reader,
            f"a comparison has two or three sides, this one {len(sides)}",
            "begin each side by a heading",
        )
        return rest
    caption = reader.caption(div.attributes, FloatKind.TABLE, title, div.at)
    return (Comparison(tuple(sides), caption, in_deck=in_deck(div.attributes), at=div.at),)


def diagram(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a diagram of a list of arrows `A -> B: label`."""
    reader.known_keys(div.attributes, CAPTION_KEYS, "a diagram", div.at)
    title, rest = captioned(div, reader)
    arrows: list[Arrow] = []
    for block in rest:
        for item in block.items if isinstance(block, Bullets) else ():
            content = paragraphs(item.blocks)
            arrow = _arrow(content, item.at)
            if arrow is not None and _FURTHER.search(arrow.target):
                reader.log.error(
                    Code.DIV_CONTENT,
                    f"{plain(content)!r} is a chain: an item is one arrow between two actors",
                    at=item.at,
                    hint="write an item for each arrow: 'A -> B', then 'B -> C'",
                )
            elif arrow is None:
                reader.log.error(
                    Code.DIV_CONTENT,
                    f"{plain(content)!r} is no arrow between two actors",
                    at=item.at,
                    hint="write 'A -> B: what goes there', 'A <-> B: …' or 'A -- B: …'",
                )
            else:
                arrows.append(arrow)
    if len(arrows) > MOST_ARROWS:
        reader.log.error(
            Code.DIV_CONTENT,
            f"the diagram has {len(arrows):,} arrows, more than {MOST_ARROWS}",
            at=div.at,
            hint="draw an arrow for each relation that matters",
        )
        return ()
    names = list(dict.fromkeys(n for arrow in arrows for n in (arrow.source, arrow.target)))
    if not 2 <= len(names) <= 4:
        say_unfit(
            div,
            reader,
            f"a diagram shows two to four actors, this one {len(names)}",
            "write a list of arrows: - A -> B: what goes there",
        )
        return rest if not arrows else ()
    caption = reader.caption(div.attributes, FloatKind.FIGURE, title, div.at)
    actors = tuple(Actor(name, at=div.at) for name in names)
    return (Diagram(actors, tuple(arrows), caption, in_deck=in_deck(div.attributes), at=div.at),)


def _arrow(content: Inlines, at: Span) -> Arrow | None:
    if not content or not isinstance(first := content[0], Text):
        return None
    found = _ARROW.match(first.value)
    if found is None:
        return None
    behind = first.value[found.end() :]
    label: Inlines = ((Text(behind, at=first.at),) if behind else ()) + content[1:]
    source, target = found[1], found[3].strip()
    match found[2]:
        case "->" | "-->" | "→":
            return Arrow(source, target, label, "arrow", at=at)
        case "<->" | "<-->" | "↔":
            return Arrow(source, target, label, "both", at=at)
        case _:
            return Arrow(source, target, label, "line", at=at)
