"""Decks on pages, for tests: Markdown in, a PDF's bytes, lines and links out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pypdfium2

from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Metadata
from builder.passes.editions import for_format
from builder.writers import writer_for
from builder.writers.base import Artifact
from tests.support.paper import strand
from tests.support.reading import read

STAMP = datetime(2026, 1, 2, tzinfo=UTC)
Files = Mapping[str, str | bytes]


def slides(text: str, *, files: Files | None = None, meta: Metadata | None = None) -> Artifact:
    """Write a section's deck, a page for each slide; fails if anything was found."""
    return _written("slides-pdf", read(text, files=files, meta=meta), files or {})


def handout(text: str, *, files: Files | None = None, meta: Metadata | None = None) -> Artifact:
    """Write a section's deck with its notes; fails if anything was found."""
    return _written("handout", read(text, files=files, meta=meta), files or {})


def _written(name: str, document: Document, files: Files) -> Artifact:
    log = Diagnostics()

    def data(path: PurePosixPath) -> bytes:
        content = files[str(path)]
        return content.encode() if isinstance(content, str) else content

    shown = for_format(document, name)
    artifact = writer_for(name)(shown, strand(), log, stamp=STAMP, read=data)
    assert not list(log), "\n".join(map(str, log))
    return artifact


def texts(pdf: bytes) -> list[str]:
    """Give each page's text, its lines as they stand."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def jumps(pdf: bytes, page: int) -> list[int]:
    """Give the pages, from 0, that the links of a page lead to."""
    import ctypes

    raw = pypdfium2.raw
    with pypdfium2.PdfDocument(pdf) as document:
        shown = document[page]
        found, start, link = [], ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(shown.raw, ctypes.byref(start), ctypes.byref(link)):
            target = raw.FPDFLink_GetDest(document.raw, link)
            if target:
                found.append(raw.FPDFDest_GetDestPageIndex(document.raw, target))
        return found
