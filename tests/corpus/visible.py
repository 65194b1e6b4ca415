"""What a reader of a Markdown document sees, told by a parser without our dialect's rules.

The outputs are held against this, not against our own reader's tree, which may be what lost a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BRACES = re.compile(r"\s*\{[^{}]*\}\s*$")
_MARKER = re.compile(
    r"^(?:[ \t]*\(?(?:[A-Za-z]|[ivxlcdm]{1,6}|[IVXLCDM]{1,6}|\d{1,9})[.)](?:[ \t]|$))+",
    re.MULTILINE,
)
"""Of a list that is lettered or so in our dialect; Word and PowerPoint write its signs themselves."""

_OPENING_BRACES = re.compile(r"^\{[^{}]*\}")
_NOTE_OPENS, _NOTE_CLOSES = "footnote_open", "footnote_close"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, cell or block of code: its text, and whether it stands in a footnote."""

    text: str
    in_note: bool


def pieces(body: str) -> tuple[Piece, ...]:
    """Give what is to be seen of a text, in reading order. HTML is text, its comments are nothing."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    return tuple(_pieces(parser.parse(_without_comments(body))))


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    depth, heading = 0, False
    for token in tokens:
        depth += (token.type == _NOTE_OPENS) - (token.type == _NOTE_CLOSES)
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        if token.type in ("fence", "code_block"):
            yield Piece(token.content, bool(depth))
        elif token.type == "inline":
            text = _seen(token.children or [])
            yield Piece(_BRACES.sub("", text) if heading else text, bool(depth))


def _seen(tokens: list[Token]) -> str:
    alone = [t for t in tokens if t.type not in ("softbreak", "link_open", "link_close")]
    if len(alone) == 1 and alone[0].type == "image":
        return _seen(alone[0].children or [])  # a figure's caption
    texts = [_text_of(token) for token in tokens]
    for place, before in enumerate(tokens[:-1], start=1):
        if before.type in ("image", "link_close"):
            texts[place] = _OPENING_BRACES.sub("", texts[place])
    return _MARKER.sub("", _COMMENT.sub(" ", "".join(texts)))


def _text_of(token: Token) -> str:
    match token.type:
        case "text" | "text_special":
            return token.content
        case "code_inline":
            return token.content.replace("<!--", " ")
        case "softbreak" | "hardbreak":
            return "\n"
        case _:
            return ""


def _without_comments(body: str) -> str:
    """Take out the HTML comments that stand between blocks, but not those that are code."""
    lines = body.split("\n")
    for token in MarkdownIt("commonmark").parse(body):
        if token.type == "html_block" and token.map and "<!--" in token.content:
            first, last = token.map
            kept = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), token.content)
            lines[first:last] = (kept.split("\n") + [""] * (last - first))[: last - first]
    return "\n".join(lines)
