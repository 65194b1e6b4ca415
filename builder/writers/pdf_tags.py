"""The structure tree of the PDF: what a screen reader goes by.

WeasyPrint's own tags cut an element in two at a page's end, leave running headers among the
content and know neither notes nor contents. Ours are made of the same boxes: `box.element` is the
HTML element, and the same one on every page. The hook is private to WeasyPrint 70.0, which is
pinned for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.pdf

PIXEL = 0.75
"""A CSS pixel in points."""

BLOCKS = {
    "section": "Sect",
    "figure": "Div",
    "p": "P",
    "pre": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "blockquote": "BlockQuote",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "code": "Code",
}
CLASSES = {
    "toc": "TOC",
    "run": "TOC",
    "l1": "TOCI",
    "l2": "TOCI",
    "key": "Div",
    "callout": "Div",
    "refs": "Div",
}
NUMBERING = {"decimal": "Decimal", "lower-alpha": "LowerAlpha", "upper-alpha": "UpperAlpha"}
NUMBERING |= {"lower-roman": "LowerRoman", "upper-roman": "UpperRoman", "dash": "Disc"}


@contextmanager
def own_tags() -> Iterator[None]:
    """Let WeasyPrint write our structure tree in place of its own."""
    before = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = before


def add_tags(pdf: Any, document: Any, pdf_version: object, page_streams: Sequence[Any]) -> None:
    """Add the structure tree; called by WeasyPrint when the pages have been painted."""
    tagger = Tagger(pdf)
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tagger.page(number, page, stream)
    tagger.finish()


class Tagger:
    """Builds the tree, one structure element for each HTML element that means something."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._elements: dict[tuple[int, str], Any] = {}
        self._keep: list[Any] = []  # HTML elements, held so that their ids stay theirs
        self._heads: dict[int, int] = {}  # a table's head → the page on which it stands first
        self._terms: dict[int, Any] = {}  # a definition list → its item at work
        self._annotations: list[tuple[Any, Any]] = []
        self._parents: list[Any] = []
        self._number = 0
        self._marks: dict[Any, Any] = {}
        self._nums: dict[int, Any] = {}
        self._places: dict[int, Any] = {}
        self._height = 0.0
        self._root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(self._root)
        self._document = self._new("Document", self._root)
        self._root["K"] = pydyf.Array([self._document.reference])

    def page(self, number: int, page: Any, stream: Any) -> None:
        """Take in a page: its content first, then its notes; its margins hold no content."""
        self._number, self._marks, self._nums = number, stream._tags, {}
        self._height = page.height
        self._stream = stream.stream
        self._places = {
            item["MCID"]: index
            for index, item in enumerate(self._stream)
            if isinstance(item, pydyf.Dictionary) and "MCID" in item
        }
        count = len(self._marks)
        children = page._page_box.children
        for box in sorted(children, key=lambda b: type(b).__name__ == "FootnoteAreaBox"):
            margin = type(box).__name__ == "MarginBox"
            self._visit(box, self._document, artifact=margin)
        for box in list(self._marks):
            self._artifact(box)
        refs = [self._nums.get(mcid, "null") for mcid in range(count)]
        self._parents += [number, pydyf.Array(refs)]

    def finish(self) -> None:
        """Write the way back from content to elements, and what a tagged file must say."""
        start = len(self._parents) // 2
        for index, (element, annotation) in enumerate(self._annotations, start=start):
            self._parents += [index, element.reference]
            annotation["StructParent"] = index
        tree = pydyf.Dictionary({"Nums": pydyf.Array(self._parents)})
        self._pdf.add_object(tree)
        self._root["ParentTree"] = tree.reference
        self._root["ParentTreeNextKey"] = start + len(self._annotations)
        catalog = self._pdf.catalog
        catalog["StructTreeRoot"] = self._root.reference
        catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    # ------------------------------------------------------------ boxes

    def _visit(self, box: Any, parent: Any, *, artifact: bool = False) -> None:
        box = getattr(box, "_box", box)
        if box in self._marks:
            self._content(box, parent, artifact=artifact)
            return
        artifact = artifact or self._is_repeated(box)
        inside = parent if artifact else self._element_of(box, parent)
        if not artifact:
            self._link(box, inside)
        for child in getattr(box, "children", ()):
            self._visit(child, inside, artifact=artifact)

    def _content(self, box: Any, parent: Any, *, artifact: bool) -> None:
        """Attach painted text or a drawing to its element."""
        if artifact or parent["S"] == "/TOC":  # the points between entries
            self._artifact(box)
            return
        mcid = self._marks.pop(box)["mcid"]
        if type(box).__name__ != "TextBox":
            parent = self._figure(box, parent)
            self._link(box, parent)
        self._nums[mcid] = parent.reference
        page = self._pdf.page_references[self._number]
        if parent.get("Pg") == page:
            parent["K"].append(mcid)
        else:
            parent["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": mcid}))

    def _artifact(self, box: Any) -> None:
        mcid = self._marks.pop(box)["mcid"]
        index = self._places[mcid]
        self._stream[index - 1] = "/Artifact"
        self._stream[index] = pydyf.Dictionary({"Type": "/Pagination"})

    def _is_repeated(self, box: Any) -> bool:
        """Tell whether this is the head of a table once more, on a later page."""
        if box.element_tag != "thead" or box.element is None:
            return False
        return self._heads.setdefault(id(box.element), self._number) != self._number

    # ------------------------------------------------------------ elements

    def _element_of(self, box: Any, parent: Any) -> Any:
        """Give the structure element that a box's content belongs to."""
        element, tag = box.element, box.element_tag or ""
        if element is None or tag in ("html", "body"):
            return parent
        name, _, pseudo = tag.partition("::")
        classes = (element.get("class") or "").split()
        if pseudo == "footnote-call":
            return self._call(element, parent)
        if pseudo == "footnote-marker" or "fn" in classes:
            note = self._get(element, "Note", self._document)
            return self._get(element, "Lbl", note) if pseudo else note
        if pseudo:
            marker = name == "li" and pseudo in ("marker", "before")
            return self._marker(element, parent) if marker else parent
        return self._ordinary(element, name, classes, parent)

    def _ordinary(self, element: Any, name: str, classes: list[str], parent: Any) -> Any:
        if name == "li":
            return self._get(element, "LBody", self._get(element, "LI", parent))
        if name == "dt":
            self._terms[id(parent)] = self._get(element, "LI", parent)
            return self._get(element, "Lbl", self._terms[id(parent)])
        if name == "dd":
            item = self._terms.get(id(parent)) or self._get(element, "LI", parent)
            return self._get(element, "LBody", item)
        if name == "a" and "part" in classes:
            return self._get(element, "Link", self._get(element, "TOCI", parent))
        if name == "span" and "n" in classes and parent["S"] == "/TOCI":
            return self._get(element, "Lbl", parent)
        kind = next((CLASSES[c] for c in classes if c in CLASSES), BLOCKS.get(name, ""))
        if not kind and element.get("lang"):
            kind = "Div" if name == "div" else "Span"
        return self._get(element, kind, parent) if kind else parent

    def _call(self, element: Any, parent: Any) -> Any:
        """Give the reference at a note's call; the note itself comes right behind it."""
        reference = self._get(element, "Reference", parent)
        note = self._get(element, "Note", parent)
        note["ID"] = pydyf.String(f"note-{note.number}")
        return reference

    def _marker(self, element: Any, parent: Any) -> Any:
        item = self._elements.get((id(element), "LI"), parent)
        fresh = (id(element), "Lbl") not in self._elements
        label = self._get(element, "Lbl", item)
        if fresh:
            item["K"].insert(0, item["K"].pop())
        return label

    def _get(self, element: Any, kind: str, parent: Any) -> Any:
        """Give an HTML element's structure element, made when it is first met."""
        key = id(element), kind
        if key not in self._elements:
            self._keep.append(element)
            made = self._new(kind, parent)
            self._describe(made, element, kind)
            parent["K"].append(made.reference)
            self._elements[key] = made
        return self._elements[key]

    def _new(self, kind: str, parent: Any) -> Any:
        made = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": f"/{kind}",
                "K": pydyf.Array(),
                "P": parent.reference,
            }
        )
        if kind != "Document":
            made["Pg"] = self._pdf.page_references[self._number]
        self._pdf.add_object(made)
        return made

    def _describe(self, made: Any, element: Any, kind: str) -> None:
        language = element.get("lang")
        if language and kind not in ("LI", "Lbl"):
            made["Lang"] = pydyf.String(language)
        if kind == "TH":
            made["A"] = pydyf.Dictionary({"O": "/Table", "Scope": "/Column"})
        if kind in ("TH", "TD") and int(element.get("colspan") or 1) > 1:
            made["A"] = pydyf.Dictionary({"O": "/Table", "ColSpan": int(element.get("colspan"))})
        if kind == "L":
            classes = (element.get("class") or "").split()
            numbering = next((NUMBERING[c] for c in classes if c in NUMBERING), "None")
            made["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})

    def _figure(self, box: Any, parent: Any) -> Any:
        figure = self._get(box.element, "Figure", parent)
        title = box.element.find("{http://www.w3.org/2000/svg}title")
        alt = title.text if title is not None else box.element.get("alt")
        figure["Alt"] = pydyf.String(alt or "")
        left, top = box.content_box_x() * PIXEL, box.content_box_y() * PIXEL
        right, foot = left + box.width * PIXEL, top + box.height * PIXEL
        height = self._height * PIXEL
        area = pydyf.Array([left, height - foot, right, height - top])
        figure["A"] = pydyf.Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": area})
        return figure

    def _link(self, box: Any, element: Any) -> None:
        """Tie a link's annotation to its element, and say where it leads in words."""
        annotation = getattr(box, "link_annotation", None)
        if annotation is None or element["S"] not in ("/Link", "/Figure"):
            return
        words = " ".join("".join(box.element.itertext()).split()) if box.element is not None else ""
        if words:
            annotation["Contents"] = pydyf.String(words)
        page = self._pdf.page_references[self._number]
        object_ = pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})
        self._pdf.add_object(object_)
        element["K"].append(object_.reference)
        self._annotations.append((element, annotation))
