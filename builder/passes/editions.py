"""Content for some formats only: what one format shows of the document."""

from __future__ import annotations

from builder.document.nodes import Conditional, Document, Node, Slide, SpeakerNotes
from builder.document.walk import rebuild

SHOWN_AS = {"slides-pdf": "pptx", "handout": "pptx"}
"""The formats that are another one on pages, and which."""


def for_format(document: Document, name: str) -> Document:
    """Give the document as one format shows it: conditions resolved, deck-only parts left out.

    Slides as PDF and handouts show what the deck shows. Numbers were given before, so that they
    agree everywhere.
    """
    name = SHOWN_AS.get(name, name)

    def resolve(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, Conditional):
            return node.blocks if (name in node.formats) == node.visible else ()
        if isinstance(node, Slide | SpeakerNotes) and name != "pptx":
            return ()
        return node

    return rebuild(document, resolve)
