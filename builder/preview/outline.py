"""What the Word document holds, where no LibreOffice can show its pages: its outline."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from builder.build import Prepared
from builder.document.nodes import Captioned, Heading, Section
from builder.document.walk import CAPTIONED, plain, walk
from builder.passes.editions import for_format
from builder.preview.notices import Text
from builder.writers.markup_inlines import direction

PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="{}" dir="{}">\n<head>\n'
    '<meta charset="utf-8">\n<title>{}</title>\n'
    '<link rel="stylesheet" href="/fonts.css">\n<link rel="stylesheet" href="/inks.css">\n'
    '<link rel="stylesheet" href="/static/outline.css">\n</head>\n<body><main>\n'
    '<h1>{}</h1>\n<p class="remark">The Word document’s outline. With LibreOffice installed,'
    " its pages are shown here.</p>\n<ol>{}</ol>\n</main></body>\n</html>\n"
)
ITEM = Markup('<li class="{}" data-src="{}:{}">{}</li>')


def outline(revision: int, prepared: Prepared) -> Text:
    """Write sections, headings, figures and tables in their order."""
    document = for_format(prepared.document, "docx")
    meta = document.meta
    items = Markup("").join(_items(document.sections))
    html = PAGE.format(meta.language, direction(meta.language), meta.title, meta.title, items)
    return Text("word", revision, str(html))


def _items(sections: tuple[Section, ...]) -> Iterator[Markup]:
    for node in walk(sections):
        if isinstance(node, Section):
            number = f"{node.number} " if node.number else ""
            yield ITEM.format("l1", node.at.file, node.at.line, number + plain(node.title))
        elif isinstance(node, Heading):
            yield ITEM.format(f"l{node.level}", node.at.file, node.at.line, plain(node.content))
        elif isinstance(node, CAPTIONED) and plain(node.caption.title):
            captioned: Captioned = node
            words = plain(captioned.caption.title)
            yield ITEM.format("figure", node.at.file, node.at.line, words)
