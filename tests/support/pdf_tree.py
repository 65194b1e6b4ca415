"""A PDF's structure tree as a screen reader takes it, and what no validator looks for in it.

Read by pikepdf and pdfium, which know nothing of how we write.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf
import pypdfium2

PAINTING = frozenset("f F f* B B* b b* S s sh Do Tj TJ ' \"".split())


@dataclass(slots=True)
class Node:
    """A structure element."""

    kind: str
    raw: Any
    kids: list[Any] = field(default_factory=list)  # Nodes, (page, content) and annotations

    def walk(self) -> Iterator[Node]:
        """Give this element and all below it, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def entry(self, name: str) -> str:
        """Give a text such as /Alt or /Lang; "" where there is none."""
        return str(self.raw.get(name, ""))

    def attribute(self, name: str) -> Any:
        """Give an attribute such as /Scope or /BBox, or None."""
        owned = self.raw.get("/A", {})
        return owned.get(name) if isinstance(owned, pikepdf.Dictionary) else None


class TaggedPdf:
    """A PDF with its tree and the text of each piece of content."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.pages: dict[Any, int] = {
            page.objgen: number for number, page in enumerate(self.pdf.pages)
        }
        self.stray = 0  # paintings that are neither content nor artifact
        self.texts: dict[tuple[int, int], str] = {}
        self._read_texts(data)
        self.actual: dict[tuple[int, int], str] = {}
        self.marks: list[tuple[int, int]] = []
        for number, page in enumerate(self.pdf.pages):
            self._read_marks(number, page)
        root = self.pdf.Root.StructTreeRoot
        self.parents = dict(_numbers(root.ParentTree))
        self.root = self._node(root.K[0] if isinstance(root.K, pikepdf.Array) else root.K, None)

    def _node(self, raw: Any, page: int | None) -> Node:
        node = Node(str(raw.S)[1:], raw)
        page = self.pages[raw.Pg.objgen] if "/Pg" in raw else page
        kids = raw.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                assert page is not None, f"{node.kind} has content of no page"
                node.kids.append((page, int(kid)))
            elif kid.get("/Type") == "/MCR":
                node.kids.append((self.pages[kid.Pg.objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                node.kids.append(kid.Obj)
            else:
                node.kids.append(self._node(kid, page))
        return node

    def _read_texts(self, data: bytes) -> None:
        raw = pypdfium2.raw
        document = pypdfium2.PdfDocument(data)
        for number, page in enumerate(document):
            texts = page.get_textpage()
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=5):
                mark = raw.FPDFPageObj_GetMarkedContentID(item.raw)
                size = raw.FPDFTextObj_GetText(item.raw, texts.raw, None, 0)
                buffer = ctypes.create_string_buffer(size)
                units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
                raw.FPDFTextObj_GetText(item.raw, texts.raw, units, size)
                text = buffer.raw.decode("utf-16-le").rstrip("\0").replace("\x02", "-")
                self.texts[number, mark] = self.texts.get((number, mark), "") + text
            texts.close()
            page.close()
        document.close()

    def _read_marks(self, number: int, page: Any) -> None:
        open_marks: list[str] = []
        for instruction in pikepdf.parse_content_stream(page):
            operands: Any = instruction.operands
            name = str(instruction.operator)
            if name in ("BDC", "BMC"):
                open_marks.append(str(operands[0]))
                entries = operands[1] if len(operands) > 1 else {}
                if "/MCID" in entries:
                    mark = number, int(entries["/MCID"])
                    self.marks.append(mark)
                    if "/ActualText" in entries:
                        self.actual[mark] = str(entries["/ActualText"])
            elif name == "EMC":
                open_marks.pop()
            elif name in PAINTING and not open_marks:
                self.stray += 1

    # ------------------------------------------------------------ what is read out

    def spoken(self, node: Node | None = None) -> str:
        """Give what is read out, without white space: alternatives stand for what they replace."""
        return re.sub(r"\s", "", "".join(self._pieces(node or self.root)))

    def _pieces(self, node: Node) -> Iterator[str]:
        for name in ("/Alt", "/ActualText"):
            if name in node.raw:
                yield node.entry(name)
                return
        for kid in node.kids:
            if isinstance(kid, Node):
                yield from self._pieces(kid)
            elif isinstance(kid, tuple):
                yield self.actual.get(kid, self.texts.get(kid, ""))

    def links(self) -> Iterator[tuple[int, Any]]:
        """Give every link's annotation with its page."""
        for number, page in enumerate(self.pdf.pages):
            for annotation in page.get("/Annots", []):
                if annotation.Subtype == "/Link":
                    yield number, annotation

    def places(self) -> dict[str, int]:
        """Give the page, counted from 0, of every named destination."""
        names = list(self.pdf.Root.Names.Dests.Names)
        return {
            str(name): self.pages[place[0].objgen]
            for name, place in zip(names[::2], names[1::2], strict=True)
        }

    # ------------------------------------------------------------ faults

    def faults(self) -> list[str]:
        """Give what is wrong with the tree; nothing of it is of a validator's business."""
        return [*self._content_faults(), *self._element_faults(), *self._link_faults()]

    def _content_faults(self) -> Iterator[str]:
        if self.stray:
            yield f"{self.stray} paintings are neither content nor artifact"
        owned = Counter(kid for node in self.root.walk() for kid in node.kids if _is_mark(kid))
        for mark in sorted(set(self.marks) - set(owned)):
            yield f"page {mark[0] + 1}: content {mark[1]} belongs to no element"
        for mark, count in sorted(owned.items()):
            if mark not in self.marks:
                yield f"page {mark[0] + 1}: content {mark[1]} is not there"
            if count > 1:
                yield f"page {mark[0] + 1}: content {mark[1]} belongs to {count} elements"
        for node in self.root.walk():
            for kid in node.kids:
                if _is_mark(kid) and not self._leads_back(kid, node):
                    yield f"page {kid[0] + 1}: content {kid[1]} does not lead back to its {node.kind}"

    def _leads_back(self, mark: tuple[int, int], node: Node) -> bool:
        owners = self.parents.get(int(self.pdf.pages[mark[0]].StructParents), [])
        return len(owners) > mark[1] and owners[mark[1]].objgen == node.raw.objgen

    def _element_faults(self) -> Iterator[str]:
        names = Counter(n.entry("/ID") for n in self.root.walk() if "/ID" in n.raw)
        for node in self.root.walk():
            for kid in node.kids:
                if isinstance(kid, Node) and kid.raw.P.objgen != node.raw.objgen:
                    yield f"{kid.kind} does not lead back to its {node.kind}"
            match node.kind:
                case "Figure" if not node.entry("/Alt") or node.attribute("/BBox") is None:
                    yield "Figure without Alt or BBox"
                case "TH" if node.attribute("/Scope") is None:
                    yield "TH without Scope"
                case "Note" if names[node.entry("/ID")] != 1:
                    yield f"Note with the ID {node.entry('/ID')!r}"
                case "Span" if "/Lang" not in node.raw:
                    yield "Span without Lang"
                case "P" | "H1" | "H2" | "H3" | "H4" | "Caption" | "Link" if not self.spoken(node):
                    yield f"{node.kind} without words"
                case "LI" if [k.kind for k in node.kids][-1:] != ["LBody"]:
                    yield "LI without LBody"

    def _link_faults(self) -> Iterator[str]:
        tied = [
            kid.objgen
            for node in self.root.walk()
            if node.kind == "Link"
            for kid in node.kids
            if not isinstance(kid, Node | tuple)
        ]
        for page, link in self.links():
            if tied.count(link.objgen) != 1 or "/StructParent" not in link:
                yield f"page {page + 1}: a link belongs to {tied.count(link.objgen)} elements"
            if not str(link.get("/Contents", "")).strip():
                yield f"page {page + 1}: a link says nothing"


def _is_mark(kid: object) -> bool:
    return isinstance(kid, tuple)


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    numbers = list(tree.get("/Nums", []))
    yield from ((int(key), value) for key, value in zip(numbers[::2], numbers[1::2], strict=True))
    for kid in tree.get("/Kids", []):
        yield from _numbers(kid)


# ---------------------------------------------------------------- the source

KINDS = {
    "section": "Sect",
    "p": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "li": "LI",
    "table": "Table",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "blockquote": "BlockQuote",
    "img": "Figure",
    "svg": "Figure",
    "a": "Link",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "thead": "THead",
    "tbody": "TBody",
    "code": "Code",
}


UNCOUNTED = ("Document", "Div", "Lbl", "LBody")
"""Kinds that stand for no one element of the HTML."""


def source_counts(root: Element) -> Counter[str]:
    """Count the HTML's elements by the structure element that each is to become."""
    counts: Counter[str] = Counter()
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        classes = (element.get("class") or "").split()
        if "fn" in classes:
            counts.update(["Note", "Reference"])
        elif "fighead" in classes:
            counts["Caption"] += 1
        elif "np" in classes or name == "pre":
            counts["P"] += 1
        elif "item" in classes or name == "dt":
            counts["LI"] += 1
        elif name == "span" and element.get("lang"):
            counts["Span"] += 1
        elif "toc" in classes or "run" in classes:
            counts["TOC"] += 1
        elif {"l1", "l2"} & set(classes):
            counts["TOCI"] += 1
        elif "key" in classes:
            counts.update(["L"] * any(c.get("class") == "point item" for c in element))
        elif name in KINDS:
            around = ["TOCI"] * ("part" in classes) + ["Reference"] * ("again" in classes)
            counts.update([KINDS[name], *around])
    return counts


def source_words(root: Element, places: dict[str, int]) -> str:
    """Give what is to be read out of an HTML tree, notes at their calls, without white space."""
    return re.sub(r"\s", "", "".join(_Speaker(places).speak(root)))


class _Speaker:
    def __init__(self, places: dict[str, int]) -> None:
        self._places = places
        self._notes = 0

    def speak(self, element: Element) -> Iterator[str]:
        name = str(element.tag).rpartition("}")[2]
        classes = (element.get("class") or "").split()
        if name in ("head", "style") or "between" in classes:
            return
        if name == "svg":
            yield next(e.text or "" for e in element.iter() if str(e.tag).endswith("}title"))
            return
        if name == "img":
            yield element.get("alt", "")
            return
        if "fn" in classes:
            self._notes += 1
            yield f"{self._notes}{self._notes}"  # at the call, and before the note
        yield element.text or ""
        number = int(element.get("start", "1"))
        for child in element:
            if child.tag == "li":
                yield _marker(element, number)
                number += 1
            yield from self.speak(child)
            dropped = "run" in classes  # the points between entries of the contents
            yield "" if dropped else child.tail or ""
        if name == "a" and {"p", "part"} & set(classes):
            yield str(self._places[element.get("href", "")[1:]] + 1)


def _marker(listed: Element, number: int) -> str:
    roman = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    match (listed.get("class") or "").split()[0]:
        case "dash":
            return "–"
        case "lower-alpha":
            return f"{chr(96 + number)}."
        case "lower-roman":
            return f"{roman[number]}."
        case _:
            return f"{number}."
