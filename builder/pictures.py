"""What an image file is, and how large: without drawing it, and without trusting it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.drawings import TooMuch, danger_of, is_drawing, is_href, parse_drawing, references
from builder.inlays import MOST_INLAID, Inlays, is_inlay, pixels_at
from builder.rasters import LARGEST_SIDE, raster_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from builder.drawing_styles import Dressed

MOST_DRAWN = 20_000
"""Elements of a drawing, those that a `use` repeats counted each time, long ones as several."""

_TOO_MANY = MOST_DRAWN + 1

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

_STEPS = 50
"""Steps of finding an element's styles that do."""

_USUAL_STYLE = 2000
"""Letters of a `style` that cost nothing more; what is beyond counts as those of a path."""

_POINT = 4
"""Letters of a path that may bear a marker: "L1 1"."""

_OWN = frozenset(("clip-path", "mask", "filter"))
"""Styles that an element does not hand down to those within it."""

_UNSHOWN = frozenset(
    "clipPath defs desc filter linearGradient marker mask metadata pattern radialGradient style"
    " symbol title".split()
)
_DEEPEST = 200
_SVG = "image/svg+xml"
_LENGTH = re.compile(r"\s*([\d.]+)(?:px|pt|mm|cm|in)?\s*")
_BOX = re.compile(r"\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+([\d.eE+]+)[\s,]+([\d.eE+]+)")
_ODD = re.compile(r"""["'\\@{}]|/\*""")
"""What may hide in a style where one declaration ends and the next begins."""


def picture_of(data: bytes) -> tuple[str, tuple[int, int]] | str:
    """Give content type and size in pixels of an image, or why it cannot be used."""
    if is_drawing(data):
        return _drawing(data)
    return raster_of(data)


def _drawing(data: bytes) -> tuple[str, tuple[int, int]] | str:
    root = parse_drawing(data)
    if isinstance(root, str):
        return root
    try:
        drawn = _drawn(root)
    except TooMuch as fault:
        return str(fault)
    if drawn > MOST_DRAWN:
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
    try:
        return _drawn(root)
    except TooMuch:
        return _TOO_MANY


def _drawn(root: _Element) -> int:
    nodes = list(root.iter())  # held: lxml makes its nodes anew
    if len(nodes) > MOST_DRAWN:
        return _TOO_MANY
    sheets = [node.text or "" for node in nodes if _tag(node) == "style"]
    by_rule: Mapping[_Element, Dressed] = {}
    if sheets:
        from builder.drawing_styles import dressed  # what it needs is slow to import

        by_rule = dressed(root, sheets)
    named = {name: node for node in nodes if (name := node.get("id"))}
    return _Count(named, by_rule).drawn(root, 0)


@dataclass(frozen=True, slots=True)
class _Count:
    """What has been counted of a drawing."""

    named: Mapping[str, _Element]
    by_rule: Mapping[_Element, Dressed]
    counts: dict[_Element, int] = field(default_factory=dict)
    spreads: dict[_Element, tuple[int, int]] = field(default_factory=dict)

    def drawn(self, node: _Element, depth: int) -> int:
        """Count the elements that one shows, itself included."""
        if node in self.counts:
            return self.counts[node]
        self.counts[node] = _TOO_MANY  # while it is being counted: a ring never ends
        if depth > _DEEPEST:
            return _TOO_MANY
        dress = self.by_rule.get(node)
        total = 1 + _length(node) + (dress.steps // _STEPS if dress else 0)
        for child in node:
            total += self.drawn(child, depth + 1)
        for used in self._used(node):
            total += self.drawn(used, depth + 1)
        for name, style in (*_referred(node), *(dress.names if dress else ())):
            if name in self.named:
                total += self._times(node, style) * self.drawn(self.named[name], depth + 1)
        self.counts[node] = min(total, _TOO_MANY)
        return self.counts[node]

    def _times(self, node: _Element, style: str) -> int:
        """Give how often what a style of an element names is shown, at those within it too."""
        if style in _OWN:
            return 1
        elements, points = self._spread(node, 0)
        return 1 + points if "marker" in style else elements

    def _spread(self, node: _Element, depth: int) -> tuple[int, int]:
        """Count the elements to which an element hands its styles down, and their points."""
        if node in self.spreads or depth > _DEEPEST:
            return self.spreads.get(node, (_TOO_MANY, _TOO_MANY))
        self.spreads[node] = _TOO_MANY, _TOO_MANY
        elements, points = 1, len(node.get("d") or node.get("points") or "") // _POINT
        within = (child for child in node if _tag(child) not in _UNSHOWN)
        for inner in (*within, *self._used(node)):
            more, others = self._spread(inner, depth + 1)
            elements, points = elements + more, points + others
        self.spreads[node] = min(elements, _TOO_MANY), min(points, _TOO_MANY)
        return self.spreads[node]

    def _used(self, node: _Element) -> Iterator[_Element]:
        """Give what a `use` shows, whichever of its links is followed."""
        for name, value in node.attrib.items() if _tag(node) == "use" else ():
            link = str(value).strip()[1:]
            if str(name).endswith("href") and link in self.named:
                yield self.named[link]


def _tag(node: _Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _length(node: _Element) -> int:
    """Give the elements that take as much work as the path, the text, the picture of this one."""
    paths = (node.get("d"), node.get("points"), node.get("stroke-dasharray"))
    texts = (node.text, node.tail)
    letters, signs = (sum(len(part or "") for part in parts) for parts in (paths, texts))
    arcs = (node.get("d") or "").lower().count("a")
    is_text = _tag(node) in _WORDS
    letters += max(0, len(node.get("style", "")) - _USUAL_STYLE)
    work = letters // _LETTERS + signs // _SIGNS + arcs // _ARCS + is_text * (_A_TEXT - 1)
    return work + sum(_AN_INLAY + pixels // _PIXELS for pixels in _inlaid(node))


def _inlaid(node: _Element) -> Iterator[int]:
    """Give the pixels of each picture within an element; one with too many is refused elsewhere."""
    for attribute, value in node.attrib.items():
        if is_href(attribute):
            pixels = pixels_at(str(value))
            if 0 < pixels <= MOST_INLAID:
                yield pixels


def _referred(node: _Element) -> Iterator[tuple[str, str]]:
    """Give the ids that an element's attributes name, and by which style each does."""
    for attribute, value in node.attrib.items():
        name, text = str(attribute), str(value)
        if "(" not in text or name.endswith("href"):
            continue
        if name == "style":
            yield from _declared(text)
            continue
        for reference in references(text):
            yield reference, name


def _declared(text: str) -> Iterator[tuple[str, str]]:
    """Give the ids that a `style` names, and by which style: by a look where it is plain."""
    if _ODD.search(text):
        from builder.drawing_styles import declared_ids

        yield from declared_ids(text)
        return
    for declaration in text.split(";"):
        style, _, value = declaration.partition(":")
        for reference in references(value):
            yield reference, style.strip().lower()
