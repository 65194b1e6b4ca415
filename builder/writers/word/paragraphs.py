"""Paragraphs as XML, with the direction of their language and the bookmarks of their blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.units import Length
from builder.writers.word.formats import ParagraphFormat
from builder.writers.word.place import Place
from builder.writers.word.styles import STEP
from builder.writers.word.xml import Element, qualified, w

PARAGRAPH = qualified("w:p")
PROPERTIES = qualified("w:pPr")
INLINE = qualified("wp:inline")
EXTENT = qualified("wp:extent")
SPACING, BEFORE, AFTER, LINE, LINE_RULE = (
    qualified(f"w:{name}") for name in ("spacing", "before", "after", "line", "lineRule")
)
BEHIND_SPACING = {
    qualified(f"w:{name}") for name in ("ind", "contextualSpacing", "jc", "outlineLvl", "rPr")
}
NOTHING = ParagraphFormat()
GAP = "Gap"
"""The style of small paragraphs that are a space."""


def paragraph(place: Place, content: Sequence[Element], look: ParagraphFormat = NOTHING) -> Element:
    """Make a paragraph in the place's style; `look` says what differs from it."""
    styled = replace(look, style=place.style, bidi=True if place.rtl else None)
    if place.rtl and place.style == "BlockText":  # programs disagree which side its line is at
        styled = replace(styled, borders=(("left", None),))
    if place.against:
        styled = _mirrored(styled, place)
    return w("p", _roomy(styled, content, place).element(), *content)


def _mirrored(look: ParagraphFormat, place: Place) -> ParagraphFormat:
    """Keep a paragraph in its column that runs against the document's direction.

    What Word calls left is where a paragraph begins: indents are given from that side.
    """
    own, indent, zero = place.writing.sheet.look(place.style), place.theme.grid.indent, Length(0)
    left, right = look.left or own.left or zero, look.right or own.right or zero
    hanging = own.hanging if look.hanging is None else look.hanging
    if look.list_id:
        left, hanging = Length(place.list_left + STEP * (look.list_level + 1)), STEP
    column = zero if place.boxed or left < indent else indent
    return replace(look, left=Length(left - column), right=Length(column + right), hanging=hanging)


def _roomy(look: ParagraphFormat, content: Sequence[Element], place: Place) -> ParagraphFormat:
    """Let lines grow that hold a picture: exact leading would cut it off at the line's height."""
    heights = [
        int(extent.get("cy", "0"))
        for element in content
        for shown in element.iter(INLINE)
        for extent in shown.iter(EXTENT)
    ]
    own = place.writing.sheet.look(place.style)
    leading = look.leading or own.leading or place.text.leading
    rule = own.leading_rule if look.leading is None else look.leading_rule
    if rule != "exact" or max(heights, default=0) <= leading:
        return look
    return replace(look, leading=leading, leading_rule="atLeast")


def gap(place: Place, height: Length | None = None) -> Element:
    """Make the small paragraph that keeps two tables from growing together."""
    return paragraph(place.styled(GAP), (), ParagraphFormat(leading=height))


def space_above(element: Element, points: float | None) -> None:
    """Push a paragraph down, as a caption below the side box that it would begin beside.

    None takes it back.
    """
    properties = element.find(PROPERTIES)
    if properties is None:
        return
    spacing = _spacing(properties)
    if points is not None:
        spacing.set(BEFORE, str(round(points * 20)))
    elif BEFORE in spacing.attrib:
        del spacing.attrib[BEFORE]


def space_below(element: Element, length: Length) -> None:
    """Set the space below a paragraph; tables have none."""
    properties = element.find(PROPERTIES)
    if element.tag == PARAGRAPH and properties is not None:
        _spacing(properties).set(AFTER, str(length.twips))


def set_leading(element: Element, points: float) -> None:
    """Set the exact height of a paragraph's lines."""
    properties = element.find(PROPERTIES)
    if properties is not None:
        spacing = _spacing(properties)
        spacing.set(LINE, str(round(points * 20)))
        spacing.set(LINE_RULE, "exact")


def _spacing(properties: Element) -> Element:
    spacing = properties.find(SPACING)
    if spacing is None:
        spacing = w("spacing")
        behind = [child for child in properties if child.tag in BEHIND_SPACING]
        (behind[0].addprevious if behind else properties.append)(spacing)
    return spacing


def bookmark_block(elements: list[Element], block_id: str, place: Place) -> list[Element]:
    """Put a block's bookmark around it: from its first paragraph to its last."""
    if not block_id or not elements:
        return elements
    tabular = elements[0].tag != PARAGRAPH
    own = [] if tabular else [element for element in elements if element.tag == PARAGRAPH]
    found = own or [p for element in elements for p in element.iter(PARAGRAPH)]
    if not found:
        return elements
    bookmarks = place.writing.bookmarks
    marks = bookmarks.around(bookmarks.of_block(block_id), [])
    if not marks:
        return elements
    start, end = marks
    first, last = found[0], found[-1] if own else found[0]
    first.insert(1 if len(first) and first[0].tag == PROPERTIES else 0, start)
    last.append(end)
    return elements
