"""Figures that find no room on their page: text behind them fills what they leave empty."""

from __future__ import annotations

from builder.document.nodes import Block, Blocks, Cite, Heading, KeyPoints, Note, Paragraph
from builder.document.walk import CAPTIONED, walk
from builder.writers.word.bookmarks import Bookmarks
from builder.writers.word.boxes import beside_text
from builder.writers.word.pages import Counted

LEAST_GAP = 110.0
"""Points; a smaller gap at a page's foot is left."""


def deferred(blocks: Blocks, counted: Counted, bookmarks: Bookmarks) -> Blocks:
    """Let text pass the first figure before which much of a page is empty.

    What passes is written already: no figure is passed that holds a note or cites a work, as the
    notes are numbered, and works are cited in full the first time.
    """
    for index, block in enumerate(blocks):
        if not _may_be_passed(block):
            continue
        gap = counted.gaps.get(bookmarks.of_block(block.id), 0.0)
        if gap <= LEAST_GAP:
            continue
        start = _behind_floats(blocks, index)
        end = _passing(blocks, start, gap, counted, bookmarks)
        if end > start:
            passed = (*blocks[:index], *blocks[start:end], *blocks[index:start], *blocks[end:])
            return beside_text(passed)
    return blocks


def _behind_floats(blocks: Blocks, index: int) -> int:
    """Find the end of the figures and tables that follow each other."""
    while index < len(blocks) and _may_be_passed(blocks[index]):
        index += 1
    return index


def _may_be_passed(block: Block) -> bool:
    noted = next((node for node in walk(block) if isinstance(node, Cite | Note)), None)
    return isinstance(block, CAPTIONED) and noted is None


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
