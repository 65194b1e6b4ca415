"""Key numbers: large figures side by side, three to a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from builder.document.nodes import KeyNumber, KeyNumbers
from builder.document.walk import plain
from builder.units import Length
from builder.writers.display import parted_number
from builder.writers.word.captions import captioned
from builder.writers.word.formats import Line, RunFormat
from builder.writers.word.grid import Frame, GridCell, GridRow, table
from builder.writers.word.inlines import Voice, inlines, words
from builder.writers.word.paragraphs import gap, paragraph
from builder.writers.word.place import Place
from builder.writers.word.table_styles import NUMBERS
from builder.writers.word.xml import Element

UNIT_SHARE = 0.5
"""Size of a unit beside its number."""


def key_numbers(node: KeyNumbers, place: Place) -> list[Element]:
    """Write the numbers as a table of up to three columns, over the full block."""
    left, width = place.spot(wide=True)
    across = 2 if len(node.items) in (2, 4) else min(3, len(node.items))
    column = Length(width // across)
    items = list(node.items)
    rows = [
        GridRow(tuple(_cells(items[start : start + across], across, column, place)))
        for start in range(0, len(items), across)
    ]
    frame = Frame(
        NUMBERS,
        (column,) * across,
        left,
        title=plain(node.caption.title) or place.writing.word("at_a_glance", "At a glance"),
        alt=node.caption.alt,
        bidi=place.rtl,
        whole=True,
    )
    made = [table(frame, rows)]
    if node.caption.source:
        return captioned(node.caption, node.id, made, place, left)
    return [*captioned(node.caption, node.id, made, place, left), gap(place), gap(place)]


def _cells(items: list[KeyNumber], across: int, column: Length, place: Place) -> Iterator[GridCell]:
    line = Line(place.theme.colour("rule"), place.theme.hair)
    inner = place.inside("KeyNumber", Length(column - Length.from_mm(4)))
    for item in items:
        yield GridCell(_number(item, inner), borders=(("top", line),))
    for _ in range(across - len(items)):
        yield GridCell([gap(place)])


def _number(item: KeyNumber, place: Place) -> list[Element]:
    label, remark = place.styled("KeyNumberLabel"), place.styled("KeyNumberRemark")
    made = [
        paragraph(place, list(_value(item, place))),
        paragraph(label, inlines(item.label, label)),
    ]
    if item.remark:
        made.append(paragraph(remark, inlines(item.remark, remark)))
    return made


def _value(item: KeyNumber, place: Place) -> Iterator[Element]:
    """Set the digits large and what stands around them smaller; what is too wide shrinks."""
    style = place.text
    colour = place.theme.colour("accent_2") if item.highlight else None
    needed = place.writing.fonts.width_of(item.value, style)
    share = min(1.0, place.width / needed) if needed else 1.0
    least = style.minimum or style.size
    size = Length(max(round(style.size * share), min(least, style.size)))
    before, digits, behind = parted_number(item.value)
    for text, is_unit in ((before, True), (digits, False), (behind, True)):
        if text:
            shown = Length(round(size * UNIT_SHARE)) if is_unit else size
            changed = shown if shown != style.size else None
            voice = Voice(replace(style, size=shown), lang=place.lang,
                          look=RunFormat(colour=colour, size=changed))  # fmt: skip
            yield from words(text, place, voice)
