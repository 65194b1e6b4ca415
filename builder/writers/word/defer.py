"""Figures that find no room on their page: text behind them fills what they leave empty."""

from __future__ import annotations

from dataclasses import replace

from builder.document.nodes import Block, Blocks, Cite, Document, Heading, KeyPoints, Paragraph
from builder.document.walk import CAPTIONED, every
from builder.writers.word.bookmarks import Bookmarks
from builder.writers.word.boxes import beside_text
from builder.writers.word.pages import Counted

LEAST_GAP = 110.0
"""Points; a smaller gap at a page's foot is left."""


def defer(document: Document, counted: Counted, bookmarks: Bookmarks) -> Document:
    """Let text pass the first figure of each section before which much of a page is empty."""
    sections = tuple(
        replace(section, blocks=_deferred(beside_text(section.blocks), counted, bookmarks))
        for section in document.sections
    )
    return replace(document, sections=sections)


def _deferred(blocks: Blocks, counted: Counted, bookmarks: Bookmarks) -> Blocks:
    for index, block in enumerate(blocks):
        if not isinstance(block, CAPTIONED) or next(every(block, Cite), None) is not None:
            continue  # a work is cited in full the first time: nothing may come before that
        gap = counted.gaps.get(bookmarks.of_block(block.id), 0.0)
        if gap <= LEAST_GAP:
            continue
        start = _behind_floats(blocks, index)
        end = _passing(blocks, start, gap, counted, bookmarks)
        if end > start:
            return (*blocks[:index], *blocks[start:end], *blocks[index:start], *blocks[end:])
    return blocks


def _behind_floats(blocks: Blocks, index: int) -> int:
    """Find the end of the figures and tables that follow each other."""
    while index < len(blocks) and isinstance(blocks[index], CAPTIONED):
        if next(every(blocks[index], Cite), None) is not None:
            break
        index += 1
    return index


def _passing(blocks: Blocks, start: int, gap: float, counted: Counted, bookmarks: Bookmarks) -> int:
    """Find the end of the text that fits into a gap; it ends by a paragraph."""
    used, end = 0.0, start
    for index in range(start, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Paragraph | Heading | KeyPoints):
            break
        used += _height(block, counted, bookmarks)
        if used > gap:
            break
        if isinstance(block, Paragraph):
            end = index + 1
    return end


def _height(block: Block, counted: Counted, bookmarks: Bookmarks) -> float:
    """Give a block's height; boxes stand beside the text."""
    if isinstance(block, KeyPoints):
        return 0.0
    return counted.heights.get(bookmarks.of_block(block.id), 0.0)
