"""Word documents made of Markdown, to be looked into."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from lxml import etree

from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Metadata
from builder.job import WordOptions
from builder.outputs_lint.package import open_package
from builder.outputs_lint.word_fields import Field, fields_of
from builder.writers.word import write_word
from tests.support.paper import strand
from tests.support.reading import read
from tests.support.xml import elements

STAMP = datetime(2026, 1, 2, tzinfo=UTC)
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}


@dataclass(frozen=True, slots=True)
class Docx:
    """A Word document's bytes, and what is in them."""

    data: bytes

    def part(self, name: str) -> etree._Element:
        """Give a part's XML."""
        return etree.fromstring(zipfile.ZipFile(io.BytesIO(self.data)).read(name))

    def find(self, path: str, part: str = "word/document.xml") -> list[etree._Element]:
        """Give the elements of an XPath; attributes are told by their local names."""
        return elements(self.part(part), path, NAMES)

    def texts(self, style: str, part: str = "word/document.xml") -> list[str]:
        """Give the words of every paragraph of a style."""
        path = f"//w:p[w:pPr/w:pStyle/@w:val='{style}']"
        return [words(paragraph) for paragraph in self.find(path, part)]


def fields(data: bytes) -> list[Field]:
    """Give every field of a document in the order in which they begin, the main text's first."""
    return fields_of(open_package(data))


def words(element: etree._Element) -> str:
    """Give the words of an element, without instructions of fields."""
    return "".join(t.text or "" for t in element.iter(f"{{{NAMES['w']}}}t"))


def docx(
    text: str, *, files: Mapping[str, str | bytes] | None = None, meta: Metadata | None = None
) -> Docx:
    """Write Markdown as a Word document; fails if anything was found fault with."""
    log = Diagnostics()
    made = write(read(text, files=files, meta=meta), log, files or {})
    assert not list(log), "\n".join(str(finding) for finding in log)
    return made


def write(document: Document, log: Diagnostics, files: Mapping[str, str | bytes]) -> Docx:
    """Write a document whose pictures are among `files`."""

    def data(path: PurePosixPath) -> bytes:
        content = files[str(path)]
        return content.encode() if isinstance(content, str) else content

    bare = WordOptions(embed_fonts=False)  # which takes a while
    made = write_word(document, strand(), log, stamp=STAMP, read=data, options=bare)
    return Docx(made.data)
