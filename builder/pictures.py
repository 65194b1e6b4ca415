"""What an image file is, and how large: without drawing it, and without trusting it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_PIXELS = 80_000_000
"""A page of A3 at 600 dots an inch has 70 million; each takes four bytes while it is drawn."""

MOST_DRAWN = 20_000
"""Elements of a drawing, those that a `use` repeats counted each time, long ones as several."""

_LETTERS = 100
"""Letters of a path that take as much work as an element."""

_SIGNS = 20
"""Letters of a text that do."""

_WORDS = frozenset(("text", "tspan", "textPath", "tref"))
_A_TEXT = 5
"""Elements that take as much work as one of these."""

_ARCS = 4
"""Arcs of a path that do."""

_MOST_STYLED = 2_000_000
"""Rules of styles by elements that each of them may fit."""

_DEEPEST = 200
_SVG = "image/svg+xml"
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}
_OPENING = re.compile(r"<svg\b[^>]*", re.DOTALL)
_LENGTH = re.compile(r"""\b(width|height)\s*=\s*["']\s*([\d.]+)(?:px|pt|mm|cm|in)?\s*["']""")
_BOX = re.compile(
    r"""\bviewBox\s*=\s*["']\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+([\d.eE+]+)[\s,]+([\d.eE+]+)"""
)
_INSIDE = re.compile(r"(?:#|data:image/(?:png|jpe?g|gif)[;,])", re.IGNORECASE)
_STYLE_URL = re.compile(r"""url\(\s*["']?\s*(?!#|["'\s]|data:image/(?:png|jpe?g|gif)[;,])""", re.I)
_REFERENCE = re.compile(r"""url\(\s*["']?\s*#([^"')\s]+)""")
_FORBIDDEN = frozenset("script foreignobject iframe object embed audio video handler".split())
_LARGEST_SIDE = 100_000


def picture_of(data: bytes) -> tuple[str, tuple[int, int]] | str:
    """Give content type and size in pixels of an image, or why it cannot be used."""
    if b"<svg" in data[:4000] or data[:5] in (b"<?xml", b"\xef\xbb\xbf<?"):
        return _drawing(data)
    from PIL import Image  # slow to import, and needed only where there is a picture

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we are stricter
            with Image.open(io.BytesIO(data)) as image:
                kind, size = str(image.format), image.size
                if size[0] * size[1] > MOST_PIXELS or max(size) > _LARGEST_SIDE:
                    return f"it has {size[0]:,} by {size[1]:,} pixels"
                image.verify()
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError) as fault:
        return str(fault).replace("<_io.BytesIO object at ", "<").split(" <")[0] or "it is damaged"
    except Image.DecompressionBombError:
        return "it has too many pixels"
    except Exception as fault:  # struct.error, zlib.error: Pillow's readers name no family
        return f"it is damaged ({type(fault).__name__})"
    if kind not in _TYPES:
        return f"{kind} is a format that not every output can show"
    return _TYPES[kind], size


def _drawing(data: bytes) -> tuple[str, tuple[int, int]] | str:
    from lxml import etree

    # Entities can grow without end, and read files; no drawing needs any of its own.
    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data:
        return "it declares entities"
    if "<!ENTITY".encode("utf-16-be") in data:
        return "it declares entities"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        return f"it is no well-formed SVG ({fault.msg})"
    if not isinstance(root.tag, str) or root.tag.rpartition("}")[2] != "svg":
        return "it is no SVG"
    return _fault_of(root) or (_SVG, _size_of(data))


def _fault_of(root: _Element) -> str:
    """Tell what in a drawing would run, would be fetched, or would never be done; "": nothing."""
    if any(
        getattr(node, "target", "") == "xml-stylesheet"
        for node in root.itersiblings(preceding=True)
    ):
        return "it asks for a style sheet"
    drawn = drawn_elements(root)
    if drawn > MOST_DRAWN:
        return f"it draws more than {MOST_DRAWN:,} elements"
    for tag, name, value in _parts(root):
        if tag in _FORBIDDEN:
            return f"it holds <{tag}>, which draws nothing on paper"
        if name.startswith("on"):
            return f"it holds a program ({name})"
        if name == "href" and tag != "a" and value.strip() and not _INSIDE.match(value.strip()):
            return f"it asks for {_short(value)}, which is another file"
        if name == "href" and re.match(r"\s*(javascript|data|file|vbscript):", value, re.I):
            return f"it has a link to {_short(value)}"
        if _STYLE_URL.search(value) or (tag == "style" and "@import" in value.lower()):
            return "its styles ask for another file"
    return ""


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else value[:59] + "…")


def _parts(root: _Element) -> Iterator[tuple[str, str, str]]:
    """Give element, attribute and value of each attribute; of an element, "" and its style."""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        tag = node.tag.rpartition("}")[2].lower()
        yield tag, "", (node.text or "") if tag == "style" else ""
        for name, value in node.attrib.items():
            yield tag, str(name).rpartition("}")[2].lower(), str(value)


def _size_of(data: bytes) -> tuple[int, int]:
    match = _OPENING.search(data.decode("utf-8", "replace"))
    opening = match[0] if match else ""
    box = _BOX.search(opening)
    lengths = dict(_LENGTH.findall(opening))
    try:
        if "width" in lengths and "height" in lengths:
            sides = float(lengths["width"]), float(lengths["height"])
        elif box:
            sides = float(box[1]), float(box[2])
        else:
            return 300, 150
    except ValueError:
        return 300, 150
    width, height = (min(max(round(min(side, 1e9)), 1), _LARGEST_SIDE) for side in sides)
    return width, height


def drawn_elements(root: _Element) -> int:
    """Count the elements that a drawing shows once every `use` is followed.

    Nested ones multiply: ten levels of ten would keep a reader busy for an hour.
    """
    too_many = MOST_DRAWN + 1
    nodes = list(root.iter())  # held: lxml makes its nodes anew
    if len(nodes) > MOST_DRAWN:
        return too_many
    styles = "".join(node.text or "" for node in nodes if _is_style(node))
    if styles.count("{") * len(nodes) > _MOST_STYLED:
        return too_many
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
        for name, times in _repeated(node):
            if name in named:
                total += times * count(named[name], depth + 1)
        counts[id(node)] = min(total, too_many)
        return counts[id(node)]

    return count(root, 0)


def _is_style(node: _Element) -> bool:
    return isinstance(node.tag, str) and node.tag.rpartition("}")[2] == "style"


def _length(node: _Element) -> int:
    """Give the elements that take as much work as the path, or the text, of this one."""
    paths = (node.get("d"), node.get("points"), node.get("stroke-dasharray"))
    texts = (node.text, node.tail)
    letters, signs = (sum(len(part or "") for part in parts) for parts in (paths, texts))
    arcs = (node.get("d") or "").lower().count("a")
    is_text = isinstance(node.tag, str) and node.tag.rpartition("}")[2] in _WORDS
    return letters // _LETTERS + signs // _SIGNS + arcs // _ARCS + is_text * (_A_TEXT - 1)


def _repeated(node: _Element) -> Iterator[tuple[str, int]]:
    """Give the ids of what an element shows once more, and how often."""
    is_use = isinstance(node.tag, str) and node.tag.rpartition("}")[2] == "use"
    for attribute, value in node.attrib.items():
        name, text = str(attribute), str(value)
        if name.endswith("href"):
            if is_use:
                yield text.strip()[1:], 1
            continue
        marks = 1 + len(node.get("d") or node.get("points") or "") // 4  # "L1 1": one marker each
        for found in _REFERENCE.finditer(text):
            yield found[1], marks if "marker" in name or "marker" in text else 1
