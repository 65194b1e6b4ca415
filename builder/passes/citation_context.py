"""What stands around citations: places typed as plain words, punctuation, the calls of notes."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from itertools import pairwise

from builder.bibliography.locators import parse_locator
from builder.document.nodes import (
    Block,
    Cite,
    Document,
    Inline,
    Link,
    Node,
    Note,
    Paragraph,
    Script,
    Text,
)
from builder.document.walk import rebuild

_PLACE = re.compile(r", ([^\W\d]+\.? (?:\d+(?:[.:]\d+)*(?:[-–]\d+)?|[IVXLC]+)\b)")
_MOVED = (".", ",", ";", ":", "!", "?")  # go before the call of a note
_JOINED = (".", ",")  # go into the quotation marks at the end of a citation in a note


def absorb(document: Document, *, notes: bool) -> Document:
    """Take into the citations of authors' own notes what belongs to them.

    That is ", p. 5" behind a work named in the sentence and, where the style makes notes, a comma
    or full stop, which may have to go inside quotation marks.
    """

    def change(node: Node) -> Node:
        if not isinstance(node, Note):
            return node
        return replace(node, blocks=tuple(_absorb(block, notes) for block in node.blocks))

    return rebuild(document, change)


def _absorb(block: Block, notes: bool) -> Block:
    if not isinstance(block, Paragraph):
        return block
    content = list(block.content)
    for index, (here, behind) in enumerate(pairwise(block.content)):
        if isinstance(here, Cite) and isinstance(behind, Text):
            pair = _with_place(here, behind)
            content[index : index + 2] = _with_punctuation(*pair) if notes else pair
    return replace(block, content=tuple(part for part in content if part != Text("")))


def _with_place(cite: Cite, behind: Text) -> tuple[Cite, Text]:
    match = _PLACE.match(behind.value)
    if not cite.in_text or cite.citations[0].locator or not match or not parse_locator(match[1]):
        return cite, behind
    named = replace(cite.citations[0], locator=match[1])
    return replace(cite, citations=(named,)), replace(behind, value=behind.value[match.end() :])


def _with_punctuation(cite: Cite, behind: Text) -> tuple[Cite, Text]:
    if not behind.value.startswith(_JOINED):
        return cite, behind
    *others, last = cite.citations
    last = replace(last, suffix=last.suffix + behind.value[0])
    return replace(cite, citations=(*others, last)), replace(behind, value=behind.value[1:])


def settle(document: Document) -> Document:
    """Bring the calls of notes behind the punctuation after them, without a space before."""
    return rebuild(document, _settle)


def _settle(node: Node) -> Node:
    new = {
        f.name: settled
        for f in fields(node)
        if isinstance(value := getattr(node, f.name), tuple)
        and (settled := _settled(value)) is not value
    }
    return replace(node, **new) if new else node  # type: ignore[arg-type]  # its own fields


def _settled(items: tuple[object, ...]) -> tuple[object, ...]:
    if any(isinstance(item, tuple) for item in items):
        new = tuple(_settled(item) if isinstance(item, tuple) else item for item in items)
        return items if new == items else new
    if not any(isinstance(item, Cite) for item in items):
        return items
    result: list[object] = list(items)
    for index, item in enumerate(items):
        if isinstance(item, Cite) and item.shown:
            _settle_around(result, index, item)
    return tuple(item for item in result if item != Text(""))


def _settle_around(items: list[object], index: int, cite: Cite) -> None:
    opens, closes = is_raised(cite.shown[0]), is_raised(cite.shown[-1])
    before = items[index - 1] if index else None
    after = items[index + 1] if index + 1 < len(items) else None
    if opens and isinstance(before, Text):
        items[index - 1] = replace(before, value=before.value.rstrip(" "))
    if (opens or closes) and isinstance(after, Text) and after.value.startswith(_MOVED):
        mark = Text(after.value[0])
        shown = (mark, *cite.shown) if opens else (*cite.shown[:-1], mark, cite.shown[-1])
        items[index] = replace(cite, shown=shown)
        items[index + 1] = replace(after, value=after.value[1:])


def is_raised(part: Inline) -> bool:
    """Whether it is the call of a note, or a raised number."""
    inner = part.content[0] if isinstance(part, Link) and part.content else part
    return isinstance(inner, Note | Script)
