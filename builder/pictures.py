"""What an image file is, and how large: without drawing it, and without trusting it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.drawings import (
    MOST_STYLE,
    danger_of,
    is_drawing,
    is_href,
    parse_drawing,
    references,
    styled,
)
from builder.inlays import MOST_INLAID, Inlays, is_inlay, pixels_at
from builder.rasters import LARGEST_SIDE, raster_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_DRAWN = 20_000
"""Elements of a drawing, those that a `use` repeats counted each time, long ones as several."""

_LETTERS = 100
"""Letters of a path that take as much work as an element."""

_SIGNS = 20
"""Letters of a text that do."""

_WORDS = frozenset(("text", "tspan", "textPath", "tref"))
_A_TEXT = 5
"""Elements that take as much work as one of these."""

_PIXELS = 2 * MOST_INLAID // MOST_DRAWN
"""Pixels of a picture within a drawing that do: the largest one is drawn once, and not again."""

_AN_INLAY = 15
"""Elements that take as much work as such a picture, however small."""

_ARCS = 4
"""Arcs of a path that do."""

_MOST_STYLED = 2_000_000
"""Rules of styles by elements that each of them may fit."""

_DEEPEST = 200
_SVG = "image/svg+xml"
_LENGTH = re.compile(r"\s*([\d.]+)(?:px|pt|mm|cm|in)?\s*")
_BOX = re.compile(r"\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+([\d.eE+]+)[\s,]+([\d.eE+]+)")


def picture_of(data: bytes) -> tuple[str, tuple[int, int]] | str:
    """Give content type and size in pixels of an image, or why it cannot be used."""
    if is_drawing(data):
        return _drawing(data)
    return raster_of(data)


def _drawing(data: bytes) -> tuple[str, tuple[int, int]] | str:
    root = parse_drawing(data)
    if isinstance(root, str):
        return root
    if drawn_elements(root) > MOST_DRAWN:
        return _inlays_fault(root) or f"it draws more than {MOST_DRAWN:,} elements"
    return danger_of(root) or (_SVG, _size_of(root))


def _inlays_fault(root: _Element) -> str:
    """Tell what is wrong with the pictures of pixels in a drawing that is too much to draw."""
    inlays = Inlays()
    addresses = (
        str(value)
        for node in root.iter("{*}image", "{*}feImage")
        for attribute, value in node.attrib.items()
        if is_href(attribute)
    )
    faults = (inlays.fault_of(address) for address in addresses if is_inlay(address))
    return next(filter(None, faults), "")


def _size_of(root: _Element) -> tuple[int, int]:
    lengths = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    box = _BOX.match(root.get("viewBox", ""))
    try:
        if lengths[0] and lengths[1]:
            sides = float(lengths[0][1]), float(lengths[1][1])
        elif box:
            sides = float(box[1]), float(box[2])
        else:
            return 300, 150
    except ValueError:
        return 300, 150
    width, height = (min(max(round(min(side, 1e9)), 1), LARGEST_SIDE) for side in sides)
    return width, height


def drawn_elements(root: _Element) -> int:
    """Count the elements that a drawing shows once every `use` is followed.

    Nested ones multiply: ten levels of ten would keep a reader busy for an hour.
    """
    too_many = MOST_DRAWN + 1
    nodes = list(root.iter())  # held: lxml makes its nodes anew
    if len(nodes) > MOST_DRAWN:
        return too_many
    sheets = [node.text or "" for node in nodes if _is_style(node)]
    rules = sum(sheet.count("{") for sheet in sheets)
    if rules * len(nodes) > _MOST_STYLED or sum(map(len, sheets)) > MOST_STYLE:
        return too_many
    by_rule = styled(sheets)
    named = {name: node for node in nodes if (name := node.get("id"))}
    counts: dict[int, int] = {}

    def count(node: _Element, depth: int) -> int:
        if id(node) in counts:
            return counts[id(node)]
        counts[id(node)] = too_many  # while it is being counted: a ring never ends
        if depth > _DEEPEST:
            return too_many
        total = 1 + _length(node)
        for child in node:
            total += count(child, depth + 1)
        for name, times in (*_repeated(node), *_styled(node, by_rule)):
            if name in named:
                total += times * count(named[name], depth + 1)
        counts[id(node)] = min(total, too_many)
        return counts[id(node)]

    return count(root, 0)


def _is_style(node: _Element) -> bool:
    return isinstance(node.tag, str) and node.tag.rpartition("}")[2] == "style"


def _length(node: _Element) -> int:
    """Give the elements that take as much work as the path, the text, the picture of this one."""
    paths = (node.get("d"), node.get("points"), node.get("stroke-dasharray"))
    texts = (node.text, node.tail)
    letters, signs = (sum(len(part or "") for part in parts) for parts in (paths, texts))
    arcs = (node.get("d") or "").lower().count("a")
    is_text = isinstance(node.tag, str) and node.tag.rpartition("}")[2] in _WORDS
    work = letters // _LETTERS + signs // _SIGNS + arcs // _ARCS + is_text * (_A_TEXT - 1)
    return work + sum(_AN_INLAY + pixels // _PIXELS for pixels in _inlaid(node))


def _inlaid(node: _Element) -> Iterator[int]:
    """Give the pixels of each picture within an element; one with too many is refused elsewhere."""
    for attribute, value in node.attrib.items():
        if is_href(attribute):
            pixels = pixels_at(str(value))
            if 0 < pixels <= MOST_INLAID:
                yield pixels


def _repeated(node: _Element) -> Iterator[tuple[str, int]]:
    """Give the ids of what an element shows once more, and how often."""
    is_use = isinstance(node.tag, str) and node.tag.rpartition("}")[2] == "use"
    for attribute, value in node.attrib.items():
        name, text = str(attribute), str(value)
        if name.endswith("href"):
            if is_use:
                yield text.strip()[1:], 1
            continue
        for reference in references(text):
            yield reference, _points(node) if "marker" in name or "marker" in text else 1


def _styled(
    node: _Element, by_rule: dict[str, list[tuple[str, bool]]]
) -> Iterator[tuple[str, int]]:
    """Give the ids of what style sheets may show at an element once more, and how often."""
    if not by_rule or not isinstance(node.tag, str):
        return
    classes = (f".{name}" for name in node.get("class", "").split())
    for key in ("*", node.tag.rpartition("}")[2], f"#{node.get('id')}", *classes):
        for name, is_marker in by_rule.get(key, ()):
            yield name, _points(node) if is_marker else 1


def _points(node: _Element) -> int:
    """Give how many markers a path may bear: "L1 1" has one."""
    return 1 + len(node.get("d") or node.get("points") or "") // 4
