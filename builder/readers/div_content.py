"""What the content of a div comes to: its title, its caption, its words."""

from __future__ import annotations

from builder.diagnostics import Code
from builder.document.nodes import Block, Heading, Inline, Inlines, LineBreak, Paragraph
from builder.readers.markdown import Div, MarkdownReader


def inner(div: Div, reader: MarkdownReader) -> tuple[Block, ...]:
    """Read the inside of a div whose headings do not count for the section."""
    reader.inner += 1
    blocks = reader.blocks(div.children)
    reader.inner -= 1
    return blocks


def titled(div: Div, reader: MarkdownReader) -> tuple[Inlines, tuple[Block, ...]]:
    """Give a box's title, by attribute or by a heading at its start, and its blocks."""
    blocks = inner(div, reader)
    title = reader.value(div.attributes.get("title"), div.place("title"))
    if not title and blocks and isinstance(first := blocks[0], Heading):
        return first.content, blocks[1:]
    return title, blocks


def captioned(
    div: Div, reader: MarkdownReader, *, headings: bool = False
) -> tuple[Inlines, tuple[Block, ...]]:
    """Give the first paragraph as the title, and what follows it."""
    blocks = inner(div, reader) if headings else reader.blocks(div.children)
    if blocks and isinstance(first := blocks[0], Paragraph):
        return first.content, blocks[1:]
    return (), blocks


def paragraphs(blocks: tuple[Block, ...]) -> Inlines:
    """Give the inlines of paragraphs, joined by line breaks."""
    result: list[Inline] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            result += [LineBreak(at=block.at)] if result else []
            result += block.content
    return tuple(result)


def say_unfit(div: Div, reader: MarkdownReader, message: str, hint: str) -> None:
    """Report content that a div cannot be made of."""
    reader.log.error(Code.DIV_CONTENT, message, at=div.at, hint=hint)
