"""Where the elements of the HTML stand on the pages, and what an editor would not let pass there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

BOXES = frozenset({"key", "callout", "compare", "diagram", "pull"})
"""Classes of what stands in a box of its own."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
STUB = 2
"""Lines."""

REACH = 1
"""Pages between a figure and the words that first name it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What of an element stands on one page: from where to where, as parts of the text's height."""

    page: int
    top: float
    bottom: float


@dataclass(slots=True)
class Places:
    """The pieces of every element, and the lines and drawings of every page, notes apart."""

    root: Element
    pieces: dict[int, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[int, int] = field(default_factory=dict)  # a note → the page that it is printed on
    calls: dict[int, int] = field(default_factory=dict)  # a note → the page that it is called on
    lines: dict[int, set[float]] = field(default_factory=lambda: defaultdict(set))
    drawn: set[int] = field(default_factory=set)  # pages with a figure, table or picture

    @classmethod
    def of(cls, root: Element, pages: Sequence[Any]) -> Places:
        """Look through WeasyPrint's page boxes, made of the HTML below `root`."""
        found = cls(root)
        for number, box in enumerate(pages):
            top, height = box.content_box_y(), box.height
            for child in box.children:
                if type(child).__name__ == "FootnoteAreaBox":
                    for note in child.children:
                        found.notes.setdefault(id(note.element), number)
                elif type(child).__name__ != "MarginBox":
                    for part in _boxes(child):
                        found._take(part, number, top, height)
        return found

    def _take(self, box: Any, page: int, top: float, height: float) -> None:
        if type(box).__name__ == "LineBox":
            self.lines[page].add(round(box.position_y, 1))
            return
        if box.element is None:
            return
        if box.element_tag in ("figure", "table", "img", "svg"):
            self.drawn.add(page)
        if box.element_tag.endswith("::footnote-call"):
            self.calls.setdefault(id(box.element), page)
        elif "::" not in box.element_tag and hasattr(box, "margin_height"):
            low, high = box.position_y, box.position_y + box.margin_height()
            self.pieces[id(box.element)].append(
                Piece(page, (low - top) / height, (high - top) / height)
            )

    def pages(self, element: Element) -> list[int]:
        """Name the pages that an element stands on."""
        return sorted({piece.page for piece in self.pieces[id(element)]})

    # ------------------------------------------------------------ what is wrong

    def far_figures(self) -> tuple[list[str], int]:
        """Name figures and tables too far from the words that first name them; count all named.

        Only words of their own section count: a summary is far from everything.
        """
        reached: dict[str, int] = {}
        places: dict[str, list[int]] = {}
        for section in self.root.iter("section"):
            named: dict[str, int] = {}
            for link in section.iter("a"):
                if "xref" in link.get("class", "") and self.pages(link):
                    named.setdefault(link.get("href", "")[1:], self.pages(link)[0])
            here = {e.get("id", ""): self.pages(e) for e in section.iter("figure")}
            reached |= {label: page for label, page in named.items() if here.get(label)}
            places |= here
        far = [
            f"{label} is named on page {page + 1} and stands on {places[label][0] + 1}"
            for label, page in reached.items()
            if not places[label][0] - REACH <= page <= places[label][-1] + REACH
        ]
        return far, len(reached)

    def low_headings(self) -> tuple[list[str], int]:
        """Name headings behind which nothing comes on their page; count all."""
        found, count = [], 0
        order = [e for e in self.root.iter() if self.pieces[id(e)]]
        for index, heading in enumerate(order):
            if heading.tag not in HEADINGS:
                continue
            count += 1
            inner = {id(e) for e in heading.iter()}
            page = self.pages(heading)[-1]
            foot = max(p.bottom for p in self.pieces[id(heading)] if p.page == page)
            behind = (e for e in order[index:] if id(e) not in inner and e.tag != "section")
            if not any(
                piece.page == page and piece.top >= foot - 0.01
                for element in behind
                for piece in self.pieces[id(element)]
            ):
                found.append(f"{''.join(heading.itertext())!r} at the foot of page {page + 1}")
        return found, count

    def stubs(self, first: int, last: int) -> tuple[list[str], int]:
        """Name pages with a line or two and no drawing; count all pages from `first` to `last`."""
        inner = range(first, last)
        return [
            f"page {page + 1} has {len(self.lines[page])} lines"
            for page in inner
            if len(self.lines[page]) <= STUB and page not in self.drawn
        ], len(inner)

    def split_boxes(self) -> tuple[list[str], int]:
        """Name boxes cut by a page's end that would have had room on one page; count all."""
        found, count = [], 0
        for box in self.root.iter("div"):
            if not BOXES & set((box.get("class") or "").split()) or not self.pages(box):
                continue
            count += 1
            tall = sum(piece.bottom - piece.top for piece in self.pieces[id(box)])
            if len(self.pages(box)) > 1 and tall < 1:
                words = " ".join("".join(box.itertext()).split())[:40]
                found.append(f"{words!r} on pages {[page + 1 for page in self.pages(box)]}")
        return found, count

    def parted_notes(self) -> tuple[list[str], int]:
        """Name notes that are not on the page of their call; count all."""
        elsewhere = [key for key, page in self.calls.items() if self.notes.get(key) != page]
        texts = {id(e): "".join(e.itertext()) for e in self.root.iter("span")}
        return [texts[key][:60] for key in elsewhere], len(self.calls)


def _boxes(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)
