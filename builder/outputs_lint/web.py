"""A built web page, read strictly: browsers mend what is wrong without a word, each in its way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class WebPage:
    """The page's tree with the line of each element, and what was wrong with its writing."""

    root: Element
    lines: dict[Element, int]
    parents: dict[Element, Element]
    ids: dict[str, Element]
    unsound: tuple[str, ...]
    text: str = field(repr=False)

    def at(self, element: Element) -> str:
        """Say where an element stands, as findings begin."""
        return f"line {self.lines.get(element, 1)}"

    def above(self, element: Element) -> Iterator[Element]:
        """Give the elements around an element, from the inside out."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def styles(self) -> str:
        """Give the style sheets in the page, one behind the other."""
        return "\n".join(e.text or "" for e in self.root.iter("style"))


def words(element: Element) -> str:
    """Give the text in an element as it is read, blanks as one."""
    said = "".join(text for text in _texts(element))
    return SPACE.sub(" ", said).strip()


def _texts(element: Element) -> Iterator[str]:
    if element.tag in ("script", "style"):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def is_web(data: bytes) -> bool:
    """Tell whether a file is a web page, be it in ruins; Office files are archives."""
    return not data.startswith(b"PK") and b"<" in data[:2_000]


def open_web(data: bytes) -> WebPage:
    """Read a page. Raises ValueError where it is no text, or nothing is in it."""
    text = data.decode("utf-8")  # UnicodeDecodeError is a ValueError
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page(text)


class _Reader(HTMLParser):
    """Builds the tree as it is written, and notes what browsers would have to mend."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = TreeBuilder()
        self._open: list[tuple[str, int]] = []
        self._lines: dict[Element, int] = {}
        self._unsound: list[str] = []
        self._has_type = False
        self._roots = 0

    def handle_decl(self, decl: str) -> None:
        """Note the document type, which must come first."""
        self._has_type = self._has_type or (decl.lower() == "doctype html" and not self._roots)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        line = self.getpos()[0]
        names = [name for name, _ in attrs]
        for name in sorted({n for n in names if names.count(n) > 1}):
            self._unsound.append(f"line {line}: <{tag}> has {name} twice")
        if not self._open:
            self._roots += 1
            if self._roots > 1:
                self._unsound.append(f"line {line}: <{tag}> stands outside of the document")
                return
        made = self._builder.start(tag, {n: v or "" for n, v in reversed(attrs)})
        self._lines[made] = line
        if tag in VOID:
            self._builder.end(tag)
        else:
            self._open.append((tag, line))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin and end an element: in HTML itself the stroke means nothing."""
        in_drawing = tag == "svg" or any(name == "svg" for name, _ in self._open)
        if not in_drawing and tag not in VOID:
            self._unsound.append(f"line {self.getpos()[0]}: <{tag}/> is not closed by its stroke")
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element, which has to be the one that is named."""
        line = self.getpos()[0]
        if not any(name == tag for name, _ in self._open):
            self._unsound.append(f"line {line}: </{tag}> ends nothing")
            return
        while self._open:
            name, begun = self._open.pop()
            self._builder.end(name)
            if name == tag:
                return
            self._unsound.append(f"line {begun}: <{name}> is not closed before </{tag}>")

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._open:
            self._builder.data(data)
        elif data.strip() and self._roots:
            self._unsound.append(f"line {self.getpos()[0]}: text stands outside of the document")

    def page(self, text: str) -> WebPage:
        """Give what was read. Raises ValueError where there was no element at all."""
        for tag, begun in reversed(self._open):
            self._unsound.append(f"line {begun}: <{tag}> is never closed")
            self._builder.end(tag)
        if not self._roots:
            raise ValueError("there is no element in it")
        root = self._builder.close()
        if not self._has_type:
            self._unsound.insert(0, "line 1: the document type is missing")
        parents = {child: parent for parent in root.iter() for child in parent}
        ids = {name: e for e in root.iter() if (name := e.get("id"))}
        return WebPage(root, self._lines, parents, ids, tuple(self._unsound), text)
