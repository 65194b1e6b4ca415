"""Running text as HTML, footnotes at their calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never
from urllib.parse import quote

from markupsafe import Markup, escape

from builder.document.nodes import (
    BulletList,
    Cite,
    Code,
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    OrderedList,
    Paragraph,
    Picture,
    Script,
    Strikeout,
    Strong,
    Text,
    Words,
)
from builder.document.walk import plain
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.display import bound

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi"})
LONGEST_HELD = 24
"""Letters of a word that is kept whole with the call of the note behind it."""
PIXEL = 9525
"""A CSS pixel in EMU."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What markup depends on besides the tree: language, looks, and where we are."""

    words: Mapping[str, str]
    language: str
    theme: Theme
    book: FontBook
    measure: Length  # the width for text here
    full: Length  # the width for figures here
    top: bool = True  # directly in a section: side column and full width can be used
    sources: bool = False  # say of every block from which line it comes
    parted: frozenset[str] = frozenset()  # anchors of tables that a page may end in
    call: Callable[[Note], Markup] | None = None  # writes a footnote's call; None: the whole note
    locate: Callable[[Picture], str] | None = None  # an image's address; None: for the fetcher
    write: Callable[[str], Markup] = escape  # writes plain text

    def inside(self, measure: Length) -> Setting:
        """Give the setting for the contents of a box."""
        return replace(self, measure=measure, full=measure, top=False)

    def word(self, key: str, fallback: str) -> str:
        """Give a fixed word in the document's language."""
        return self.words.get(key, fallback)


def direction(language: str) -> str:
    """Give "rtl" or "ltr"."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def inlines(content: Inlines, setting: Setting) -> Markup:
    """Write running text; the last word before a note stays on the line of its call."""
    nodes = _together(list(_flat(content)))
    parts: list[Markup] = []
    for index, node in enumerate(nodes):
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        if isinstance(node, Text) and isinstance(following, Note):
            parts.append(setting.write(_without_last_word(node.value)))
        elif isinstance(node, Note):
            before = nodes[index - 1] if index else None
            parts.append(_called(node, before, setting))
        else:
            parts.append(inline(node, setting))
    return Markup("").join(parts)


def _together(nodes: list[Inline]) -> list[Inline]:
    """Drop the space between two calls, so that a comma comes there."""
    lone = (
        index
        for index in range(1, len(nodes) - 1)
        if isinstance(node := nodes[index], Text)
        and not node.value.strip()
        and isinstance(nodes[index - 1], Note)
        and isinstance(nodes[index + 1], Note)
    )
    dropped = frozenset(lone)
    return [node for index, node in enumerate(nodes) if index not in dropped]


def title(content: Inlines, setting: Setting) -> Markup:
    """Write words set large, the last one never alone on a line."""
    return inlines(bound(content), setting)


def _flat(content: Inlines) -> Iterator[Inline]:
    """Give the inlines with citations replaced by what they show, neighbouring texts joined."""
    joined: Text | None = None
    for node in _shown(content):
        if isinstance(node, Text):
            joined = Text(joined.value + node.value, at=joined.at) if joined else node
            continue
        if joined:
            yield joined
            joined = None
        yield node
    if joined:
        yield joined


def _shown(content: Inlines) -> Iterator[Inline]:
    for node in content:
        if isinstance(node, Cite):
            yield from _shown(node.shown)
        else:
            yield node


def _without_last_word(value: str) -> str:
    kept = value.rstrip(" ")
    return kept.removesuffix(_last_word(value))


def _last_word(value: str) -> str:
    """Give the last word; of a long address what stands behind its last slash or hyphen."""
    word = value.rstrip(" ").rpartition(" ")[2]
    if len(word) <= LONGEST_HELD:
        return word
    return word[max(word.rstrip("/-").rfind(sign) for sign in "/-") + 1 :]


def _called(node: Note, before: Inline | None, setting: Setting) -> Markup:
    if isinstance(before, Text):
        last = _last_word(before.value)
        return Markup('<span class="nb">{}{}</span>').format(last, note(node, setting))
    if isinstance(before, Note):
        return Markup('<span class="between">,</span>') + note(node, setting)
    return note(node, setting)


def inline(node: Inline, setting: Setting) -> Markup:
    """Write one inline."""
    match node:
        case Text():
            return setting.write(node.value)
        case LineBreak():
            return Markup("<br>")
        case Emphasis():
            return Markup("<em>{}</em>").format(inlines(node.content, setting))
        case Strong():
            return Markup("<strong>{}</strong>").format(inlines(node.content, setting))
        case Strikeout():
            return Markup("<s>{}</s>").format(inlines(node.content, setting))
        case Script():
            return script(node, setting)
        case Code():
            return Markup("<code>{}</code>").format(setting.write(node.value))
        case Link():
            return Markup('<a class="link" href="{}">{}</a>').format(
                node.target, inlines(node.content, setting)
            )
        case Picture():
            return picture(node, setting)
        case Words():
            return words(node, setting)
        case Note():
            return note(node, setting)
        case Cite():
            return inlines(node.shown, setting)
        case CrossReference():
            return Markup('<a class="xref" href="#{}">{}</a>').format(node.label, node.shown)
        case _:
            assert_never(node)


def script(node: Script, setting: Setting) -> Markup:
    """Write a superscript or subscript."""
    content = inlines(node.content, setting)
    if node.kind == "super":
        return Markup("<sup>{}</sup>").format(content)
    return Markup("<sub>{}</sub>").format(content)


def picture(node: Picture, setting: Setting) -> Markup:
    """Write an image in running text."""
    style = f"width: {node.width}" if node.width else ""
    return Markup('<img class="inline" src="{}" alt="{}" style="{}">').format(
        address(node, setting), node.alt, style
    )


def address(node: Picture, setting: Setting) -> str:
    """Give an image's address; without another the one that WeasyPrint's fetcher knows it by."""
    if setting.locate is not None:
        return setting.locate(node)
    return f"project:///{quote(node.path.as_posix())}"


def words(node: Words, setting: Setting) -> Markup:
    """Write a span; words in another script run in their own direction."""
    attributes = Markup("")
    if node.lang:
        attributes += Markup(' lang="{}"').format(node.lang)
        if direction(node.lang) != direction(setting.language):
            attributes += Markup(' dir="{}"').format(direction(node.lang))
    if node.classes:
        attributes += Markup(' class="{}"').format(" ".join(node.classes))
    return Markup("<span{}>{}</span>").format(attributes, inlines(node.content, setting))


def note(node: Note, setting: Setting) -> Markup:
    """Write a footnote; only inline elements may stand in it, since it is part of a paragraph."""
    if setting.call is not None:
        return setting.call(node)
    parts = [part for block in node.blocks for part in _note_parts(block, setting)]
    content = Markup("").join(
        Markup('<span class="np">{}</span>').format(part) if index else part
        for index, part in enumerate(parts)
    )
    if not (node.label and node.blocks):
        return Markup('<span class="fn">{}</span>').format(content)
    key = f"{node.label} {node.blocks[0].at}"  # the author may call it again
    return Markup('<span class="fn" data-note="{}">{}</span>').format(key, content)


def _note_parts(block: object, setting: Setting) -> Iterator[Markup]:
    match block:
        case Paragraph(content=content):
            yield inlines(content, setting)
        case BulletList(items=items) | OrderedList(items=items):
            for item in items:
                lines = [part for inner in item.blocks for part in _note_parts(inner, setting)]
                yield Markup("– ") + Markup(" ").join(lines)
        case _:
            yield escape(plain(block))
