"""Words that found no place on paper, told to the author where they stand in his file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from builder.diagnostics import Code, Diagnostics, Span
from builder.document.nodes import Document, Node, Note, Section
from builder.document.walk import plain, walk
from builder.writers.pdf_words import Loss, words_of

SHOWN_WORDS = 12

FULL = "full"
"""The kind of page that a picture fills: the cover and the back."""


def report_losses(lost: Sequence[Loss], document: Document, log: Diagnostics) -> None:
    """Note an error for every passage of which words are not in the PDF."""
    places = {s.label or s.id: s for s in document.sections}
    for loss in lost:
        section = places.get(loss.section)
        where = f"section {plain(section.title)!r}" if section else "the report"
        shown = " ".join(loss.words[:SHOWN_WORDS])
        more = f" and {len(loss.words) - SHOWN_WORDS} more" if len(loss.words) > SHOWN_WORDS else ""
        log.error(
            Code.TEXT_LOST,
            f"{len(loss.words)} words of {'a footnote in ' if loss.in_note else ''}{where} found"
            f" no place on paper: {shown}{more}",
            at=place_of(loss, section) if section else Span(),
            hint="shorten the footnote, or take the box or table apart",
        )


def stranded(pages: Sequence[Any], root: Any) -> tuple[Loss, ...]:
    """Give footnotes that only found room on the cover or the back: over its pictures.

    WeasyPrint hands on a note without room to the next page, whatever that is.
    """
    notes = [
        note.element
        for page in pages
        if page._page_box.page_type.name == FULL
        for area in page._page_box.children
        if type(area).__name__ == "FootnoteAreaBox"
        for note in area.children
    ]
    return tuple(
        Loss(section.get("id", ""), words_of("".join(note.itertext())), in_note=True)
        for note in notes
        for section in root.iter("section")
        if any(inner is note for inner in section.iter())
    )


def place_of(loss: Loss, section: Section) -> Span:
    """Find the smallest part of a section that holds the most of the words lost."""
    best, spot = (0, 0), section.at
    for words, at in _parts(section, in_notes=loss.in_note):
        held = sum((Counter(loss.words) & Counter(words)).values())
        if (held, -len(words)) > best and held:
            best, spot = (held, -len(words)), at
    return spot


def _parts(section: Section, *, in_notes: bool) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Give the words of notes, or of all other nodes, with their places.

    A note that a citation became stands where the citation does.
    """
    at = section.at
    for node in walk(section):
        at = node.at if node.at.line else at
        if isinstance(node, Note):
            if in_notes:
                yield words_of(plain(node.blocks)), at
        elif isinstance(node, Node) and not in_notes:
            yield words_of(plain(node)), at
