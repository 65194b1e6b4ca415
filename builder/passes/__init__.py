"""What is done to a document between reading and writing, in order."""

from __future__ import annotations

from collections.abc import Mapping

from builder.bibliography.shelf import Shelf
from builder.bibliography.works import Work
from builder.diagnostics import NOWHERE, Diagnostics, Span
from builder.document.nodes import Document
from builder.passes.alt_texts import describe
from builder.passes.bibliography import list_references
from builder.passes.citations import cite
from builder.passes.inner_notes import open_inner_notes
from builder.passes.numbering import number
from builder.passes.references import refer
from builder.passes.typography import typeset


def improve(
    document: Document,
    works: Mapping[str, Work],
    log: Diagnostics,
    *,
    style_file: bytes | None = None,
    style_at: Span = NOWHERE,
    shelf: Shelf | None = None,
) -> Document:
    """Number, cite, refer, typeset and describe; the order matters and stands only here."""
    document = open_inner_notes(document)
    document = list_references(document)
    document = cite(document, works, log, style_file=style_file, style_at=style_at, shelf=shelf)
    document = number(document)
    document = refer(document, log)
    document = typeset(document)
    return describe(document)
