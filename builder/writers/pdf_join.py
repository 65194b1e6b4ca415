"""Pages of a report that were laid out apart, put together.

A part is laid out with the numbers that its pages and notes have in the whole, so that its pages
may take the places of those that they are better than.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any


def replaced(pages: Sequence[Any], parts: Sequence[tuple[int, Sequence[Any]]]) -> list[Any]:
    """Give the pages with those of each part, which begins on the page named, in their places."""
    result = list(pages)
    for first, others in parts:
        result[first : first + len(others)] = others
    return result


def merged(root: Any, others: Sequence[Any]) -> Any:
    """Give the whole's HTML with the sections that the parts' HTML has, too, as the parts have it.

    The elements stay the ones that the pages' boxes were made of.
    """
    body, newer = root.find("body"), copy(root.find("body"))
    sections = {
        (section.get("class", "").split(" ")[0], section.get("id")): section
        for other in others
        for section in other.find("body").findall("section")
    }
    for place, section in enumerate(body):
        key = section.get("class", "").split(" ")[0], section.get("id")
        newer[place] = sections.get(key, section)
    result = copy(root)
    result[list(root).index(body)] = newer
    return result


def pages_of(pages: Sequence[Any]) -> dict[str, int]:
    """Give the number of the page that each id is on."""
    return {
        name: number
        for number, page in reversed(list(enumerate(pages, start=1)))
        for name in page.anchors
    }
