"""The structure tree as data: elements in reading order, written into the file at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of a page's content, by its number there."""

    page: int
    number: int


@dataclass(slots=True, eq=False)
class Link:
    """A link's annotation, written when the file is, and what it says."""

    says: str = ""
    link_annotation: Any = None  # WeasyPrint's name for it, on what it takes for a box


@dataclass(frozen=True, slots=True, eq=False)
class Tie:
    """A link's annotation, which belongs to an element."""

    page: int
    link: Link


@dataclass(slots=True, eq=False)
class Element:
    """A structure element; `order` is the place of its source in the HTML."""

    kind: str
    order: int
    parent: Element | None
    kids: list[Element | Content | Tie] = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)  # Alt, Lang, ID …
    attributes: dict[str, Any] = field(default_factory=dict)  # Scope, BBox …
    written: Any = None  # the file's dictionary, once it is made

    def add(self, kind: str, order: int) -> Element:
        """Give a new last child."""
        child = Element(kind, order, self)
        self.kids.append(child)
        return child

    def within(self, kind: str) -> Element | None:
        """Give the nearest element of a kind, this one or one around it."""
        found: Element | None = self
        while found is not None and found.kind != kind:
            found = found.parent
        return found

    def walk(self) -> Iterator[Element]:
        """Give this element and all below it, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def sort(self) -> None:
        """Put children into the order of their sources, where no text stands between them.

        A box that found no room goes to the next page, and so comes behind text that follows it.
        """
        for element in self.walk():
            if all(isinstance(kid, Element) for kid in element.kids):
                element.kids.sort(key=lambda kid: kid.order if isinstance(kid, Element) else 0)


OWNERS = {"TH": "Table", "TD": "Table", "L": "List", "Figure": "Layout"}
"""Whose attributes an element has."""


def write_tree(document: Element, pages: int, pdf: Any) -> None:
    """Write the tree into a file, with the ways back from content and annotations to elements."""
    places = pdf.page_references  # made anew each time that it is asked for
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    for element in document.walk():
        element.written = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{element.kind}"})
        pdf.add_object(element.written)
    owners: list[dict[int, Element]] = [{} for _ in range(pages)]
    ties: list[Tie] = []
    tied: list[Element] = []
    for element in document.walk():
        parent = element.parent.written if element.parent else root
        element.written["P"] = parent.reference
        _fill(element, places)
        for kid in element.kids:
            if isinstance(kid, Content):
                owners[kid.page][kid.number] = element
            elif isinstance(kid, Tie):
                ties.append(kid)
                tied.append(element)
    numbers: list[Any] = []
    for page, found in enumerate(owners):
        last = max(found, default=-1)
        refs = [found[n].written.reference if n in found else "null" for n in range(last + 1)]
        numbers += [page, pydyf.Array(refs)]
    for index, (tie, element) in enumerate(zip(ties, tied, strict=True), start=pages):
        tie.link.link_annotation["StructParent"] = index
        numbers += [index, element.written.reference]
    root["K"] = pydyf.Array([document.written.reference])
    root["ParentTree"] = _object(pydyf.Dictionary({"Nums": pydyf.Array(numbers)}), pdf)
    root["ParentTreeNextKey"] = pages + len(ties)
    named = {e.entries["ID"]: e for e in document.walk() if "ID" in e.entries}
    if named:
        names = pydyf.Array()
        for name in sorted(named):
            names += [pydyf.String(name), named[name].written.reference]
        root["IDTree"] = _object(pydyf.Dictionary({"Names": names}), pdf)
    pdf.catalog["StructTreeRoot"] = root.reference


def _fill(element: Element, places: Sequence[bytes]) -> None:
    """Write what an element says of itself, and its children."""
    written = element.written
    for name, value in element.entries.items():
        written[name] = pydyf.String(value)
    if element.attributes:
        owner = {"O": f"/{OWNERS[element.kind]}"}
        written["A"] = pydyf.Dictionary({**owner, **element.attributes})
    home = next((kid.page for kid in element.kids if isinstance(kid, Content)), None)
    if home is not None:
        written["Pg"] = places[home]
    kids: list[Any] = []
    for kid in element.kids:
        match kid:
            case Element():
                kids.append(kid.written.reference)
            case Content(page=page, number=number) if page == home:
                kids.append(number)
            case Content(page=page, number=number):
                reference = places[page]
                kids.append(pydyf.Dictionary({"Type": "/MCR", "Pg": reference, "MCID": number}))
            case Tie(page=page, link=link):
                tie = {"Type": "/OBJR", "Obj": link.link_annotation.reference}
                kids.append(pydyf.Dictionary({**tie, "Pg": places[page]}))
    written["K"] = pydyf.Array(kids)


def _object(value: Any, pdf: Any) -> Any:
    pdf.add_object(value)
    return value.reference
