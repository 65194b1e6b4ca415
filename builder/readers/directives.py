"""Divs in, blocks out: one function a class. Plug-ins lower to the same nodes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from builder.diagnostics import Code, did_you_mean
from builder.document.nodes import (
    Block,
    Callout,
    CalloutKind,
    ColumnPart,
    Columns,
    Conditional,
    Group,
    Heading,
    KeyPoints,
    PullQuote,
    References,
    Slide,
    SpeakerNotes,
)
from builder.readers.attributes import in_deck
from builder.readers.chart_div import chart
from builder.readers.div_content import inner, paragraphs, say_unfit, titled
from builder.readers.figure_divs import comparison, diagram, key_numbers, timeline
from builder.readers.markdown import Directive, Div, MarkdownReader

FORMATS = ("pdf", "docx", "pptx", "html", "mail")
_ALIASES = {"word": "docx", "powerpoint": "pptx", "deck": "pptx"}


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
    title, blocks = titled(div, reader)
    kinds: dict[str, CalloutKind] = {name: name for name in get_args(CalloutKind)}
    return (Callout(kinds[kind], title, blocks, at=div.at),)


def key_points(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a box in the side column."""
    reader.known_keys(div.attributes, ("title",), "a box of key points", div.at)
    title, blocks = titled(div, reader)
    return (KeyPoints(title, blocks, at=div.at),)


def notes(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make speaker notes."""
    reader.known_keys(div.attributes, (), "a div of speaker notes", div.at)
    return (SpeakerNotes(inner(div, reader), at=div.at),)


def slide(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a slide of the author's own; its first heading, at any level, is its title."""
    reader.known_keys(div.attributes, ("layout", "show"), "a slide", div.at)
    blocks = inner(div, reader)
    found = next((b for b in blocks if isinstance(b, Heading)), None)
    rest = tuple(b for b in blocks if b is not found)
    title = found.content if found else ()
    attributes = div.attributes
    return (Slide(title, rest, attributes.get("layout"), attributes.get("show"), at=div.at),)


def pull_quote(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Make a quotation set large: its paragraphs are the words."""
    reader.known_keys(div.attributes, ("by", "role", "context", "deck"), "a pull quote", div.at)
    content = paragraphs(reader.blocks(div.children))
    if not content:
        say_unfit(div, reader, "a pull quote has no words", "write the quotation into the div")
    attributes = div.attributes
    return (
        PullQuote(
            content,
            reader.words(div, "by"),
            reader.words(div, "role"),
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
        say_unfit(
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


def _share(block: Group) -> float:
    width = block.classes[1] if len(block.classes) > 1 else "auto"
    return 0.0 if width == "auto" else float(width.removesuffix("%")) / 100


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
