"""Making elements of the Office formats: short names in, lxml elements out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "cp": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_OWN, _INSIDE = {"w": W}, f"{{{W}}}"
Value = str | int | None
Child = Element | None


def w(tag: str, /, *children: Child, text: str | None = None, **attributes: Value) -> Element:
    """Make a WordprocessingML element, whose attributes are WordprocessingML's as well.

    Attributes that are None and children that are None are left out.
    """
    element = etree.Element(_INSIDE + tag, nsmap=_OWN)
    for name, value in attributes.items():
        if value is not None:
            element.set(_INSIDE + name, str(value))
    return _filled(element, children, text)


def x(name: str, /, *children: Child, text: str | None = None, **attributes: Value) -> Element:
    """Make an element of any namespace ("a:off"); attributes have none, or "r__id" for r:id."""
    prefix = name.partition(":")[0]
    element = etree.Element(qualified(name), nsmap={prefix: NAMESPACES[prefix]})
    for key, value in attributes.items():
        if value is not None:
            element.set(qualified(key.replace("__", ":")), str(value))
    return _filled(element, children, text)


def _filled(element: Element, children: Iterable[Child], text: str | None) -> Element:
    for child in children:
        if child is not None:
            element.append(child)
    if text is not None:
        element.text = text
        if text != text.strip():
            element.set(qualified("xml:space"), "preserve")
    return element


@cache
def qualified(name: str) -> str:
    """Give "w:p" in lxml's form; a name without a prefix stays as it is."""
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def root(name: str, *children: Child, ignorable: str = "") -> Element:
    """Make the root of a part, which declares every namespace that stands below it."""
    element = etree.Element(
        qualified(name),
        nsmap={p: NAMESPACES[p] for p in NAMESPACES if p not in ("xml", "adec", "asvg")},
    )
    if ignorable:
        element.set(qualified("mc:Ignorable"), ignorable)
    return _filled(element, children, None)


def serialize(element: Element) -> bytes:
    """Write a part's bytes."""
    etree.cleanup_namespaces(element, keep_ns_prefixes=_named(element))
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def _named(element: Element) -> list[str]:
    """Give the prefixes that mc:Ignorable names: they must be declared even where unused."""
    names = element.get(qualified("mc:Ignorable"), "").split()
    used = [value.get("Requires", "") for value in element.iter(qualified("mc:Choice"))]
    return sorted({*names, *used} - {""})


def parse(data: bytes) -> Element:
    """Read a part's XML without the white space between its elements."""
    return etree.fromstring(data, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
