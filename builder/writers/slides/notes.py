"""Speaker notes on a handout: the author's blocks, with nothing that leads out of the page."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from builder.document.nodes import (
    BlockNode,
    Blocks,
    CrossReference,
    Document,
    Link,
    Node,
    Note,
    Text,
)
from builder.document.walk import plain, rebuild
from builder.writers.markup import blocks
from builder.writers.markup_inlines import Setting
from builder.writers.slides.stage import Stage

HEADING = {
    "en": "Speaker notes",
    "de": "Notizen",
    "fr": "Notes",
    "ru": "Заметки",
    "tr": "Konuşma notları",
    "az": "Qeydlər",
    "he": "הערות לדובר",
}
"""What stands above the notes of a slide; handouts alone say it."""


def heading_of(document: Document) -> str:
    """Name the notes in the document's language, or as the project's own words have it."""
    known = HEADING.get(document.meta.language.split("-")[0].lower(), HEADING["en"])
    return document.words.get("speaker_notes", known)


def notes_markup(notes: Blocks, document: Document, stage: Stage) -> Markup:
    """Write a slide's notes in the report's own markup; footnotes stand in brackets."""
    theme = stage.theme
    setting = Setting(
        document.words,
        document.meta.language,
        theme,
        stage.ruler.book,
        theme.grid.main,
        theme.grid.main,
        top=False,
    )
    return blocks(rebuild(notes, _at_rest), setting)


def _at_rest(node: Node) -> Node | tuple[Node, ...]:
    """Give a node without anchors and jumps, which other pages may have as well."""
    match node:
        case CrossReference(shown=shown):
            return Text(shown)
        case Link(target=target, content=content) if target.startswith("#"):
            return content
        case Note(blocks=said):
            return Text(f" ({plain(said)})")
        case BlockNode() if node.id:
            return replace(node, id="")
    return node
