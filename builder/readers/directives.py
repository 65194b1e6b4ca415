"""Divs in, blocks out: one function a class. Plug-ins lower to the same nodes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from builder.diagnostics import Code, Span, did_you_mean
from builder.document.nodes import (
    Actor,
    Arrow,
    Block,
    Callout,
    CalloutKind,
    ColumnPart,
    Columns,
    Comparison,
    Conditional,
    DefinitionList,
    Diagram,
    Event,
    FloatKind,
    Group,
    Heading,
    Inline,
    Inlines,
    KeyNumber,
    KeyNumbers,
    KeyPoints,
    LineBreak,
    Paragraph,
    PullQuote,
    References,
    Side,
    Slide,
    SpeakerNotes,
    Table,
    Text,
    Timeline,
)
from builder.document.nodes import BulletList as Bullets
from builder.document.walk import plain
from builder.readers.chart_div import chart
from builder.readers.markdown import Directive, Div, MarkdownReader, in_deck

CAPTION_KEYS = ("subtitle", "source", "alt", "fig-alt", "deck")
FORMATS = ("pdf", "docx", "pptx", "html", "mail")
_ARROW = re.compile(r"^\s*(.+?)\s*(<->|<-->|-->|->|--|→|↔|—|–)\s*([^:]+?)\s*(?::\s*|$)")
_FURTHER = re.compile(r"<->|<-->|-->|->|→|↔|\s(?:--|—|–)\s")
_ALIASES = {"word": "docx", "powerpoint": "pptx", "deck": "pptx"}

MOST_EVENTS, MOST_ARROWS = 500, 100
"""Of a timeline and of a diagram: nobody reads more in one figure, and each is set by itself."""


def group(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a group of a div that has no class of ours; `{#refs}` is the list of references."""
    attributes = div.attributes
    if attributes.label == "refs":
        return (References(at=div.at),)
    reader.known_keys(attributes, ("lang",), "a plain div", div.at)
    reader.inlines.language(attributes.get("lang"), div.place("lang"))
    blocks = reader.blocks(div.children)
    return (Group(blocks, attributes.label, attributes.get("lang"), attributes.classes, at=div.at),)


def callout(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a boxed remark; a heading at its start is its title."""
    reader.known_keys(
        div.attributes, ("title", "icon", "collapse", "appearance"), "a callout", div.at
    )
    kind = div.name.removeprefix("callout-")
    title, blocks = _titled(div, reader)
    kinds: dict[str, CalloutKind] = {name: name for name in get_args(CalloutKind)}
    return (Callout(kinds[kind], title, blocks, at=div.at),)


def key_points(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a box in the side column."""
    reader.known_keys(div.attributes, ("title",), "a box of key points", div.at)
    title, blocks = _titled(div, reader)
    return (KeyPoints(title, blocks, at=div.at),)


def notes(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make speaker notes."""
    reader.known_keys(div.attributes, (), "a div of speaker notes", div.at)
    return (SpeakerNotes(_inner(div, reader), at=div.at),)


def slide(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a slide of the author's own; its first heading, at any level, is its title."""
    reader.known_keys(div.attributes, ("layout", "show"), "a slide", div.at)
    blocks = _inner(div, reader)
    found = next((b for b in blocks if isinstance(b, Heading)), None)
    rest = tuple(b for b in blocks if b is not found)
    title = found.content if found else ()
    attributes = div.attributes
    return (Slide(title, rest, attributes.get("layout"), attributes.get("show"), at=div.at),)


def pull_quote(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a quotation set large: its paragraphs are the words."""
    reader.known_keys(div.attributes, ("by", "role", "context", "deck"), "a pull quote", div.at)
    content = _paragraphs(reader.blocks(div.children))
    if not content:
        _empty(div, reader, "a pull quote has no words", "write the quotation into the div")
    attributes = div.attributes
    return (
        PullQuote(
            content,
            attributes.get("by"),
            attributes.get("role"),
            reader.value(attributes.get("context"), div.place("context")),
            in_deck=in_deck(attributes),
            at=div.at,
        ),
    )


def columns(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make columns of the `.column` divs inside."""
    reader.known_keys(div.attributes, (), "a div of columns", div.at)
    inside = reader.blocks(div.children)
    parts = tuple(
        ColumnPart(block.blocks, _share(block), at=block.at)
        for block in inside
        if isinstance(block, Group) and "column" in block.classes
    )
    if not parts or len(parts) != len(inside):
        _empty(
            div,
            reader,
            "a div of columns holds something that is no column",
            "put everything into ::: {.column} divs",
        )
    return (Columns(parts, at=div.at),) if parts else inside


def column(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make one column; `columns` takes it over."""
    reader.known_keys(div.attributes, ("width",), "a column", div.at)
    width = div.attributes.get("width")
    if width and not re.fullmatch(r"\d{1,3}(\.\d+)?%", width):
        reader.log.error(
            Code.ATTRIBUTE_INVALID,
            f"width={width!r} is no share of the width",
            at=div.place("width"),
            hint='write a percentage, such as width="40%"',
        )
        width = ""
    return (Group(reader.blocks(div.children), "", "", ("column", width or "auto"), at=div.at),)


def conditional(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make content for some formats or editions only.

    Both kinds of condition may stand in one div; then both have to hold. What other editions show
    is left out here, before anything is counted; formats agree on their numbers.
    """
    keys = ("when-format", "unless-format", "when-edition", "unless-edition")
    reader.known_keys(div.attributes, keys, f"a .{div.name} div", div.at)
    given = [key for key in keys if div.attributes.get(key)]
    formats = [key for key in given if key.endswith("format")]
    editions = [key for key in given if key.endswith("edition")]
    if not given or len(formats) > 1 or len(editions) > 1:
        reader.log.error(
            Code.ATTRIBUTE_INVALID,
            f"a .{div.name} div says not for which format or edition",
            at=div.at,
            hint='add when-format="pdf", or unless-edition="board"',
        )
        return reader.blocks(div.children)
    shown = div.name == "content-visible"
    if editions:
        names = _meant_editions(div, editions[0], reader)
        met = bool(reader.scope.tags.intersection(names)) == (editions[0] == "when-edition")
        if (not formats and met != shown) or (formats and shown and not met):
            reader.left_out(div.children)
            return ()
        if not formats or not met:
            return reader.blocks(div.children)
    blocks = reader.blocks(div.children)
    meant = _meant_formats(div, formats[0], reader)
    visible = shown == (formats[0] == "when-format")
    return (Conditional(visible, meant, blocks, at=div.at),)


def _meant_formats(div: Div, key: str, reader: MarkdownReader) -> tuple[str, ...]:
    formats = tuple(_ALIASES.get(name, name) for name in _listed(div, key))
    for name in formats:
        if name not in FORMATS:
            reader.log.error(
                Code.ATTRIBUTE_INVALID,
                f"{name!r} is no format",
                at=div.place(key),
                hint=did_you_mean(name, FORMATS, otherwise=f"formats are {', '.join(FORMATS)}"),
            )
    return formats


def _meant_editions(div: Div, key: str, reader: MarkdownReader) -> list[str]:
    names, known = _listed(div, key), sorted(reader.scope.known)
    for name in names:
        if name not in known:
            some = f"it has {', '.join(known[:12])}" if known else "name it in briefing.yml"
            reader.log.error(
                Code.EDITION_UNKNOWN,
                f"the briefing has no edition or audience {name!r}",
                at=div.place(key),
                hint=did_you_mean(name, known, otherwise=some),
            )
        elif name in reader.scope.ambiguous:
            reader.log.warning(
                Code.EDITION_AMBIGUOUS,
                f"{name!r} is {reader.scope.ambiguous[name]}: all of these are meant",
                at=div.place(key),
                hint="rename one of them, or name the editions one by one",
            )
    return names


def _listed(div: Div, key: str) -> list[str]:
    return re.split(r"[\s,]+", div.attributes.get(key).strip())


def key_numbers(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make key numbers of a definition list: number, what it counts, a remark."""
    reader.known_keys(div.attributes, (*CAPTION_KEYS, "highlight"), "a div of key numbers", div.at)
    title, rest = _captioned(div, reader)
    lists = [b for b in rest if isinstance(b, DefinitionList)]
    if len(lists) != 1 or len(rest) != 1:
        _empty(
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
            _paragraphs(item.meanings[0]),
            _paragraphs(item.meanings[1]) if len(item.meanings) > 1 else (),
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
    title, rest = _captioned(div, reader)
    if (
        len(rest) != 1
        or not isinstance(table := rest[0], Table)
        or len(table.columns) not in (3, 4)
    ):
        _empty(
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
            attributes.get("left"),
            attributes.get("right"),
            attributes.get("step"),
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
    title, rest = _captioned(div, reader, headings=True)
    sides: list[Side] = []
    for block in rest:
        if isinstance(block, Heading):
            sides.append(Side(block.content, (), at=block.at))
        elif sides:
            sides[-1] = replace(sides[-1], blocks=(*sides[-1].blocks, block))
    if len(sides) not in (2, 3) or not isinstance(rest[0], Heading):
        _empty(
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
    title, rest = _captioned(div, reader)
    arrows: list[Arrow] = []
    for block in rest:
        for item in block.items if isinstance(block, Bullets) else ():
            content = _paragraphs(item.blocks)
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
        _empty(
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


# ---------------------------------------------------------------- what several share


def _inner(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Read the inside of a div whose headings do not count for the section."""
    reader.inner += 1
    blocks = reader.blocks(div.children)
    reader.inner -= 1
    return blocks


def _titled(div: Div, reader: MarkdownReader) -> tuple[Inlines, tuple[Block, ...]]:
    """Give a box's title, by attribute or by a heading at its start, and its blocks."""
    blocks = _inner(div, reader)
    title = reader.value(div.attributes.get("title"), div.place("title"))
    if not title and blocks and isinstance(first := blocks[0], Heading):
        return first.content, blocks[1:]
    return title, blocks


def _captioned(
    div: Div, reader: MarkdownReader, *, headings: bool = False
) -> tuple[Inlines, tuple[Block, ...]]:
    """Give the first paragraph as the title, and what follows it."""
    blocks = _inner(div, reader) if headings else reader.blocks(div.children)
    if blocks and isinstance(first := blocks[0], Paragraph):
        return first.content, blocks[1:]
    return (), blocks


def _paragraphs(blocks: tuple[Block, ...]) -> Inlines:
    """Give the inlines of paragraphs, joined by line breaks."""
    result: list[Inline] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            result += [LineBreak(at=block.at)] if result else []
            result += block.content
    return tuple(result)


def _share(block: Group) -> float:
    width = block.classes[1] if len(block.classes) > 1 else "auto"
    return 0.0 if width == "auto" else float(width.removesuffix("%")) / 100


def _empty(div: Div, reader: MarkdownReader, message: str, hint: str) -> None:
    reader.log.error(Code.DIV_CONTENT, message, at=div.at, hint=hint)


DIRECTIVES: Mapping[str, Directive] = {
    "": group,
    "chart": chart,
    "key-numbers": key_numbers,
    "timeline": timeline,
    "callout-note": callout,
    "callout-tip": callout,
    "callout-warning": callout,
    "callout-caution": callout,
    "callout-important": callout,
    "key-points": key_points,
    "pull-quote": pull_quote,
    "comparison": comparison,
    "diagram": diagram,
    "notes": notes,
    "slide": slide,
    "columns": columns,
    "column": column,
    "content-visible": conditional,
    "content-hidden": conditional,
}
