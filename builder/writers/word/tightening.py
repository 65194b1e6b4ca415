"""A few lines on a page of their own are drawn back, by setting their section a little tighter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.units import Length
from builder.writers.word.heights import Heights, stacked
from builder.writers.word.layout import STUB
from builder.writers.word.leaves import Leaf, written_of
from builder.writers.word.pages import Counted
from builder.writers.word.paragraphs import GAP, set_leading, space_above, space_below
from builder.writers.word.written import FRAME, P, own_spacing, style_of
from builder.writers.word.xml import Element

TIGHT = 0.75
"""The part that is left of the spaces between the blocks of a section that is set tighter."""


def stubs(made: Sequence[Leaf], counted: Counted, heights: Heights) -> list[Leaf]:
    """Find the sections that end by a few lines on a page, which less space would draw back."""
    page = heights.writing.page
    room = Length(page.height - page.top - page.bottom).pt
    return [
        leaf
        for leaf, length, end in zip(made, counted.lengths, counted.ends, strict=True)
        if length > 1 and end < STUB and _gain(leaf, heights) > end * room
    ]


def tighten(leaf: Leaf, heights: Heights) -> None:
    """Lessen the spaces of a section below its opening.

    Captions that are pushed down below a box stay where they are.
    """
    for paragraph in _flowing(leaf, heights):
        own, block = own_spacing(paragraph), heights.paragraph(paragraph)
        if style_of(paragraph) == GAP:
            set_leading(paragraph, TIGHT * block.leading)
        if "before" not in own:
            space_above(paragraph, TIGHT * block.before)
        space_below(paragraph, Length.from_pt(TIGHT * block.after))
        heights.forget(paragraph)


def _gain(leaf: Leaf, heights: Heights) -> float:
    paragraphs = _flowing(leaf, heights)
    gaps = [heights.paragraph(p).leading for p in paragraphs if style_of(p) == GAP]
    blocks = [heights.paragraph(paragraph) for paragraph in paragraphs]
    tight = [replace(b, before=TIGHT * b.before, after=TIGHT * b.after) for b in blocks]
    return stacked(blocks) - stacked(tight) + (1 - TIGHT) * sum(gaps)


def _flowing(leaf: Leaf, heights: Heights) -> list[Element]:
    """Give a section's paragraphs between which there is space: those in no box or table."""
    written = written_of(leaf.order, heights.writing)
    return [element for element in written if element.tag == P and element.find(FRAME) is None]
