"""Lists as Word's own lists, nested by level; definition lists by two styles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.document.nodes import (
    BulletList,
    Definition,
    DefinitionList,
    ListItem,
    OrderedList,
    Paragraph,
)
from builder.units import Length
from builder.writers.word.formats import ParagraphFormat
from builder.writers.word.inlines import inlines
from builder.writers.word.paragraphs import bookmark_block, paragraph, space_below
from builder.writers.word.place import Place
from builder.writers.word.styles import STEP
from builder.writers.word.xml import Element

TOP = "BodyText"


def bullet_list(node: BulletList, place: Place) -> list[Element]:
    """Write an unordered list."""
    number = place.writing.numbering.bullets(place.list_left)
    return _items(node.items, "ListBullet", number, place, tight=node.tight)


def ordered_list(node: OrderedList, place: Place) -> list[Element]:
    """Write a numbered or lettered list, which counts for itself."""
    numbering = place.writing.numbering
    number = numbering.ordered(node, place.level, place.list_left)
    return _items(node.items, "ListNumber", number, place, tight=node.tight)


def _items(
    items: Sequence[ListItem], style: str, number: int, place: Place, *, tight: bool
) -> list[Element]:
    """Write items; the last line keeps a paragraph's distance to what follows."""
    own = style if place.style in (TOP, "ListBullet", "ListNumber", "ListContinue") else place.style
    body = place.writing.sheet.look(TOP if own == style else place.style)
    made: list[Element] = []
    for item in items:
        made.extend(_item(item, own, number, place, None if tight else body.after))
    if place.level == 0 and made and body.after is not None:
        space_below(made[-1], body.after)
    return made


def _item(
    item: ListItem, style: str, number: int, place: Place, after: Length | None
) -> list[Element]:
    text_left = Length(place.list_left + STEP * (place.level + 1))
    marked = place.styled(style)
    look = ParagraphFormat(list_id=number, list_level=place.level, after=after)
    inner = replace(
        place,
        style="ListContinue" if style.startswith("List") else place.style,
        left=text_left,
        width=Length(place.width - (text_left - place.left)),
        level=place.level + 1,
    )
    match item.blocks:
        case (Paragraph(content), *rest):
            first = bookmark_block(
                [paragraph(marked, inlines(content, marked), look)], item.blocks[0].id, place
            )
            made = [*first, *inner.blocks(tuple(rest))]
        case _:
            made = [paragraph(marked, (), look), *inner.blocks(item.blocks)]
    return bookmark_block(made, item.id, place)


def definition_list(node: DefinitionList, place: Place) -> list[Element]:
    """Write terms and what is said of them."""
    return [element for item in node.items for element in _definition(item, place)]


def _definition(item: Definition, place: Place) -> list[Element]:
    indented = ParagraphFormat(left=place.left) if place.left != place.theme.grid.indent else None
    term = place.styled("DefinitionTerm")
    made = [paragraph(term, inlines(item.term, term), indented or ParagraphFormat())]
    inner = replace(
        place,
        style="Definition" if place.style == TOP else place.style,
        left=Length(place.left + STEP),
        width=Length(place.width - STEP),
        list_left=Length(place.list_left + STEP),
    )
    for meaning in item.meanings:
        made += inner.blocks(meaning)
    return bookmark_block(made, item.id, place)
