"""The structure of the PDF: what a screen reader goes by.

WeasyPrint's own tags cut an element in two at a page's end, leave running headers among the
content and know neither notes nor contents. Ours are made of the same boxes: `box.element` is the
HTML element, and the same one on every page. A page is tagged as soon as it is painted; the parts
of a report may be tagged in different processes, so what is kept here is data.
"""

from __future__ import annotations

from typing import Any

import pydyf

from builder.writers.pdf_recalls import AGAIN, notes_before
from builder.writers.pdf_roles import alt_of, attributes_of, is_from_right, role_of, words_in
from builder.writers.pdf_tree import Content, Element, Link, Tie

PIXEL = 0.75
"""A CSS pixel in points."""

LARGEST_PART = 10_000_000
"""Elements in a part of a report's HTML; more than memory holds."""


class Tagger:
    """Builds the tree, one structure element for each HTML element that means something."""

    def __init__(self, root: Any, before: int = 0, part: int = 0) -> None:
        """Take the HTML of a part of the report, with so many parts and pages in front of it."""
        self._root = root  # held, so that its elements' ids stay theirs
        self._order = {id(e): index for index, e in enumerate(root.iter(), part * LARGEST_PART)}
        self._tables = {
            id(head): table
            for figure in root.iter("figure")
            for head in figure.findall("div[@class='fighead']")
            for table in figure.findall("table")
        }
        self._bare = {  # links of which only the page number is seen → their line
            id(link): line
            for line in root.iter("div")
            for link in line.findall("a")
            if not words_in(link)
        }
        self.document = Element("Document", 0, None)
        self.untied: list[Link] = []  # links that lead nowhere new
        self._elements: dict[tuple[int, str], Element] = {}
        self._heads: dict[int, int] = {}  # a table's head → the page on which it stands first
        self._lists: dict[int, Element] = {}  # a box → the list that is set in it
        self._terms: dict[int, Element] = {}  # a definition list → its item at work
        self._links = {id(image): link for link in root.iter("a") for image in link.findall("img")}
        self._words: dict[Element, str] = {}  # a link → what it says
        self._notes = notes_before(root)
        self._pages = before
        self._number = -1
        self._page: Any = None
        self._marks: dict[Any, Any] = {}
        self._stream: list[Any] = []
        self._places: dict[int, int] = {}

    def page(self, page: Any, stream: Any) -> None:
        """Take in the next page: its content, then its notes; its margins hold no content."""
        self._number, self._pages, self._page = self._pages, self._pages + 1, page
        self._marks = stream._tags
        self._stream = stream.stream
        self._places = {
            item["MCID"]: index
            for index, item in enumerate(self._stream)
            if isinstance(item, pydyf.Dictionary) and "MCID" in item
        }
        children = page._page_box.children
        for box in sorted(children, key=lambda b: type(b).__name__ == "FootnoteAreaBox"):
            margin = type(box).__name__ == "MarginBox"
            self._visit(box, self.document, artifact=_furniture(box) if margin else None)
        if self._marks:
            raise AssertionError(f"page {self._pages} has content of {next(iter(self._marks))!r}")

    # ------------------------------------------------------------ boxes

    def _visit(self, box: Any, parent: Element, *, artifact: str | None) -> None:
        box = getattr(box, "_box", box)
        if artifact is None and (self._is_repeated(box) or _is_hidden(box)):
            artifact = "Pagination"
        if box in self._marks:
            self._content(box, parent, artifact)
            return
        inside = parent if artifact else self._element_of(box, parent)
        self._link(box, inside, artifact)
        for child in getattr(box, "children", ()):
            self._visit(child, inside, artifact=artifact)

    def _content(self, box: Any, parent: Element, artifact: str | None) -> None:
        """Attach painted text or a drawing to its element."""
        if type(box).__name__ != "TextBox" and not artifact:
            alt = alt_of(box.element)
            parent = self._figure(box, parent, alt)
            artifact = None if alt else "Layout"  # pictures that only adorn
        elif parent.kind == "TOC":  # the points between entries
            artifact = "Layout"
        self._link(box, parent, artifact)
        mcid = self._marks.pop(box)["mcid"]
        index = self._places[mcid]
        if artifact:
            kind, _, place = artifact.partition(" ")
            entries = {"Type": f"/{kind}"} | ({"Subtype": f"/{place}"} if place else {})
            self._stream[index - 1] = "/Artifact"
            self._stream[index] = pydyf.Dictionary(entries)
            return
        if type(box).__name__ == "TextBox" and is_from_right(box.text):
            # Glyphs stand from left to right in the file: the letters' own order goes with them.
            self._stream[index]["ActualText"] = pydyf.String(box.text)
        parent.kids.append(Content(self._number, mcid))

    def _is_repeated(self, box: Any) -> bool:
        """Tell whether this is the head of a table once more, on a later page."""
        if box.element_tag != "thead" or box.element is None:
            return False
        return self._heads.setdefault(id(box.element), self._number) != self._number

    # ------------------------------------------------------------ elements

    def _element_of(self, box: Any, parent: Element) -> Element:
        """Give the structure element that a box's content belongs to."""
        source, tag = box.element, box.element_tag or ""
        if source is None or tag in ("html", "body"):
            return parent
        name, _, pseudo = tag.partition("::")
        classes = (source.get("class") or "").split()
        if pseudo == "footnote-call":
            return self._call(source, parent)
        if pseudo == "footnote-marker" or "fn" in classes:
            note = self._note(source, self.document)
            return self._get(source, "Lbl", note) if pseudo else note
        if pseudo:
            marker = name == "li" and pseudo in ("marker", "before")
            return self._marker(source, parent) if marker else parent
        return self._ordinary(source, name, classes, parent)

    def _ordinary(self, source: Any, name: str, classes: list[str], parent: Element) -> Element:
        if name == "li":
            return self._get(source, "LBody", self._get(source, "LI", parent))
        if "item" in classes:  # a list set as ruled paragraphs
            if id(parent) not in self._lists:
                self._lists[id(parent)] = parent.add("L", self._order[id(source)])
                self._lists[id(parent)].attributes["ListNumbering"] = "/None"
            return self._get(source, "LBody", self._get(source, "LI", self._lists[id(parent)]))
        if name == "dt":
            self._terms[id(parent)] = self._get(source, "LI", parent)
            return self._get(source, "Lbl", self._terms[id(parent)])
        if name == "dd":
            item = self._terms.get(id(parent)) or self._get(source, "LI", parent)
            return self._get(source, "LBody", item)
        if name == "a" and AGAIN in classes:
            return self._get(source, "Link", self._get(source, "Reference", parent))
        if name == "a" and "part" in classes:
            return self._get(source, "Link", self._get(source, "TOCI", parent))
        if name == "span" and "n" in classes and parent.kind == "TOCI":
            return self._get(source, "Lbl", parent)
        if id(source) in self._tables:
            table = self._get(self._tables[id(source)], "Table", parent)
            return self._get(source, "Caption", table)
        kind = role_of(source, name, classes)
        return self._get(source, kind, parent) if kind else parent

    def _call(self, source: Any, parent: Element) -> Element:
        """Give the reference at a note's call; the note itself comes right behind it."""
        reference = self._get(source, "Reference", parent)
        self._note(source, parent)
        return reference

    def _note(self, source: Any, parent: Element) -> Element:
        note = self._get(source, "Note", parent)
        if "ID" not in note.entries:
            self._notes += 1
            note.entries["ID"] = f"note-{self._notes:05}"
        return note

    def _marker(self, source: Any, parent: Element) -> Element:
        item = self._elements.get((id(source), "LI"), parent)
        fresh = (id(source), "Lbl") not in self._elements
        label = self._get(source, "Lbl", item)
        if fresh:
            item.kids.insert(0, item.kids.pop())
        return label

    def _get(self, source: Any, kind: str, parent: Element) -> Element:
        """Give an HTML element's structure element, made when it is first met."""
        key = id(source), kind
        if key not in self._elements:
            made = self._elements[key] = parent.add(kind, self._order[id(source)])
            language = source.get("lang")
            if language and kind not in ("LI", "Lbl"):
                made.entries["Lang"] = language
            made.attributes.update(attributes_of(source, kind))
            if kind == "Span" and len(source) == 0 and is_from_right(source.text or ""):
                made.entries["ActualText"] = " ".join(source.text.split())
            if kind == "Link":
                words = words_in(source) or words_in(self._bare.get(id(source), source))
                # A link of nothing but a note's call has no words; PDF/UA-1 wants some, 7.18.5.
                self._words[made] = words or source.get("href", "").removeprefix("#")
        return self._elements[key]

    def _figure(self, box: Any, parent: Element, alt: str) -> Element:
        if not alt:
            return parent
        if id(box.element) in self._links:  # the box stands beside the link's, not in it
            parent = self._get(self._links[id(box.element)], "Link", parent)
        figure = self._get(box.element, "Figure", parent)
        figure.entries["Alt"] = alt
        left, top = box.content_box_x() * PIXEL, box.content_box_y() * PIXEL
        right, foot = left + box.width * PIXEL, top + box.height * PIXEL
        height = self._page.height * PIXEL
        area = [round(n, 2) for n in (left, height - foot, right, height - top)]
        inline = "inline" in (box.element.get("class") or "").split()
        figure.attributes["Placement"] = "/Inline" if inline else "/Block"
        figure.attributes["BBox"] = pydyf.Array(area)
        return figure

    def _link(self, box: Any, element: Element, artifact: str | None) -> None:
        """Tie a link's annotation to its element, and say where it leads in words."""
        tied = getattr(box, "link_annotation", None)
        if tied is None:
            return
        link = element.within("Link")
        if artifact or link is None:  # the same link once more, in a table's repeated head
            self.untied.append(tied)
            return
        tied.says = self._words[link]
        link.kids.append(Tie(self._number, tied))


def _furniture(box: Any) -> str:
    """Say what a margin box is: a header or a footer."""
    return f"Pagination {'Header' if box.at_keyword.startswith('@top') else 'Footer'}"


def _is_hidden(box: Any) -> bool:
    """Tell whether this is said to be nothing to hear, such as a slide's footer and number."""
    return box.element is not None and box.element.get("aria-hidden") == "true"
