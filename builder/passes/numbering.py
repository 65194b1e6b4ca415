"""Numbers of sections, figures and tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from builder.document.nodes import Document, Node, Section, SectionRole, Slide
from builder.document.walk import CAPTIONED, captioned, every, rebuild


def number(document: Document) -> Document:
    """Count sections of the role SECTION, and figures and tables that have a title.

    What stands on a slide of the author's own is not counted: the report does not have it.
    """
    on_slides = {
        id(block) for slide in every(document.sections, Slide) for block in captioned(slide.blocks)
    }
    counted: Counter[object] = Counter()

    def count(node: Node) -> Node:
        if isinstance(node, CAPTIONED) and node.caption.title and id(node) not in on_slides:
            kind = node.caption.kind
            counted[kind] += 1
            return replace(node, caption=replace(node.caption, number=counted[kind]))
        if isinstance(node, Section) and node.role is SectionRole.SECTION and not node.unnumbered:
            counted[Section] += 1
            return replace(node, number=counted[Section])
        return node

    return rebuild(document, count)
