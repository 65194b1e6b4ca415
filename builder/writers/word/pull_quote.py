"""A quotation set large, below the house mark."""

from __future__ import annotations

from dataclasses import replace

from builder.document.nodes import PullQuote
from builder.units import Length
from builder.writers.word.drawing import house_mark
from builder.writers.word.formats import ParagraphFormat
from builder.writers.word.inlines import Voice, large, words
from builder.writers.word.paragraphs import paragraph
from builder.writers.word.place import Place
from builder.writers.word.xml import Element


def pull_quote(node: PullQuote, place: Place) -> list[Element]:
    """Write the words, and below them who said them."""
    quote = place.styled("Quote")
    left = None if place.left == place.theme.grid.indent else place.left
    rule = place.styled("Rule")
    right = place.writing.sheet.look("Quote").right or Length(0)
    room = Length(place.width - right)
    above = ParagraphFormat(before=Length.from_pt(15))
    made = [
        paragraph(rule, [house_mark(place)], above),
        paragraph(quote, large(node.content, quote, room), ParagraphFormat(left=left)),
    ]
    said = _speaker(node, place.styled("QuoteSource"))
    if said:
        made.append(paragraph(place.styled("QuoteSource"), said, ParagraphFormat(left=left)))
    return made


def _speaker(node: PullQuote, place: Place) -> list[Element]:
    label = replace(place.theme.styles["eyebrow"], size=place.text.size)
    voice = Voice(label, "Label", lang=place.lang)
    made = words(node.speaker, place, voice) if node.speaker else []
    if node.role:
        made += words(f", {node.role}" if node.speaker else node.role, place)
    return made
