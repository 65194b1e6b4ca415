"""Running text for a mail: as HTML with nothing that a mail program would break, and as plain text.

Notes stay in the briefing; cross-references and links inside it are words alone.
"""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup, escape

from builder.document.nodes import (
    Cite,
    Code,
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    Picture,
    Script,
    Strikeout,
    Strong,
    Text,
    Words,
)
from builder.document.walk import plain
from builder.writers.markup_inlines import direction

OUTSIDE = ("http://", "https://", "mailto:")


def as_html(content: Inlines, language: str) -> Markup:
    """Write running text as HTML; `language` is the one around it."""
    return Markup("").join(_html(node, language) for node in content)


def _html(node: Inline, language: str) -> Markup:
    match node:
        case Text():
            return escape(node.value)
        case LineBreak():
            return Markup("<br>")
        case Emphasis():
            return Markup("<i>{}</i>").format(as_html(node.content, language))
        case Strong():
            return Markup("<b>{}</b>").format(as_html(node.content, language))
        case Strikeout():
            return Markup("<s>{}</s>").format(as_html(node.content, language))
        case Script(kind="super"):
            return Markup("<sup>{}</sup>").format(as_html(node.content, language))
        case Script():
            return Markup("<sub>{}</sub>").format(as_html(node.content, language))
        case Code():
            return Markup("<code>{}</code>").format(node.value)
        case Link():
            return _link(node, language)
        case Picture():
            return escape(node.alt)
        case Words():
            return _words(node, language)
        case Note():
            return Markup("")
        case Cite():
            return as_html(node.shown, language)
        case CrossReference():
            return escape(node.shown)
        case _:
            assert_never(node)


def _link(node: Link, language: str) -> Markup:
    content = as_html(node.content, language)
    if not node.target.startswith(OUTSIDE):
        return content
    return Markup('<a href="{}" class="link" style="color: inherit">{}</a>').format(
        node.target, content
    )


def _words(node: Words, language: str) -> Markup:
    content = as_html(node.content, node.lang or language)
    if not node.lang:
        return content
    return Markup('<span lang="{}" dir="{}">{}</span>').format(
        node.lang, direction(node.lang), content
    )


def as_text(content: Inlines) -> str:
    """Write running text without markup, white space single; links outside show their address."""
    parts = [_text(node) for node in content]
    return " ".join("".join(parts).split())


def _text(node: Inline) -> str:
    if isinstance(node, Link) and node.target.startswith(OUTSIDE):
        words, address = plain(node.content), node.target.removeprefix("mailto:")
        return words if words == address else f"{words} ({address})"
    if isinstance(node, Emphasis | Strong | Strikeout | Words):
        return "".join(_text(child) for child in node.content)
    return plain_keeping_spaces(node)


def plain_keeping_spaces(node: Inline) -> str:
    """Give a node's words, with the white space at its ends that parts words from each other."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, LineBreak):
        return " "
    return plain(node)
