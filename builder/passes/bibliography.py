"""Where the list of references stands."""

from __future__ import annotations

from dataclasses import replace

from builder.document.nodes import Cite, Document, References, Section, SectionRole
from builder.document.walk import every, text


def list_references(document: Document) -> Document:
    """Add a section of references behind the others, where works are cited and none has the list.

    An author puts the list elsewhere by an empty div `{#refs}`.
    """
    if next(every(document.sections, References), None) is not None:
        return document
    if next(every(document.sections, Cite), None) is None:
        return document
    title = text(document.words.get("references", "References"))
    section = Section(
        title, (References(id="references"),), SectionRole.APPENDIX, id="references-section"
    )
    before = tuple(s for s in document.sections if s.role is not SectionRole.ABOUT)
    about = tuple(s for s in document.sections if s.role is SectionRole.ABOUT)
    return replace(document, sections=(*before, section, *about))
