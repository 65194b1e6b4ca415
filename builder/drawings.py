"""Drawings (SVG) by strangers: nothing in them runs, is fetched, or would never be done.

What is checked is what everybody reads: the tree without comments and instructions, its styles as
a browser parses them. `plain_drawing` writes that tree, and outputs hold nothing else of a drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from builder.characters import FORBIDDEN, TURNING, unpaired
from builder.inlays import Inlays, bare, inlay_of, is_inlay

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_STYLE = 1_000_000
"""Letters of styles that are looked through; a drawing with gradients has some thousand."""

_ENTITIES = tuple("<!ENTITY".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_CALLS = re.compile(r"url\(|src\(|image|cross-fade\(|\\", re.IGNORECASE)
"""What stands in a value that asks for something; an escape may spell any of it."""

_ASKING = frozenset("src image image-set -webkit-image-set cross-fade -webkit-cross-fade".split())
_READING = frozenset("import font-face color-profile document -moz-document".split())
_FORBIDDEN = frozenset("script foreignobject iframe object embed audio video handler".split())
_HTML = "{http://www.w3.org/1999/xhtml}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LEADING = re.compile(r"(?:https?|mailto):|#", re.IGNORECASE)
"""How an address begins that a link may lead to."""

_TEXTS = frozenset("text title desc".split())
"""What holds a text from its beginning to its end."""


def parse_drawing(data: bytes) -> _Element | str:
    """Give the tree of a drawing, or why it cannot be used."""
    from lxml import etree

    # Entities can grow without end, and read files; no drawing needs any of its own.
    if any(mark in data for mark in _ENTITIES):
        return "it declares entities"
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        return f"it is no well-formed SVG ({fault.msg})"
    if not isinstance(root.tag, str) or _local(root) != "svg":
        return "it is no SVG"
    declared: Any = root.getroottree().docinfo.internalDTD
    has_own = declared is not None and bool(declared.entities())
    if has_own or next(root.iter(etree.Entity), None) is not None:
        return "it declares entities"
    if any(
        getattr(node, "target", "") == "xml-stylesheet"
        for node in root.itersiblings(preceding=True)
    ):
        return "it asks for a style sheet"
    etree.strip_tags(root, etree.ProcessingInstruction)
    return root


def is_drawing(data: bytes) -> bool:
    """Tell whether a file is meant as a drawing."""
    return b"<svg" in data[:4000] or data[:5] in (b"<?xml", b"\xef\xbb\xbf<?")


def plain_drawing(data: bytes) -> bytes:
    """Give a sound drawing as it was checked; what is none, or is refused, as it is."""
    if not is_drawing(data):
        return data
    root = parse_drawing(data)
    if isinstance(root, str) or danger_of(root):
        return data
    for node in root.iter():
        _settle(node)
    from lxml import etree

    plain: bytes = etree.tostring(root, encoding="utf-8", with_tail=False)
    return plain


def danger_of(root: _Element) -> str:
    """Tell what in a drawing would run, or would be fetched; "": nothing."""
    styles: list[str] = []
    inlays = Inlays()
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        tag = _local(node).lower()
        if tag in _FORBIDDEN or node.tag.startswith(_HTML):
            return f"it holds <{tag}>, which draws nothing on paper"
        if tag == "style":
            if len(node):
                return "its styles hold elements"
            styles.append(node.text or "")
        if fault := _text_fault(node, tag):
            return fault
        for attribute, given in node.attrib.items():
            value = str(given)
            fault = _attribute_fault(tag, str(attribute), value, inlays)
            if fault:
                return fault
            if is_href(attribute) and is_inlay(value):
                continue
            if fault := _value_fault(value):
                return fault
            if "(" in value and _CALLS.search(value):
                styles.append(value)
    if sum(map(len, styles)) > MOST_STYLE:
        return f"its styles have more than {MOST_STYLE:,} letters"
    return next((fault for style in styles if (fault := _style_fault(style, inlays))), "")


def references(value: str) -> Iterator[str]:
    """Give the ids that a value names by `url(#id)`."""
    if "(" not in value:
        return
    for address in _addresses(value):
        found = re.match(r"#([^\"'\s]+)", address)
        if found:
            yield found[1]


def styled(sheets: Iterable[str]) -> dict[str, list[tuple[str, bool]]]:
    """Give the ids that rules of style sheets name, by what their selectors end with.

    That is "#id", ".class", "element", or "*" for all that is harder to tell. Each id comes with
    whether it is that of a marker, which is drawn at each point.
    """
    import tinycss2

    found: dict[str, list[tuple[str, bool]]] = {}
    for sheet in sheets:
        if not _CALLS.search(sheet):
            continue
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            named = [
                (name, "marker" in declared.lower_name)
                for declared in tinycss2.parse_blocks_contents(rule.content)
                if declared.type == "declaration"
                for name in references(tinycss2.serialize(declared.value))
            ]
            for selector in tinycss2.serialize(rule.prelude).split(",") if named else ():
                found.setdefault(_ending(selector), []).extend(named)
    return found


def _ending(selector: str) -> str:
    last = re.split(r"[\s>+~]", selector.strip())[-1]
    if not re.fullmatch(r"[\w.#-]+", last, re.ASCII):
        return "*"
    mark = re.search(r"#[\w-]+", last) or re.search(r"\.[\w-]+", last)
    return mark[0] if mark else last


def parsed(style: str) -> Iterator[Any]:
    """Give the tokens of a style, at whatever depth, its escapes read; none of its comments."""
    import tinycss2

    waiting = list(tinycss2.parse_component_value_list(style, skip_comments=True))
    while waiting:
        token = waiting.pop()
        yield token
        waiting += getattr(token, "content", None) or getattr(token, "arguments", None) or ()


def _local(node: _Element) -> str:
    return str(node.tag).rpartition("}")[2]


def is_href(attribute: object) -> bool:
    """Tell whether an attribute is an address, whatever space of names it is in."""
    return str(attribute).rpartition("}")[2].lower() == "href"


def _settle(node: _Element) -> None:
    """Write the pictures of pixels in an element as every program reads them alike."""
    if not isinstance(node.tag, str):
        return
    for attribute, value in node.attrib.items():
        found = inlay_of(str(value)) if is_href(attribute) and is_inlay(str(value)) else ""
        if not isinstance(found, str):
            node.set(attribute, found.address)


def _attribute_fault(tag: str, attribute: str, value: str, inlays: Inlays) -> str:
    name = attribute.rpartition("}")[2].lower()
    if name.startswith("on"):
        return f"it holds a program ({name})"
    if attribute == _BASE:
        return f"it takes its addresses from {_short(value)}"
    if name == "attributename":
        moved = value.strip().rpartition(":")[2].lower()
        return f"it changes {_short(value)}" if moved == "href" or moved.startswith("on") else ""
    if name != "href" or not value.strip():
        return ""
    if tag == "a":
        return "" if _LEADING.match(bare(value)) else f"it has a link to {_short(value)}"
    return _address_fault(value, inlays, f"it asks for {_short(value)}, which is another file")


def _address_fault(address: str, inlays: Inlays, other: str) -> str:
    """Tell what is wrong with an address: "" for a place in the drawing, `other` for elsewhere."""
    if bare(address).startswith("#"):
        return ""
    return inlays.fault_of(address) if is_inlay(address) else other


def _text_fault(node: _Element, tag: str) -> str:
    """Tell what in the text of an element, and behind it, can stand in no text of a briefing."""
    pieces = (piece for piece in (node.text, node.tail) if piece)
    found = next(filter(None, map(FORBIDDEN.search, pieces)), None)
    if found:
        return _odd(found[0])
    return _value_fault("".join(map(str, node.itertext()))) if tag in _TEXTS else ""


def _value_fault(text: str) -> str:
    found = FORBIDDEN.search(text)
    odd = found[0] if found else unpaired(text)
    return _odd(odd) if odd else ""


def _odd(sign: str) -> str:
    why = "nothing closes" if TURNING.match(sign) else "can stand in no text"
    return f"its text holds the character U+{ord(sign):04X}, which {why}"


def _style_fault(style: str, inlays: Inlays) -> str:
    return next((fault for token in parsed(style) if (fault := _asks(token, inlays))), "")


def _asks(token: Any, inlays: Inlays) -> str:
    """Tell whether a token of a style makes a browser read something, or holds it."""
    other = "its styles ask for another file"
    match token.type:
        case "url":
            return _address_fault(token.value, inlays, other)
        case "function" if token.lower_name == "url":
            named = [inner.value for inner in token.arguments if inner.type == "string"]
            faults = (_address_fault(value, inlays, other) for value in named)
            return next(filter(None, faults), "") if named else other
        case "function":
            return other if token.lower_name in _ASKING else ""
        case "at-keyword":
            return other if token.lower_value in _READING else ""
        case "error":
            return other if token.kind in ("bad-url", "bad-string") else ""
    return ""


def _addresses(value: str) -> Iterable[str]:
    """Give what stands in each `url(…)`: by a look where there is no escape, as it is quicker."""
    if "\\" not in value:
        inner = re.findall(r"url\(([^)]*)", value, re.IGNORECASE)
        return [address.strip(" \t\r\n\f\"'") for address in inner]
    found = []
    for token in parsed(value):
        if token.type == "url":
            found.append(token.value.strip())
        elif token.type == "function" and token.lower_name == "url":
            found += [inner.value.strip() for inner in token.arguments if inner.type == "string"]
    return found


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else value[:59] + "…")
