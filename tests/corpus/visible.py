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
    r"(?:^|(?<=[ ]{3}))(?:[ \t]*\(?(?:[A-Za-z]|[ivxlcdm]{1,6}|[IVXLCDM]{1,6}|\d{1,9})[.)](?:[ \t]|$))+",
    re.MULTILINE,
)
"""Of a list that is lettered or so in our dialect; Word and PowerPoint write its signs themselves."""

_OPENING_BRACES = re.compile(r"^\{[^{}]*\}")
_NOTE_OPENS, _NOTE_CLOSES = "footnote_open", "footnote_close"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, cell or block of code, with its text."""

    text: str
    in_note: bool
    is_graphic: bool = False  # of a table or figure that stands by itself, and so on a slide


def pieces(body: str) -> tuple[Piece, ...]:
    """Give what is to be seen of a text, in reading order. HTML is text, its comments are nothing."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    return tuple(_pieces(parser.parse(_without_comments(body))))


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    notes, heading, table = 0, False, False
    for token in tokens:
        notes += (token.type == _NOTE_OPENS) - (token.type == _NOTE_CLOSES)
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        if token.type in ("table_open", "table_close") and token.level == 0:
            table = token.nesting == 1
        if token.type == "fence":
            yield Piece(token.content, bool(notes))
        elif token.type == "code_block":  # below a lettered list it is that list's text
            yield Piece(_MARKER.sub("", token.content), bool(notes))
        elif token.type == "inline":
            inside = token.children or []
            text = _seen(inside)
            figure = token.level == 1 and _is_image(inside) and not heading
            yield Piece(_BRACES.sub("", text) if heading else text, bool(notes), table or figure)


def _is_image(tokens: list[Token]) -> bool:
    alone = [t for t in tokens if t.type not in ("softbreak", "link_open", "link_close")]
    return len(alone) == 1 and alone[0].type == "image"


def _seen(tokens: list[Token]) -> str:
    if _is_image(tokens):
        image = next(t for t in tokens if t.type == "image")
        return _seen(image.children or [])  # a figure's caption
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
