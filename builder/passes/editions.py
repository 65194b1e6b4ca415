"""Content for some formats only: what one format shows of the document."""

from __future__ import annotations

from builder.document.nodes import Conditional, Document, Node, Slide, SpeakerNotes
from builder.document.walk import rebuild


def for_format(document: Document, name: str) -> Document:
    """Give the document as one format shows it: conditions resolved, deck-only parts left out.

    `name` is "pdf", "docx" or "pptx". Numbers were given before, so that they agree everywhere.
    """

    def resolve(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, Conditional):
            return node.blocks if (name in node.formats) == node.visible else ()
        if isinstance(node, Slide | SpeakerNotes) and name != "pptx":
            return ()
        return node

    return rebuild(document, resolve)
