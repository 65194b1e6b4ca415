"""Where Word's sections are parted within one of ours: for pages in landscape, and for side boxes.

LibreOffice 7.4 leaves a floating table in the text, with a hole beside it, if there was a footnote
between it and the table, or the beginning of the Word section, before it (DomainMapperTableHandler:
"Unless the table had a foot or endnote"). A continuous section break sets that right. In Word it
changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from builder.writers.word.xml import Element, qualified, w

NOTE = qualified("w:footnoteReference")
_LANDSCAPE = "landscape"
LANDSCAPE = qualified(f"w:{_LANDSCAPE}")
TABLE = qualified("w:tbl")
FLOAT = f"{qualified('w:tblPr')}/{qualified('w:tblpPr')}"


def floats(element: Element) -> bool:
    """Tell whether an element is a table that text flows around."""
    return element.tag == TABLE and element.find(FLOAT) is not None


@dataclass(slots=True)
class Part:
    """Elements that stand in one Word section; turned ones stand on pages in landscape."""

    elements: list[Element] = field(default_factory=list)
    turned: bool = False


def turned(elements: Sequence[Element]) -> Element:
    """Wrap elements that are to stand on pages in landscape; the wrapper is not written."""
    return w(_LANDSCAPE, *elements)


def is_turned(element: Element) -> bool:
    """Tell whether an element wraps what stands in landscape."""
    return element.tag == LANDSCAPE


def parted(elements: Sequence[Element]) -> list[Part]:
    """Part a section's elements: what is turned, and floating tables that footnotes come before."""
    parts = [Part()]
    noted = False
    for element in elements:
        if is_turned(element):
            parts += [Part(list(element), turned=True), Part()]
            noted = False
            continue
        if floats(element) and noted:
            parts.append(Part())
        parts[-1].elements.append(element)
        noted = element.tag != TABLE and (noted or next(element.iter(NOTE), None) is not None)
    return [part for part in parts if part.elements] or [Part()]
