"""What stands in a finished file: its words, by format."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

_TEXT = {
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}t",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}v",
}
_BREAK = {
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}br",
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tab",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}br",
}
_PARAGRAPH = {
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}p",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}v",
}


def pdf_words(data: bytes) -> str:
    """Give the text of all pages of a PDF, white space single."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pages = [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
    text = " ".join(pages).replace("\ufffe", "").replace("\u00ad", "")
    return re.sub(r"\s+", " ", text)


def html_words(data: bytes) -> str:
    """Give the text of a page, white space single."""
    from lxml import html

    root: Any = html.fromstring(data.decode())
    for unseen in list(root.iter("head", "style", "script")):
        unseen.drop_tree()
    return re.sub(r"\s+", " ", str(root.text_content()))


def office_words(data: bytes, parts: str = r"(word|ppt)/.*\.xml$") -> str:
    """Give the text of the parts of a .docx or .pptx whose names match, white space single."""
    words: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in sorted(package.namelist()):
            if re.match(parts, name):
                words.append(_xml_words(package.read(name)))
    return re.sub(r"\s+", " ", " ".join(words))


def _xml_words(data: bytes) -> str:
    pieces: list[str] = []
    for _, element in etree.iterparse(io.BytesIO(data), tag=[*_TEXT, *_PARAGRAPH, *_BREAK]):
        if element.tag in _TEXT:
            pieces.append(element.text or "")
        if element.tag not in _TEXT - _PARAGRAPH:
            pieces.append(" ")
    return "".join(pieces)


def xml_part(data: bytes, name: str) -> etree._Element:
    """Give one part of a .docx or .pptx, parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def part_names(data: bytes) -> list[str]:
    """Give the names of all parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()
