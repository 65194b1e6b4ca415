"""Drawings (SVG) by strangers: nothing in them runs, is fetched, or would never be done.

What is checked is what everybody reads: the tree without comments and instructions, its styles as
a browser parses them. `plain_drawing` writes that tree, and outputs hold nothing else of a drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from builder.characters import FORBIDDEN, TURNING, unpaired
from builder.inlays import Inlays, bare, inlay_of, is_inlay

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_STYLE = 1_000_000
"""Letters of styles that are looked through; a drawing with gradients has some thousand."""

DEEPEST_STYLE = 30
"""Brackets within each other in a style; WeasyPrint writes values anew by recursion."""

TYPEFACE = "its styles bring a typeface of their own (@font-face)"
_OPENING = re.compile(r"[(\[{]")
_ENTITIES = tuple("<!ENTITY".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_CALLS = re.compile(r"url\(|src\(|image|cross-fade\(|\\", re.IGNORECASE)
"""What stands in a value that asks for something; an escape may spell any of it."""

_ASKING = frozenset("src image image-set -webkit-image-set cross-fade -webkit-cross-fade".split())
_READING = frozenset("import font-face color-profile document -moz-document".split())
_NAMING = frozenset("ident string url whitespace".split())
_FORBIDDEN = frozenset("script foreignobject iframe object embed audio video handler".split())
_HTML = "{http://www.w3.org/1999/xhtml}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LEADING = re.compile(r"(?:https?|mailto):|#", re.IGNORECASE)
"""How an address begins that a link may lead to."""

_TOO_LONG = re.compile("buffer size|length too long|huge text node", re.IGNORECASE)
"""What libxml2 says of a value or a text beyond ten million letters, in its several versions."""

_TEXTS = frozenset("text title desc".split())
"""What holds a text from its beginning to its end."""


class TooMuch(ValueError):
    """What would take too long; says why."""


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
        if _TOO_LONG.search(fault.msg):
            return "a path, a text or a picture within it has more than 10 MB"
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
    sheets: list[str] = []
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
            sheets.append(node.text or "")
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
            if "(" in value and _may_ask(str(attribute), value):
                styles.append(value)
    if sum(map(len, (*sheets, *styles))) > MOST_STYLE:
        return f"its styles have more than {MOST_STYLE:,} letters"
    faults = (
        *(_sheet_fault(sheet, inlays) for sheet in sheets),
        *(_style_fault(style, inlays) for style in styles),
    )
    return next(filter(None, faults), "")


def references(value: str) -> Iterator[str]:
    """Give the ids that a value names by `url(#id)`."""
    if "(" not in value:
        return
    yield from _ids(_addresses(value))


def named_ids(tokens: Iterable[Any]) -> Iterator[str]:
    """Give the ids that tokens of a value name by `url(#id)`."""
    return _ids(_of_tokens(walked(tokens)))


def parsed(style: str) -> Iterator[Any]:
    """Give the tokens of a style, at whatever depth, its escapes read; none of its comments."""
    import tinycss2

    return walked(tinycss2.parse_component_value_list(style, skip_comments=True))


def walked(tokens: Iterable[Any]) -> Iterator[Any]:
    """Give tokens and those within them; by no recursion, since strangers nest without end."""
    waiting = list(tokens)
    while waiting:
        token = waiting.pop()
        yield token
        waiting += _within(token)


def _within(token: Any) -> Sequence[Any]:
    return getattr(token, "content", None) or getattr(token, "arguments", None) or ()


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


def _may_ask(attribute: str, value: str) -> bool:
    """Tell whether an attribute is a style that may hold an address, or nests deep.

    What editors keep for themselves is none; draw.io keeps its own file in `content`.
    """
    if attribute.startswith("{") or attribute == "content":
        return False
    is_full = attribute == "style" and len(_OPENING.findall(value)) > DEEPEST_STYLE
    return is_full or _CALLS.search(value) is not None


def _sheet_fault(sheet: str, inlays: Inlays) -> str:
    import tinycss2

    tokens = tinycss2.parse_component_value_list(sheet, skip_comments=True)
    return _fault_of(_without_namespaces(tokens), sheet, inlays)


def _style_fault(style: str, inlays: Inlays) -> str:
    import tinycss2

    tokens = tinycss2.parse_component_value_list(style, skip_comments=True)
    return _fault_of(tokens, style, inlays)


def _fault_of(tokens: list[Any], style: str, inlays: Inlays) -> str:
    if len(_OPENING.findall(style)) > DEEPEST_STYLE and _is_deep(tokens):
        return f"its styles have more than {DEEPEST_STYLE} brackets within each other"
    every = list(walked(tokens))
    if any(token.type == "at-keyword" and token.lower_value == "font-face" for token in every):
        return TYPEFACE
    return next((fault for token in every if (fault := _asks(token, inlays))), "")


def _is_deep(tokens: Iterable[Any]) -> bool:
    for _ in range(DEEPEST_STYLE):
        tokens = [inner for token in tokens for inner in _within(token)]
    return any(token.type == "function" or token.type.endswith(" block") for token in tokens)


def _without_namespaces(tokens: Iterable[Any]) -> list[Any]:
    """Leave out what names a namespace: nobody reads anything there."""
    kept, is_one = [], False
    for token in tokens:
        if token.type == "at-keyword":
            is_one = token.lower_value == "namespace"
        elif token.type not in _NAMING and not _is_url(token):
            is_one = False
        if not is_one:
            kept.append(token)
    return kept


def _is_url(token: Any) -> bool:
    return bool(token.type == "function" and token.lower_name == "url")


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
    return _of_tokens(parsed(value))


def _of_tokens(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield token.value.strip()
        elif _is_url(token):
            yield from (inner.value.strip() for inner in token.arguments if inner.type == "string")


def _ids(addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        found = re.match(r"#([^\"'\s]+)", address)
        if found:
            yield found[1]


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else value[:59] + "…")
