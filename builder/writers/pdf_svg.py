"""Texts in drawings, each set as one line: letters are kerned, and Hebrew runs from right to left.

WeasyPrint sets every letter of an SVG text by itself, from left to right, as if each had a place of
its own. The hook is private to WeasyPrint 70.0.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import weasyprint.images
import weasyprint.svg
from weasyprint.svg.text import text as draw_text

from builder.css import unescaped

TEXTS = ("a", "text", "textPath", "tspan")
"""The elements that WeasyPrint draws as text."""

PLACES = ("x", "y", "dx", "dy")
SPREAD = ("rotate", "letter-spacing", "textLength")
"""Attributes that give letters places of their own."""


class Line(str):
    """A text that comes in one piece where its letters are asked for."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """Give all of it."""
        yield str(self)


@contextmanager
def whole_texts() -> Iterator[None]:
    """Let WeasyPrint set the texts of drawings as lines, and let what ends the work end it."""
    before = {name: weasyprint.svg.TAGS[name] for name in TEXTS}
    weasyprint.svg.TAGS.update(dict.fromkeys(TEXTS, _text))
    weasyprint.svg.text = _text  # by it WeasyPrint asks whether an element is a text
    draw_image, weasyprint.images.SVGImage.draw = weasyprint.images.SVGImage.draw, _draw
    try:
        yield
    finally:
        weasyprint.svg.TAGS.update(before)
        weasyprint.svg.text = draw_text
        weasyprint.images.SVGImage.draw = draw_image


_draw_image = weasyprint.images.SVGImage.draw


def _draw(image: Any, *arguments: Any) -> None:
    """Draw an image; WeasyPrint takes whatever is raised meanwhile for a fault of the drawing.

    A limit that is reached, or Ctrl-C, is none: it is raised again.
    """
    heard = _Heard(image._svg)
    image._svg = heard
    try:
        _draw_image(image, *arguments)
    finally:
        image._svg = heard.inner
    if heard.stopped is not None:
        raise heard.stopped


@dataclass(slots=True)
class _Heard:
    """A drawing, with what ended the work while it was drawn."""

    inner: Any
    stopped: BaseException | None = None

    def draw(self, *arguments: Any) -> None:
        try:
            self.inner.draw(*arguments)
        except BaseException as raised:
            self.stopped = None if isinstance(raised, Exception) else raised
            raise


def _text(svg: Any, node: Any, font_size: float) -> None:
    families = node.attrib.get("font-family", "")
    if "\\" in families:  # WeasyPrint reads no escapes here
        node.attrib = {**node.attrib, "font-family": unescaped(families)}
    if not node.text or _is_spread(node):
        draw_text(svg, node, font_size)
        return
    words, attributes = node.text, node.attrib
    node._etree_node.text = Line(words)
    if _is_from_right(words):  # its place is meant as that of a text from left to right
        node.attrib = {**attributes, "direction": "rtl"}
    try:
        draw_text(svg, node, font_size)
    finally:
        node._etree_node.text, node.attrib = words, attributes


def _is_spread(node: Any) -> bool:
    several = (len(node.attrib.get(name, "").replace(",", " ").split()) > 1 for name in PLACES)
    return any(several) or any(node.get(name) is not None for name in SPREAD)


def _is_from_right(text: str) -> bool:
    """Tell whether the first letter that has a direction runs from right to left."""
    ways = (unicodedata.bidirectional(character) for character in text)
    return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"
