"""Sections: how each kind opens, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.document.nodes import (
    Block,
    Blocks,
    BulletList,
    Definition,
    DefinitionList,
    KeyPoints,
    ListItem,
    Paragraph,
    Section,
    SectionRole,
)
from builder.document.walk import text
from builder.units import Length
from builder.writers.word.boxes import beside_text, side_box
from builder.writers.word.drawing import house_mark
from builder.writers.word.fields import tab_run
from builder.writers.word.formats import Line, ParagraphFormat
from builder.writers.word.inlines import Voice, inlines, large, words
from builder.writers.word.paragraphs import bookmark_block, paragraph
from builder.writers.word.place import Place
from builder.writers.word.xml import Element

ZERO = Length(0)


def section(node: Section, place: Place) -> list[Element]:
    """Write a section as its role asks."""
    match node.role:
        case SectionRole.ABOUT:
            return _about(node, place)
        case SectionRole.GLANCE:
            return [*_opening(node, place), *place.blocks(node.blocks), *_findings(node, place)]
        case SectionRole.SECTION | SectionRole.APPENDIX:
            return [*_opening(node, place, _key_points(node, place)), *place.blocks(body(node))]


def house_rule(place: Place) -> Element:
    """Write the strong rule with the bar that hangs on it."""
    rule = place.styled("Rule")
    return paragraph(rule, [house_mark(place)])


def _opening(node: Section, place: Place, box: Sequence[Element] = ()) -> list[Element]:
    """Write rule, title and standfirst; the box stands beside the latter."""
    heading = place.styled("Heading1")
    bookmarks = place.writing.bookmarks
    title = large(node.title, heading, place.width)
    content = bookmarks.around(bookmarks.of_entry(node.id), title)
    if node.label:
        content = bookmarks.around(bookmarks.of_label(node.label), content)
    look = ParagraphFormat()
    if not node.number:
        look = ParagraphFormat(list_id=0, left=ZERO, hanging=ZERO)
    opening = bookmark_block([paragraph(heading, content, look)], node.id, place)
    made = [house_rule(place), *opening]
    lead = node.standfirst or node.takeaway
    if not lead:
        return [*made, *box]
    glance = node.role is SectionRole.GLANCE
    standfirst = place.styled("Standfirst" if glance else "StandfirstShort")
    said = paragraph(standfirst, large(lead, standfirst, place.width))
    return [*made, *box, said]


def body(node: Section) -> Blocks:
    """Give what of a section stands below its opening, in the order in which it is written."""
    return beside_text(node.blocks[0 if _own_box(node) is None else 1 :])


def _own_box(node: Section) -> KeyPoints | None:
    """Give the box that an author begins a section with."""
    match node.blocks:
        case (KeyPoints() as own, *_):
            return own
        case _:
            return None


def _key_points(node: Section, place: Place) -> list[Element]:
    """Write the section's points in the side column, or the box that its author begins with."""
    own = _own_box(node)
    if own is not None:
        return place.blocks((own,))
    if not node.key_points:
        return []
    title = text(node.key_points_title or place.writing.word("key_points", "Key points"))
    return side_box(title, (_points(node),), place)


def _findings(node: Section, place: Place) -> list[Element]:
    """Write the points of "At a glance" as a list in the main column, named beside it."""
    if not node.key_points:
        return []
    title = node.key_points_title or place.writing.word("key_points", "Key points")
    eyebrow = place.styled("Eyebrow")
    left = ParagraphFormat(left=place.left, before=Length.from_pt(15), after=Length.from_pt(6))
    return [
        paragraph(eyebrow, words(title, eyebrow), left),
        *place.blocks((_points(node),)),
    ]


def _points(node: Section) -> BulletList:
    return BulletList(tuple(ListItem((Paragraph(point),)) for point in node.key_points))


def _about(node: Section, place: Place) -> list[Element]:
    """Write the imprint: terms in the side column, what is said of them beside it."""
    made: list[Element] = []
    for block in node.blocks:
        made += _row_of_about(block, place)
    return bookmark_block(made, node.id, place)


def _row_of_about(block: Block, place: Place) -> list[Element]:
    match block:
        case DefinitionList(items=items):
            made = [element for item in items for element in _imprint(item, place)]
            return bookmark_block(made, block.id, place)
        case _:
            return place.blocks((block,))


def _imprint(item: Definition, place: Place) -> list[Element]:
    hair = Line(place.theme.colour("rule"), place.theme.hair, 8)
    eyebrow = place.theme.styles["eyebrow"]
    voice = Voice(eyebrow, "EyebrowChar", lang=place.lang)
    first = ParagraphFormat(
        left=place.left,
        hanging=place.left,
        before=Length.from_pt(9),
        borders=(("top", hair), ("between", hair)),
    )
    term = inlines(item.term, replace(place, style="Eyebrow"), voice)
    blocks = [block for meaning in item.meanings for block in meaning]
    match blocks:
        case [Paragraph(content) as meaning, *rest]:
            said = [*term, tab_run(), *inlines(content, place)]
            made = bookmark_block([paragraph(place, said, first)], meaning.id, place)
            return bookmark_block([*made, *place.blocks(tuple(rest))], item.id, place)
        case _:
            made = [paragraph(place, term, first), *place.blocks(tuple(blocks))]
            return bookmark_block(made, item.id, place)
