"""Where Word's sections are parted within one of ours: for pages in landscape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from builder.writers.word.xml import Element, qualified, w

_LANDSCAPE = "landscape"
LANDSCAPE = qualified(f"w:{_LANDSCAPE}")


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
    """Part a section's elements: what is turned stands in a Word section of its own."""
    parts = [Part()]
    for element in elements:
        if is_turned(element):
            parts += [Part(list(element), turned=True), Part()]
        else:
            parts[-1].elements.append(element)
    return [part for part in parts if part.elements] or [Part()]
