"""Notes inside notes stand in brackets, in every format.

Word knows no footnote inside a footnote, and on paper the inner one would be counted first: the
numbers of the formats would part, and citations that point to a note by its number would be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from builder.document.nodes import (
    Block,
    BulletList,
    Code,
    CodeBlock,
    Document,
    Inline,
    Node,
    Note,
    OrderedList,
    Paragraph,
    Text,
)
from builder.document.walk import every, plain, rebuild


def open_inner_notes(document: Document) -> Document:
    """Put the text of each note that another note calls into brackets, where it is called."""

    def change(node: Node) -> Node:
        if not isinstance(node, Note) or not any(every(node.blocks, Note)):
            return node
        return replace(node, blocks=_single_spaced(rebuild(node.blocks, _bracketed)))

    return rebuild(document, change)


def _bracketed(node: Node) -> Node | tuple[Node, ...]:
    if not isinstance(node, Note):
        return node
    inner: list[Inline] = []
    for content in _contents(node.blocks):
        inner += [Text(" "), *content] if inner else content
    return Text(" (", at=node.at), *inner, Text(")", at=node.at)


def _contents(blocks: tuple[Block, ...]) -> Iterator[tuple[Inline, ...]]:
    for block in blocks:
        match block:
            case Paragraph(content=content):
                yield content
            case BulletList(items=items) | OrderedList(items=items):
                for item in items:
                    yield from _contents(item.blocks)
            case CodeBlock(text=text):
                yield (Code(text, at=block.at),)
            case _ if said := plain(block):
                yield (Text(said, at=block.at),)


def _single_spaced(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Drop the space before a bracket that brings its own."""

    def change(node: Node) -> Node:
        if not isinstance(node, Paragraph):
            return node
        content = list(node.content)
        for index, (here, behind) in enumerate(pairwise(node.content)):
            if isinstance(here, Text) and isinstance(behind, Text) and behind.value == " (":
                content[index] = replace(here, value=here.value.rstrip(" "))
        return replace(node, content=tuple(content))

    return rebuild(blocks, change)
