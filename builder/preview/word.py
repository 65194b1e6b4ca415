"""The Word document's pages, by LibreOffice: which block each of them shows, and where."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from builder.document.nodes import BlockNode, Document
from builder.document.walk import every
from builder.preview.notices import Sheet, Spot
from builder.writers.base import as_destination

PREFIX = "_b_"
"""What the bookmarks of blocks begin with; see `builder.writers.word.bookmarks`."""


def word_sheets(printed: bytes, digest: str, document: Document) -> Iterator[Sheet]:
    """Give the pages of a Word document that LibreOffice has printed with its bookmarks.

    A bookmark tells where a block begins; it reaches to the next one on its page.
    """
    import pypdfium2

    sources = {
        as_destination(f"{PREFIX}{node.id}"): f"{node.at.file}:{node.at.line}"
        for node in every(document.sections, BlockNode)
        if node.at.line
    }
    with pypdfium2.PdfDocument(printed) as pdf:
        found: dict[int, list[tuple[float, str]]] = {}
        for name, page, top in _destinations(pdf):
            if name in sources:
                found.setdefault(page, []).append((top, sources[name]))
        for number in range(len(pdf)):
            width, height = pdf[number].get_size()
            starts = sorted(found.get(number, []), reverse=True)
            yield Sheet(digest, number, width, height, tuple(_spots(starts, height)))


def _spots(starts: list[tuple[float, str]], height: float) -> Iterator[Spot]:
    """Give a band for each block, from its top to the next one's; tops count from the foot."""
    ends = [*(top for top, _ in starts), 0.0][1:]  # a page may begin no block at all
    for (top, source), end in zip(starts, ends, strict=True):
        if top - end > 1:
            yield Spot(source, 0.0, round(1 - top / height, 4), 1.0, round((top - end) / height, 4))


def _destinations(pdf: object) -> Iterator[tuple[str, int, float]]:
    """Give each named destination with its page, from 0, and its height above the page's foot."""
    from pypdfium2 import raw

    document = pdf.raw  # type: ignore[attr-defined]  # pypdfium2 ships no types
    for index in range(raw.FPDF_CountNamedDests(document)):
        size = ctypes.c_long(0)
        raw.FPDF_GetNamedDest(document, index, None, ctypes.byref(size))
        name = ctypes.create_string_buffer(max(size.value, 2))
        at = raw.FPDF_GetNamedDest(document, index, name, ctypes.byref(size))
        has = [ctypes.c_int() for _ in range(3)]
        place = [ctypes.c_float() for _ in range(3)]
        raw.FPDFDest_GetLocationInPage(
            at, *(ctypes.byref(flag) for flag in has), *(ctypes.byref(side) for side in place)
        )
        if has[1].value:
            said = name.raw.decode("utf-16-le").rstrip("\0")
            yield said, raw.FPDFDest_GetDestPageIndex(document, at), place[1].value
