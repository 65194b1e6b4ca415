"""What is unsound in a built web page: browsers show it, but not as it was meant, or not alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from builder.outputs_lint.web import WebPage, words
from builder.outputs_lint.web_style import style_faults

Check = Callable[[WebPage], Iterator[str]]
LISTS = {"li": ("ul", "ol", "menu"), "dt": ("dl", "div"), "dd": ("dl", "div")}
CELLS = {
    "tr": ("table", "thead", "tbody", "tfoot"),
    "td": ("tr",),
    "th": ("tr",),
    "tbody": ("table",),
    "thead": ("table",),
    "caption": ("table",),
    "figcaption": ("figure",),
    "summary": ("details",),
}
HOLDS_ONLY = {"ul": ("li",), "ol": ("li",), "tr": ("td", "th"), "dl": ("dt", "dd", "div")}
ACTIVE = frozenset({"a", "button", "summary", "input", "select", "textarea"})
NAMING = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers")
FETCHED = {"img": "src", "script": "src", "source": "src", "iframe": "src", "video": "src"}
FETCHED |= {"audio": "src", "embed": "src", "object": "data", "image": "href", "use": "href"}
FOR_MACHINES = frozenset({"canonical", "author", "license", "alternate"})
"""Relations of links that no browser follows by itself."""

INSIDE = ("data:", "#")
FOREIGN = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(?!data:|#)([^"')\s]{1,80})""", re.I)
POINTS = re.compile(r"""url\(["']?#([^"')]+)""")


def written(page: WebPage) -> Iterator[str]:
    """Give what browsers would have to mend."""
    yield from page.unsound


def head(page: WebPage) -> Iterator[str]:
    """Find what every page must say of itself."""
    title = page.root.find("head/title")
    if title is None or not words(title):
        yield "line 1: the page has no title"
    if page.root.tag != "html" or page.root.find("body") is None:
        yield "line 1: the page has no body"
    charset = page.text[:1024].lower().partition("charset=")[2].lstrip("\"'")
    if not charset.startswith("utf-8"):
        yield "line 1: the first kilobyte does not say that the page is UTF-8"


def ids(page: WebPage) -> Iterator[str]:
    """Find ids that are there twice, and references to ids that are not."""
    count = Counter(name for e in page.root.iter() if (name := e.get("id")) is not None)
    for name, times in count.items():
        if times > 1:
            yield f"{page.at(page.ids[name])}: the id {name!r} is there {times} times"
        if not name or re.search(r"\s", name):
            yield f"{page.at(page.ids.get(name, page.root))}: {name!r} can be no id"
    for element in page.root.iter():
        for attribute, name in _named(element):
            if name not in count:
                yield f"{page.at(element)}: {attribute} names {name!r}, which is not there"


def _named(element: Element) -> Iterator[tuple[str, str]]:
    """Give the ids that an element refers to."""
    for attribute in NAMING:
        if attribute != "for" or element.tag in ("label", "output"):
            yield from ((attribute, name) for name in element.get(attribute, "").split())
    for attribute, value in element.items():
        if attribute in ("href", "xlink:href") and len(value) > 1 and value.startswith("#"):
            yield attribute, value[1:]
        yield from ((attribute, name) for name in POINTS.findall(value))


def alone(page: WebPage) -> Iterator[str]:
    """Find what the page would have to fetch: it is to need nothing else."""
    for element in page.root.iter():
        address = element.get(FETCHED.get(str(element.tag), ""), "")
        if element.tag == "link" and element.get("rel", "") not in FOR_MACHINES:
            address = element.get("href", "")
        if address and not address.lower().startswith(INSIDE):
            yield f"{page.at(element)}: <{element.tag}> fetches {address[:80]!r}"
        if element.get("srcset"):
            yield f"{page.at(element)}: <{element.tag}> fetches what its srcset names"
        for foreign in FOREIGN.findall(element.get("style", "")):
            yield f"{page.at(element)}: a style fetches {foreign!r}"
    for foreign in FOREIGN.findall(page.styles()):
        yield f"line 1: the style sheet fetches {foreign!r}"


def nesting(page: WebPage) -> Iterator[str]:
    """Find elements in places where HTML has none of them."""
    for element in page.root.iter():
        tag = str(element.tag)
        parent = page.parents.get(element)
        allowed = LISTS.get(tag) or CELLS.get(tag)
        if allowed and (parent is None or parent.tag not in allowed):
            yield f"{page.at(element)}: <{tag}> stands in no {' or '.join(allowed)}"
        held = HOLDS_ONLY.get(tag)
        if held and (wrong := [c for c in element if c.tag not in (*held, "script", "template")]):
            yield f"{page.at(wrong[0])}: <{wrong[0].tag}> stands directly in <{tag}>"
        if tag in ACTIVE:
            outer = next((e.tag for e in page.above(element) if e.tag in ACTIVE), None)
            if outer:
                yield f"{page.at(element)}: <{tag}> stands in <{outer}>, and only one can be used"


def grids(page: WebPage) -> Iterator[str]:
    """Find tables whose rows have different numbers of cells."""
    for table in page.root.iter("table"):
        widths: Counter[int] = Counter()
        hanging: list[int] = []  # rows that a cell still reaches into, by column
        for row in (e for e in table.iter("tr") if _table_of(e, page) is table):
            hanging = [n - 1 for n in hanging if n > 1]
            width = len(hanging)
            for cell in row:
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                width += across
                hanging += [down] * across if down > 1 else []
            widths[width] += 1
        if len(widths) > 1:
            found = ", ".join(str(width) for width in sorted(widths))
            yield f"{page.at(table)}: the table's rows have {found} cells"


def _table_of(row: Element, page: WebPage) -> Element | None:
    return next((e for e in page.above(row) if e.tag == "table"), None)


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1")
    return int(value) if value.isascii() and value.isdigit() else 1


def style(page: WebPage) -> Iterator[str]:
    """Find what browsers skip in the style sheet."""
    yield from (f"line 1: the style sheet cannot be read: {why}" for why in style_faults(page))


CHECKS: tuple[Check, ...] = (written, style, head, ids, alone, nesting, grids)
